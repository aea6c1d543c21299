/** What we read of a refund. WeChat docs: 获取售后单详情. */
import { z } from 'zod'
import type { Refund, RefundStage } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { fen, id, optionalText, time } from './wire.ts'

const refundRecord = z.object({
  after_sale_order_id: id,
  order_id: id,
  status: z.string().min(1),
  type: z.string().min(1),
  reason: optionalText,
  reason_text: optionalText,
  refund_info: z.object({ amount: fen }),
  create_time: time,
  update_time: time,
})
export type RefundRecord = z.infer<typeof refundRecord>

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '微信小店售后单')
}

/** WeChat docs: 售后单状态; USER_CANCELD is spelt so. */
const stages: ReadonlyMap<string, { stage: RefundStage; text: string }> = new Map([
  ['USER_CANCELD', { stage: 'withdrawn', text: '用户取消申请' }],
  ['MERCHANT_PROCESSING', { stage: 'requested', text: '商家处理中' }],
  ['USER_WAIT_CONFIRM', { stage: 'requested', text: '待用户确认' }],
  ['MERCHANT_REJECT_REFUND', { stage: 'refused', text: '商家拒绝退款' }],
  ['MERCHANT_REJECT_RETURN', { stage: 'refused', text: '商家拒绝退货退款' }],
  ['USER_WAIT_RETURN', { stage: 'waiting-return', text: '待用户退货' }],
  ['MERCHANT_WAIT_RECEIPT', { stage: 'waiting-return', text: '待商家收货' }],
  ['RETURN_CLOSED', { stage: 'failed', text: '退货退款关闭' }],
  ['MERCHANT_OVERDUE_REFUND', { stage: 'refunding', text: '商家逾期未退款' }],
  ['PLATFORM_REFUNDING', { stage: 'refunding', text: '平台退款中' }],
  ['MERCHANT_REFUND_SUCCESS', { stage: 'refunded', text: '退款完成' }],
  ['MERCHANT_RETURN_SUCCESS', { stage: 'refunded', text: '退货退款完成' }],
  ['PLATFORM_REFUND_FAIL', { stage: 'failed', text: '平台退款失败' }],
  ['MERCHANT_REFUND_RETRY_FAIL', { stage: 'failed', text: '商家打款失败' }],
  ['MERCHANT_FAIL', { stage: 'failed', text: '商家退款失败' }],
])

export function stageOf({ status }: Pick<RefundRecord, 'status'>): RefundStage {
  return stages.get(status)?.stage ?? 'unknown'
}

/** The shop's own turn. */
export const isOpen = ({ status }: Pick<RefundRecord, 'status'>) => status === 'MERCHANT_PROCESSING'

export function statusTextOf({ status }: Pick<RefundRecord, 'status'>): string {
  return stages.get(status)?.text ?? `status ${status}`
}

/** UNVERIFIED: the words for kinds. */
const kinds: ReadonlyMap<string, Refund['kind']> = new Map([
  ['REFUND', 'refund-only'],
  ['RETURN', 'return-and-refund'],
  ['EXCHANGE', 'exchange'],
])

export const kindOf = ({ type }: Pick<RefundRecord, 'type'>): Refund['kind'] => kinds.get(type) ?? 'other'
