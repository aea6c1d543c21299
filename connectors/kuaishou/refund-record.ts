/** What we read of a refund, in the shape shared by the list and the detail. Kuaishou docs: 售后单. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { code, fen, id, optionalCode, optionalText, optionalTime, time } from './wire.ts'

const refundRecord = z.object({
  refundId: id,
  oid: id,
  status: code,
  handlingWay: code,
  negotiateStatus: optionalCode,
  refundFee: fen,
  refundReasonDesc: optionalText,
  refundDesc: optionalText,
  submitTime: optionalTime,
  createTime: time,
  updateTime: time,
  expireTime: optionalTime,
  endTime: optionalTime,
})
export type RefundRecord = z.infer<typeof refundRecord>

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '快手售后单')
}

/** Kuaishou docs: 售后状态. */
const stages: Record<number, { stage: RefundStage; text: string }> = {
  10: { stage: 'requested', text: '买家仅退款申请' },
  11: { stage: 'requested', text: '买家退货退款申请' },
  20: { stage: 'requested', text: '平台介入-买家仅退款申请' },
  21: { stage: 'requested', text: '平台介入-买家退货退款申请' },
  22: { stage: 'waiting-return', text: '平台介入-已确认退货退款' },
  30: { stage: 'waiting-return', text: '商品回寄信息待买家更新' },
  40: { stage: 'waiting-return', text: '商品回寄信息待卖家确认' },
  45: { stage: 'agreed', text: '待买家确认收货' },
  50: { stage: 'refunding', text: '退款执行中' },
  60: { stage: 'refunded', text: '退款成功' },
  70: { stage: 'failed', text: '退款失败' },
}

/** negotiateStatus 3: the shop said no and the buyer may change the request. */
const isRefused = ({ status, negotiateStatus }: RefundRecord) =>
  (status === 10 || status === 11) && negotiateStatus === 3

export function stageOf(refund: RefundRecord): RefundStage {
  return isRefused(refund) ? 'refused' : (stages[refund.status]?.stage ?? 'unknown')
}

/** The shop decides about what the buyer asked for; 20 and 21 are with the platform. */
export function isOpen(refund: RefundRecord): boolean {
  return (refund.status === 10 || refund.status === 11) && !isRefused(refund)
}

export function statusTextOf(refund: RefundRecord): string {
  return isRefused(refund)
    ? '商家驳回，等待买家修改'
    : (stages[refund.status]?.text ?? `status ${refund.status}`)
}
