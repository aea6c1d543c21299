import type { Refund } from '#src/contracts/canonical.ts'
import type { PressAnswer } from '#src/contracts/card.ts'
import type { HandlerContext, Handlers, PressEvent } from '#src/contracts/playbook.ts'
import { refunds } from '../../bitable-schemas/index.ts'
import { approvedAmount, isUnderway, isWaiting, refundApproval } from './approval.ts'
import { decideAnew } from './decide-anew.ts'
import { executorOf } from './executor.ts'
import { wantApproval } from './open-approval.ts'
import { readRefundSubject, refundSubject } from './refund-words.ts'
import { showRefund } from './show-refund.ts'
import { awaitsDecision, type Row } from './standing.ts'

const refundOf = async (ctx: HandlerContext, subject: string) => {
  const id = readRefundSubject(subject)
  return id === undefined ? undefined : ctx.records.refund(id.platform, id.refundNo)
}

/** The event says that something changed; what it is by now stands in the records. */
const latest = async (ctx: HandlerContext, refund: Refund): Promise<Refund> =>
  (await ctx.records.refund(refund.platform, refund.refundNo)) ?? refund

const requested: NonNullable<Handlers['refund.requested']> = async (ctx, { payload }) => {
  const { source, history } = payload
  const refund = await latest(ctx, payload.refund)
  const open = awaitsDecision(refund)
  await showRefund(ctx, refund, { source, announce: open || !history })
  if (open) await wantApproval(ctx, refund, source)
}

const changed: NonNullable<Handlers['refund.changed']> = async (ctx, { payload, subject }) => {
  const { before, source } = payload
  const refund = await latest(ctx, payload.refund)
  const row = await showRefund(ctx, refund, { source })
  const last = await ctx.approvals.find(refundApproval, subject)
  if (!awaitsDecision(refund)) {
    // Withdrawn, agreed or paid elsewhere: people must not decide about what is settled.
    if (isWaiting(last) || last?.state === 'parked')
      await ctx.approvals.cancel(refundApproval, subject, '该退款已在平台或 ERP 结束')
    if (refund.stage === 'failed' && before.stage !== 'failed') await tellFailed(ctx, refund.refundNo)
    return
  }
  if (!isUnderway(last)) {
    if (row.decision == null) await wantApproval(ctx, refund, source)
  } else if (approvedAmount(last) !== refund.amount && row.decision !== '拒绝') {
    await decideAnew(ctx, refund, source)
  }
}

const tellFailed = (ctx: HandlerContext, refundNo: string) =>
  ctx.alert({
    code: 'refund_failed',
    subject: refundNo,
    title: '平台退款失败',
    text: `退款单 ${refundNo} 在平台上退款失败。`,
    remedy: '请在平台后台查看失败原因并重新处理。',
  })

const opened: NonNullable<Handlers['approval.opened']> = async (ctx, { payload, subject }) => {
  if (payload.approval !== refundApproval.id) return
  const refund = await refundOf(ctx, subject)
  if (refund === undefined) return
  const row = await ctx.rows.get(refunds, refund.refundNo)
  const live = await ctx.approvals.find(refundApproval, subject)
  if (live?.id !== payload.caseId || row?.decision != null) return
  await showRefund(ctx, refund, { source: '', patch: { approvalInstance: payload.instanceCode } })
}

const decisions = { approved: '同意', rejected: '拒绝', cancelled: '撤销' } as const

const decided: NonNullable<Handlers['approval.decided']> = async (ctx, { payload, subject }) => {
  if (payload.approval !== refundApproval.id) return
  const refund = await refundOf(ctx, subject)
  if (refund === undefined) return
  const last = await ctx.approvals.find(refundApproval, subject)
  if (last?.id !== payload.caseId) {
    // A newer case took its place (the amount changed): a decision about the old amount moves no money.
    ctx.log.warn(
      { caseId: payload.caseId, decision: payload.decision },
      'decision about a replaced approval ignored',
    )
    return
  }
  const moved = awaitsDecision(refund) && approvedAmount(last) !== refund.amount
  if (moved && payload.decision !== 'cancelled') {
    ctx.log.warn(
      { caseId: payload.caseId, decision: payload.decision },
      'decision about another amount ignored',
    )
    return decideAnew(ctx, refund, '')
  }
  const unanswered = payload.decision === 'cancelled' && awaitsDecision(refund)
  const patch: Row = {
    payer: executorOf(refund, await ctx.directory.shop(refund.shopId)),
    decision: decisions[payload.decision],
    reviewer: payload.decidedBy ?? null,
    decidedAt: payload.decidedAt,
    ...(unanswered ? { status: '需人工' } : {}),
  }
  await showRefund(ctx, refund, { source: '', patch })
  if (unanswered) return tellCancelled(ctx, refund.refundNo)
  if (payload.decision === 'cancelled') return
  const { platform, refundNo } = refund
  await ctx.enqueue('carry-out', { platform, refundNo, source: '' }, { key: refundSubject(refund) })
}

const tellCancelled = (ctx: HandlerContext, refundNo: string) =>
  ctx.alert({
    code: 'approval_cancelled',
    subject: refundNo,
    title: '退款审批被撤销',
    text: `退款单 ${refundNo} 的审批在飞书里被撤销，退款仍等待处理。`,
    remedy: '请与发起人确认，并在平台或 ERP 后台处理该退款。',
  })

const reverted: NonNullable<Handlers['approval.reverted']> = async (ctx, { payload, subject }) => {
  if (payload.approval !== refundApproval.id) return
  const refund = await refundOf(ctx, subject)
  if (refund === undefined) return
  await ctx.alert({
    code: 'approval_reverted',
    subject: refund.refundNo,
    title: '已通过的退款审批被撤销',
    text: `退款单 ${refund.refundNo} 的审批在通过后被撤销，但退款可能已经执行，系统不会追回。`,
    remedy: '请在平台或 ERP 后台核对这笔退款；如不应退款，请人工处理。',
  })
}

export const handlers: Handlers = {
  'approval.reverted': reverted,
  'refund.requested': requested,
  'refund.changed': changed,
  'approval.opened': opened,
  'approval.decided': decided,
}

/** 我已在后台退款: nothing is believed, the platform is asked at once and until it confirms. */
export async function paid(ctx: HandlerContext, press: PressEvent): Promise<PressAnswer> {
  const refund = await refundOf(ctx, press.subject)
  if (refund === undefined) return { toast: { type: 'error', content: '没有找到这笔退款，请稍后再试。' } }
  const { platform, refundNo } = refund
  await ctx.enqueue('watch', { platform, refundNo, source: '', round: 0 }, { key: refundSubject(refund) })
  return { toast: { type: 'info', content: '收到，正在向平台核对，确认后状态会变为「已退款」。' } }
}
