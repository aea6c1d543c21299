import type { Order, Refund } from '#src/contracts/canonical.ts'
import type { HandlerContext } from '#src/contracts/playbook.ts'
import { ledger, refunds } from '../../bitable-schemas/index.ts'
import { refundCard } from '../../cards/index.ts'
import type { RefundCardInput } from '../../cards/refund.ts'
import { executorOf } from './executor.ts'
import { kindWords, productWord, refundSubject, systemWord } from './refund-words.ts'
import { isOver, type Row, type Status, statusOf, stepsOf, toneOf } from './standing.ts'

/** The refund's row as it stands, with what the platform or ERP says now. */
async function putRow(
  ctx: HandlerContext,
  refund: Refund,
  { before, source, patch = {} }: { before: Row | undefined; source: string; patch?: Row | undefined },
): Promise<Row> {
  const shop = await ctx.directory.shop(refund.shopId)
  const merged: Row = { ...before, ...patch }
  const status = statusOf(refund, merged)
  const values: Row = {
    ...patch,
    status,
    orderNo: refund.orderNo,
    shop: shop?.name ?? refund.shopId,
    source: before?.source ?? systemWord(source),
    kind: kindWords[refund.kind],
    amount: refund.amount,
    refundedAmount: refund.refundedAmount ?? null,
    reason: refund.reason,
    requestedAt: refund.times.requested,
    deadline: refund.times.deadline ?? null,
    trace: ctx.trace,
    // Fixed with the decision: a setting changed later must not make a second system pay.
    payer: merged.decision == null ? executorOf(refund, shop) : (merged.payer ?? null),
  }
  await ctx.rows.put(refunds, refund.refundNo, values)
  return { ...merged, ...values }
}

/** One ledger row for the money that really went back; its key makes a second one impossible. */
async function bookRefund(ctx: HandlerContext, refund: Refund, row: Row): Promise<void> {
  if (refund.stage !== 'refunded') return
  await ctx.rows.insert(ledger, `RF-${refund.refundNo}`, {
    kind: '退款',
    shop: row.shop ?? refund.shopId,
    orderNo: refund.orderNo,
    refundNo: refund.refundNo,
    amount: -(refund.refundedAmount ?? refund.amount),
    happenedAt: refund.times.refunded ?? refund.times.updated,
    source: row.source ?? '',
    trace: ctx.trace,
  })
}

/** The other side confirmed an end: what called for a person about this refund is over. */
async function settleAlerts(ctx: HandlerContext, refund: Refund): Promise<void> {
  for (const code of ['refund_needs_person', 'approval_cancelled', 'refund_failed'])
    await ctx.resolve({ code, subject: refund.refundNo })
}

async function cardInput(ctx: HandlerContext, refund: Refund, row: Row): Promise<RefundCardInput> {
  const order: Order | undefined = await ctx.records.order(refund.platform, refund.orderNo)
  const reviewer = row.reviewer == null ? undefined : await ctx.directory.person(row.reviewer)
  const status = (row.status ?? '待审批') as Status
  return {
    refundNo: refund.refundNo,
    orderNo: refund.orderNo,
    shop: row.shop ?? refund.shopId,
    source: row.source ?? '',
    status,
    tone: toneOf(status),
    kind: kindWords[refund.kind],
    product: productWord(order),
    amount: refund.amount,
    refundedAmount: refund.refundedAmount,
    reason: refund.reason,
    requestedAt: refund.times.requested,
    deadline: refund.times.deadline,
    payer: row.payer ?? '—',
    decidedBy: reviewer?.name,
    steps: stepsOf(row, status, reviewer?.name),
    orderLink: order === undefined ? undefined : await ctx.orderLink(order),
    byHand: row.decision === '同意' && (row.payer === '人工' || status === '需人工') && status !== '已退款',
    trace: ctx.trace,
  }
}

/**
 * Brings row, ledger and card of a refund to what is known now, plus `patch`. `announce` posts the card where there
 * is none yet; without it only existing cards change.
 */
export async function showRefund(
  ctx: HandlerContext,
  given: Refund,
  change: { source: string; patch?: Row; announce?: boolean },
): Promise<Row> {
  // The row first, it is locked: of two who show the refund at once, the later one knows all that the earlier knew.
  const before = await ctx.rows.get(refunds, given.refundNo)
  const refund = (await ctx.records.refund(given.platform, given.refundNo)) ?? given
  const row = await putRow(ctx, refund, { before, source: change.source, patch: change.patch })
  await bookRefund(ctx, refund, row)
  if (isOver(refund)) await settleAlerts(ctx, refund)
  const subject = refundSubject(refund)
  const input = await cardInput(ctx, refund, row)
  const shop = await ctx.directory.shop(refund.shopId)
  const chatId = (await ctx.directory.chat('refunds')) ?? shop?.chatId
  if (change.announce === true && chatId !== undefined)
    await ctx.cards.show(refundCard, subject, { chatId }, input)
  else await ctx.cards.update(refundCard, subject, input)
  return row
}
