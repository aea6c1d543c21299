/** What we read of a refund, in the shape shared by the list and the detail. TOP docs: Refund. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { flag, id, optionalId, optionalText, time, yuan } from '../kit/top/wire.ts'

const refundRecord = z.object({
  refund_id: id,
  tid: id,
  oid: optionalId,
  status: z.string().min(1),
  refund_fee: yuan,
  created: time,
  modified: time,
  has_good_return: flag,
  dispute_type: optionalText,
  reason: optionalText,
  refund_phase: optionalText,
  refund_version: optionalId,
})
export type RefundRecord = z.infer<typeof refundRecord>

export const refundFields =
  'refund_id,tid,oid,status,refund_fee,created,modified,has_good_return,dispute_type,reason,refund_phase,refund_version'

/** TOP docs: 退款状态. The platform pays at once when both sides agreed, so there is no stage in between. */
const stages: Record<string, { stage: RefundStage; text: string }> = {
  WAIT_SELLER_AGREE: { stage: 'requested', text: '买家已申请，等待卖家同意' },
  WAIT_BUYER_RETURN_GOODS: { stage: 'waiting-return', text: '卖家已同意，等待买家退货' },
  WAIT_SELLER_CONFIRM_GOODS: { stage: 'waiting-return', text: '买家已退货，等待卖家确认收货' },
  SELLER_REFUSE_BUYER: { stage: 'refused', text: '卖家拒绝退款' },
  CLOSED: { stage: 'withdrawn', text: '退款关闭' },
  SUCCESS: { stage: 'refunded', text: '退款成功' },
}

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '飞猪退款单')
}

export function stageOf(refund: Pick<RefundRecord, 'status'>): RefundStage {
  return stages[refund.status]?.stage ?? 'unknown'
}

export function statusTextOf(refund: Pick<RefundRecord, 'status'>): string {
  return stages[refund.status]?.text ?? refund.status
}
