/** Money: one live approval, one execution of the approved amount, one ledger row per refund. */
import type { Book, BookedRefund } from './book.ts'
import { rowsBy } from './judge.ts'
import type { SeenCard } from './read-cards.ts'
import type { Effects, InstanceEffect } from './world.ts'

const refundedByPlatform = 3
const refusedByPlatform = 27
const fenOf = (yuan: unknown) => Math.round(Number(yuan) * 100)

/** How the refund ended on the side where it lives. */
function endOf(refund: BookedRefund, effects: Effects): 'refunded' | 'refused' | 'withdrawn' | 'open' {
  if (refund.withdrawn) return 'withdrawn'
  if (refund.system === 'jushuitan') {
    const found = effects.erpRefunds.find((one) => one.refund_no === refund.no)
    if (found?.shop_status === 'SUCCESS') return 'refunded'
    return found?.shop_status === 'SELLER_REFUSE_BUYER' ? 'refused' : 'open'
  }
  const found = effects.platformRefunds.find((one) => one.refund_no === refund.no)
  if (found?.refund_status === refundedByPlatform) return 'refunded'
  return found?.status === refusedByPlatform ? 'refused' : 'open'
}

/** People refused an older amount before anybody could know of the new one: that ends the refund too. */
function isRefusedEarly(refund: BookedRefund, effects: Effects, live: readonly InstanceEffect[]): boolean {
  return (
    endOf(refund, effects) === 'refused' && live.length > 0 && live.every((one) => one.status === 'REJECTED')
  )
}

function judgeApprovals(
  refund: BookedRefund,
  effects: Effects,
  instances: readonly InstanceEffect[],
): string[] {
  const live = instances.filter((one) => one.status !== 'CANCELED')
  const amount = refund.amounts.at(-1)
  const current = live.filter((one) => fenOf(one.values.退款金额) === amount)
  const stillOpen = live.filter((one) => one.status === 'PENDING' && !current.includes(one))
  const problems = stillOpen.map((one) => `an approval about a replaced amount is open: ${one.instance_code}`)
  const said = live.map((one) => `${one.status} ${one.values.退款金额}`).join(', ')
  if (refund.withdrawn) {
    if (current.length > 1) problems.push(`${current.length} approvals of a withdrawn refund: ${said}`)
    if (current.some((one) => one.status === 'PENDING')) problems.push('withdrawn, but its approval is open')
  } else if (current.length !== 1 && !isRefusedEarly(refund, effects, live))
    problems.push(`${current.length} live approvals about ${amount} fen (${said})`)
  return problems
}

/** The decision that counts is the one about the amount the refund ended with. */
function judgeExecution(
  refund: BookedRefund,
  effects: Effects,
  instances: readonly InstanceEffect[],
): string[] {
  const executed = effects.refundsExecuted.filter((one) => one.refund_no === refund.no)
  const times = executed.reduce((sum, one) => sum + one.times, 0)
  const approved = instances.find(
    (one) => one.status === 'APPROVED' && fenOf(one.values.退款金额) === refund.amounts.at(-1),
  )
  const end = endOf(refund, effects)
  if (refund.withdrawn) return times === 0 ? [] : [`withdrawn, but executed ${times} times`]
  const problems: string[] = []
  if (approved !== undefined) {
    if (times !== 1) problems.push(`approved, executed ${times} times`)
    if (end !== 'refunded') problems.push(`approved, but ${end} in ${refund.system}`)
  } else {
    if (times !== 0) problems.push(`not approved at its amount, but executed ${times} times`)
    if (end !== 'refused') problems.push(`rejected, but ${end} in ${refund.system}`)
  }
  const wrongSum = executed.find((one) => one.amount !== refund.amounts.at(-1))
  if (wrongSum !== undefined)
    problems.push(`executed ${wrongSum.amount} fen instead of ${refund.amounts.at(-1)}`)
  return problems
}

const words = { refunded: '已退款', refused: '已拒绝', withdrawn: '已撤回', open: '?' } as const

function judgeBooks(refund: BookedRefund, effects: Effects): string[] {
  const end = endOf(refund, effects)
  const problems: string[] = []
  const ledger = rowsBy(effects, '财务流水', '退款单号').get(refund.no) ?? []
  const wanted = end === 'refunded' ? 1 : 0
  if (ledger.length !== wanted) problems.push(`${ledger.length} ledger rows instead of ${wanted}`)
  for (const row of ledger) {
    if (fenOf(row.金额) !== -(refund.amounts.at(-1) ?? 0)) problems.push(`the ledger says ${row.金额}`)
  }
  const rows = rowsBy(effects, '退款单', '退款单号').get(refund.no) ?? []
  if (rows.length !== 1) problems.push(`${rows.length} rows instead of 1`)
  if (rows.some((row) => row.状态 !== words[end]))
    problems.push(`the row says ${rows[0]?.状态}, not ${words[end]}`)
  return problems
}

function judgeRefundCards(refund: BookedRefund, effects: Effects, cards: readonly SeenCard[]): string[] {
  const own = cards.filter(
    (card) => card.kind === 'refund' && !card.digest && card.subjects.includes(refund.no),
  )
  const lines = cards.filter((c) => c.kind === 'refund' && c.digest && c.subjects.includes(refund.orderNo))
  const total = own.length + lines.length
  if (total !== 1) return [`${total} cards or lines instead of 1`]
  const word = words[endOf(refund, effects)]
  const stale = own.filter((card) => !card.title.includes(word))
  return stale.map((card) => `the card says ${card.title}, not ${word}`)
}

export function judgeRefunds(book: Book, effects: Effects, cards: readonly SeenCard[]): string[] {
  const known = new Set([...effects.platformRefunds, ...effects.erpRefunds].map((one) => one.refund_no))
  const strangers = effects.instances
    .filter((one) => one.key === null || !known.has(one.key))
    .map((one) => `approval ${one.instance_code} is about ${one.key}, which does not exist`)
  const wrong = book.refunds.flatMap((refund) => {
    const instances = effects.instances.filter((one) => one.key === refund.no)
    return [
      ...judgeApprovals(refund, effects, instances),
      ...judgeExecution(refund, effects, instances),
      ...judgeBooks(refund, effects),
      ...judgeRefundCards(refund, effects, cards),
    ].map((problem) => `refund ${refund.no} (${refund.system}): ${problem}`)
  })
  return [...strangers, ...wrong]
}
