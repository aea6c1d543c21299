import type { Refund } from '#src/contracts/canonical.ts'
import type { HandlerContext } from '#src/contracts/playbook.ts'
import { type RefundApprovalInput, refundApproval } from './approval.ts'
import { buyerWord, kindWords, productWord, refundSubject, systemWord, voucherWord } from './refund-words.ts'

const withoutApplicant = { code: 'approval_without_applicant', subject: 'refund-review' }
/** While nobody can apply, it is tried again this often. */
const retryMs = 10 * 60_000

/** Who applies: the ERP operator who started it when we know them, else the configured person. */
async function applicantOf(ctx: HandlerContext, refund: Refund): Promise<string | undefined> {
  if (refund.operator !== undefined) {
    for (const connector of Object.keys(refund.refs)) {
      const person = await ctx.directory.personByOperator(connector, refund.operator.id)
      if (person !== undefined) return person.openId
    }
  }
  return ctx.directory.defaultApplicant()
}

async function historyOf(ctx: HandlerContext, refund: Refund): Promise<string> {
  const others = (await ctx.records.refundsOf(refund.platform, refund.orderNo)).filter(
    (r) => r.refundNo !== refund.refundNo,
  )
  if (others.length === 0) return '本单无其他退款'
  const total = others
    .filter((r) => r.stage === 'refunded')
    .reduce((sum, r) => sum + (r.refundedAmount ?? r.amount), 0)
  return `本单另有 ${others.length} 次退款申请，已退 ${(total / 100).toFixed(2)} 元`
}

async function formInput(ctx: HandlerContext, refund: Refund, source: string): Promise<RefundApprovalInput> {
  const order = await ctx.records.order(refund.platform, refund.orderNo)
  const shop = await ctx.directory.shop(refund.shopId)
  return {
    refundNo: refund.refundNo,
    orderNo: refund.orderNo,
    shop: shop?.name ?? refund.shopId,
    product: productWord(order),
    buyer: buyerWord(order),
    orderAmount: order?.amounts.paid ?? 0,
    refundAmount: refund.amount,
    reason: refund.reason,
    kind: kindWords[refund.kind] === '退货退款' ? '退货退款' : '仅退款',
    voucherState: voucherWord(order),
    appliedAt: refund.times.requested,
    deadline: refund.times.deadline,
    source: systemWord(source),
    history: await historyOf(ctx, refund),
    trace: ctx.trace,
  }
}

/**
 * Wants one live approval about the refund. `replace` cancels the live one first (the amount changed) and links the
 * new one to it. Without an applicant nothing is opened yet, and the operators are told.
 */
export async function requestApproval(
  ctx: HandlerContext,
  refund: Refund,
  how: { source: string; replace?: string },
): Promise<void> {
  const applicant = await applicantOf(ctx, refund)
  if (applicant === undefined) {
    await ctx.alert({
      ...withoutApplicant,
      title: '退款审批没有发起人',
      text: '有退款单的发起人在「人员」表中找不到，也没有配置默认发起人，审批没有发起（退款单状态为待审批）。',
      remedy:
        '请在「人员」表中填写该同事的「ERP 操作员号」，或设置 FEISHU_DEFAULT_APPLICANT；系统会自动再次发起。',
    })
    const { platform, refundNo } = refund
    const later = { key: refundSubject(refund), at: ctx.now + retryMs }
    return ctx.enqueue('open-approval', { platform, refundNo, source: how.source }, later)
  }
  await ctx.resolve(withoutApplicant)
  const input = await formInput(ctx, refund, how.source)
  const subject = refundSubject(refund)
  if (how.replace === undefined) await ctx.approvals.open(refundApproval, subject, { input, applicant })
  else await ctx.approvals.reopen(refundApproval, subject, { input, applicant, reason: how.replace })
}
