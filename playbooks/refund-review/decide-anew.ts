import type { Refund } from '#src/contracts/canonical.ts'
import type { HandlerContext } from '#src/contracts/playbook.ts'
import { requestApproval } from './request-approval.ts'
import { showRefund } from './show-refund.ts'
import type { Row } from './standing.ts'

const undecided: Row = {
  status: '待审批',
  approvalInstance: null,
  decision: null,
  reviewer: null,
  decidedAt: null,
  writeBack: null,
}

/**
 * The amount is another one than people were (or are) asked about: their decision moves no money, a live approval is
 * cancelled, and they are asked about the amount as it is now.
 */
export async function decideAnew(ctx: HandlerContext, refund: Refund, source: string): Promise<void> {
  await requestApproval(ctx, refund, { source, replace: '退款金额已变更，按新金额重新审批' })
  await showRefund(ctx, refund, { source, patch: undecided })
}
