/** Exactly once: compares what was done with what the world shows. Pure; an empty list means nothing is wrong. */
import type { Book } from './book.ts'
import { judgeRefunds } from './judge-refunds.ts'
import { readCard, type SeenCard } from './read-cards.ts'
import type { Effects } from './world.ts'

type Fields = Record<string, unknown>

/** Rows of a table by the value of its key column. */
export function rowsBy(effects: Effects, table: string, key: string): Map<string, Fields[]> {
  const found = new Map<string, Fields[]>()
  for (const one of effects.rows.filter((t) => t.table === table)) {
    for (const { fields } of one.rows) {
      const id = String(fields[key])
      found.set(id, [...(found.get(id) ?? []), fields])
    }
  }
  return found
}

const idsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap((one: { id?: string }) => one.id ?? []) : []

/** A base or table created twice would show here. */
function judgeTables(effects: Effects): string[] {
  const counts = new Map<string, number>()
  for (const { table } of effects.rows) counts.set(table, (counts.get(table) ?? 0) + 1)
  return [...counts].filter(([, n]) => n > 1).map(([table, n]) => `${n} tables are called ${table}`)
}

function judgeRows(book: Book, effects: Effects): string[] {
  const rows = rowsBy(effects, '订单', '订单号')
  const placed = new Set(effects.orders.map((order) => order.order_no))
  const counts = effects.orders.flatMap(({ order_no }) => {
    const found = rows.get(order_no)?.length ?? 0
    return found === 1 ? [] : [`order ${order_no}: ${found} rows instead of 1`]
  })
  const strangers = [...rows.keys()].filter((orderNo) => !placed.has(orderNo))
  const lost = book.orders.filter((orderNo) => !placed.has(orderNo))
  return [
    ...counts,
    ...strangers.map((orderNo) => `a row of an order that does not exist: ${orderNo}`),
    ...lost.map((orderNo) => `order ${orderNo} was placed but the sandbox does not know it`),
  ]
}

function judgeCards(book: Book, effects: Effects, cards: readonly SeenCard[]): string[] {
  const shown = new Map<string, string[]>()
  for (const card of cards.filter((one) => one.kind === 'order')) {
    for (const no of card.subjects) shown.set(no, [...(shown.get(no) ?? []), card.messageId])
  }
  const wrong = book.orders.flatMap((orderNo) => {
    const where = shown.get(orderNo) ?? []
    return where.length === 1
      ? []
      : [`order ${orderNo}: ${where.length} cards or lines (${where.join(', ')})`]
  })
  const booked = new Set(book.orders)
  const history = effects.orders
    .filter(({ order_no }) => !booked.has(order_no) && shown.has(order_no))
    .map(({ order_no }) => `order ${order_no} is history but was announced`)
  const marks = new Map<string, number>()
  for (const { mark } of cards) if (mark !== undefined) marks.set(mark, (marks.get(mark) ?? 0) + 1)
  const twice = [...marks].filter(([, n]) => n > 1).map(([mark, n]) => `card ${mark} was sent ${n} times`)
  return [...wrong, ...history, ...twice]
}

/** What a card shows must be what the row says: the last change reached both. */
function judgeAgreement(effects: Effects, cards: readonly SeenCard[]): string[] {
  const rows = rowsBy(effects, '订单', '订单号')
  return cards
    .filter((card) => card.kind === 'order' && !card.digest)
    .flatMap((card) => {
      const [orderNo = ''] = card.subjects
      const row = rows.get(orderNo)?.[0]
      if (row === undefined) return []
      const claimed = idsOf(row.跟进人).length > 0
      const problems: string[] = []
      if (card.status !== row.状态)
        problems.push(`order ${orderNo}: the card says ${card.status}, the row ${row.状态}`)
      if (claimed !== card.text.includes('已认领'))
        problems.push(`order ${orderNo}: row ${claimed ? 'is' : 'is not'} claimed, the card differs`)
      return problems
    })
}

function judgeClaims(book: Book, effects: Effects): string[] {
  const rows = rowsBy(effects, '订单', '订单号')
  const followerOf = (orderNo: string) => idsOf(rows.get(orderNo)?.[0]?.跟进人)
  const lost = book.claims.flatMap(({ orderNo, openId, name, toast }) => {
    const follower = followerOf(orderNo)
    return follower.length === 1 && follower[0] === openId
      ? []
      : [`order ${orderNo}: ${name} was told "${toast}", the row says ${JSON.stringify(follower)}`]
  })
  const forgotten = [...book.answered].flatMap(([orderNo, toast]) =>
    followerOf(orderNo).length === 0 ? [`order ${orderNo}: "${toast}", but nobody has it`] : [],
  )
  const strangers = [...rows.keys()].flatMap((orderNo) => {
    const pressed = book.pressedBy.get(orderNo) ?? new Set()
    const wrong = followerOf(orderNo).filter((openId) => !pressed.has(openId))
    return wrong.length === 0 ? [] : [`order ${orderNo} is claimed by somebody who never pressed`]
  })
  return [...lost, ...forgotten, ...strangers]
}

export function judge(book: Book, effects: Effects): string[] {
  const cards = effects.messages
    .filter((message) => message.msg_type === 'interactive' && !message.recalled)
    .map(readCard)
  return [
    ...judgeTables(effects),
    ...judgeRows(book, effects),
    ...judgeCards(book, effects, cards),
    ...judgeAgreement(effects, cards),
    ...judgeClaims(book, effects),
    ...judgeRefunds(book, effects, cards),
  ]
}
