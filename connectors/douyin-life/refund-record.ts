/** What we read of an after-sale, in the shape shared by list and detail. Platform: 退款单列表查询, 售后单详情查询. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { code, fen, id, optionalFen, optionalId, optionalText, optionalTime, time } from './wire.ts'

export const refundRecord = z.object({
  after_sale_id: id,
  order_id: id,
  status: code,
  refund_amount: fen,
  real_refund_amount: optionalFen,
  create_time: time,
  update_time: time,
  complete_time: optionalTime,
  reason: z.object({ desc: optionalText }).nullish(),
  refund_info_list: z.array(z.object({ certificate_id: optionalId })).nullish(),
})
export type RefundRecord = z.infer<typeof refundRecord>

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '来客售后单')
}

/** The numbers are in the platform's own filter; what they mean is UNVERIFIED beyond public code that uses them. */
const stages: Record<number, { stage: RefundStage; text: string }> = {
  9: { stage: 'requested', text: '初始化' },
  10: { stage: 'requested', text: '审核中' },
  20: { stage: 'refunding', text: '已审核，退款中' },
  25: { stage: 'refused', text: '已拒绝' },
  30: { stage: 'requested', text: '平台仲裁' },
  40: { stage: 'withdrawn', text: '取消退款' },
  50: { stage: 'refunded', text: '退款成功' },
  59: { stage: 'failed', text: '退款失败' },
}

type Status = Pick<RefundRecord, 'status'>

export const stageOf = ({ status }: Status): RefundStage => stages[status]?.stage ?? 'unknown'

export const statusTextOf = ({ status }: Status): string => stages[status]?.text ?? `status ${status}`

/** The merchant decides in this one only. */
export const isOpen = ({ status }: Status): boolean => status === 10

/** After this the platform refunds by itself. Platform: 72 hours. */
export const decisionMs = 72 * 3_600_000
