import type { Refund } from '#src/contracts/canonical.ts'
import { defineJob, type HandlerContext, type JobContext } from '#src/contracts/playbook.ts'
import { messageOf } from '#src/errors.ts'
import { refunds } from '../../bitable-schemas/index.ts'
import { isUnderway, refundApproval } from './approval.ts'
import { refundInput } from './carry-out.ts'
import { refundSubject } from './refund-words.ts'
import { requestApproval } from './request-approval.ts'
import { showRefund } from './show-refund.ts'
import { awaitsDecision } from './standing.ts'

/** Opens the approval at once, or, while the order is not known yet, after its channel was asked for it. */
export async function wantApproval(ctx: HandlerContext, refund: Refund, source: string): Promise<void> {
  const order = await ctx.records.order(refund.platform, refund.orderNo)
  if (order !== undefined) return requestApproval(ctx, refund, { source })
  const { platform, refundNo } = refund
  await ctx.enqueue('open-approval', { platform, refundNo, source }, { key: refundSubject(refund) })
}

async function fetchOrder(ctx: JobContext, refund: Refund): Promise<void> {
  if ((await ctx.records.order(refund.platform, refund.orderNo)) !== undefined) return
  try {
    await ctx.refresh('orders', refund.shopId, refund.orderNo)
  } catch (error) {
    ctx.log.warn(
      { orderNo: refund.orderNo, reason: messageOf(error) },
      'order of the refund could not be fetched',
    )
  }
}

/** The order is older than what we pulled: fetch it, so that the form carries its data; without it the form says so. */
export const openApproval = defineJob({
  input: refundInput,
  async run(ctx, input) {
    const refund = await ctx.records.refund(input.platform, input.refundNo)
    if (refund === undefined || !awaitsDecision(refund)) return
    await fetchOrder(ctx, refund)
    await ctx.transaction(async (tx) => {
      const fresh = (await tx.records.refund(input.platform, input.refundNo)) ?? refund
      const row = await tx.rows.get(refunds, fresh.refundNo)
      const last = await tx.approvals.find(refundApproval, refundSubject(fresh))
      // Asked or even decided meanwhile, or by a run that was killed before it was ticked off: nobody is asked twice.
      if (!awaitsDecision(fresh) || row?.decision != null || isUnderway(last)) return
      await requestApproval(tx, fresh, { source: input.source })
      await showRefund(tx, fresh, { source: input.source, announce: true })
    })
  },
})
