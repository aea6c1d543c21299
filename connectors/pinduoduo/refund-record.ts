/** What we read of a refund, in the shape of the list. PDD docs: 售后列表接口. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import { insideSchema } from '../kit/inside-schema.ts'
import { yuanFromFen } from '../kit/money.ts'
import { readRecord } from '../kit/read-reply.ts'
import { gmt8FromInstant, instantFromMillis, optionalInstantFromMillis } from '../kit/time.ts'
import { code, id, optionalText, optionalTime, time, yuan } from './wire.ts'

const millis = z.union([z.string(), z.number()])

export const refundRecord = z.object({
  id,
  order_sn: id,
  after_sales_type: code,
  after_sales_status: code,
  refund_amount: yuan,
  created_time: time,
  updated_time: time,
  after_sale_reason: optionalText,
  /** ms; the detail alone tells it, and only while the shop has to decide. */
  expire_time: millis.nullish().transform(insideSchema(optionalInstantFromMillis)),
})
export type RefundRecord = z.infer<typeof refundRecord>

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '拼多多售后单')
}

const detail = z.object({
  id,
  after_sales_type: code,
  refund_amount: z.number().int().transform(insideSchema(yuanFromFen)),
  recreated_at: millis.transform(insideSchema(instantFromMillis)),
  updated_time: optionalTime,
  after_sales_reason: optionalText,
})

/**
 * The detail in the shape of the list: it counts types from 1 instead of 2 and money in fen, as whole numbers only can
 * be (UNVERIFIED: no page says so). A detail without its update time is as new as now.
 * @throws DataError naming the path of what is missing
 */
export function inListShape(record: object, now: number): Record<string, unknown> {
  const read = readRecord(detail, record, '拼多多售后单详情')
  return {
    ...record,
    after_sales_type: read.after_sales_type + 1,
    refund_amount: read.refund_amount,
    created_time: gmt8FromInstant(read.recreated_at),
    updated_time: gmt8FromInstant(read.updated_time ?? now),
    after_sale_reason: read.after_sales_reason,
  }
}

/** PDD docs: 售后状态. Exchanges, replacements and repairs move no money: what the shop agreed to stays 已同意. */
const stages: Record<number, { stage: RefundStage; text: string }> = {
  2: { stage: 'requested', text: '买家申请退款，待商家处理' },
  3: { stage: 'requested', text: '退货退款，待商家处理' },
  4: { stage: 'refunding', text: '商家同意退款，退款中' },
  5: { stage: 'refunding', text: '平台同意退款，退款中' },
  6: { stage: 'refused', text: '驳回退款，待买家处理' },
  7: { stage: 'waiting-return', text: '已同意退货退款，待用户发货' },
  8: { stage: 'requested', text: '平台处理中' },
  9: { stage: 'refused', text: '平台拒绝退款，退款关闭' },
  10: { stage: 'refunded', text: '退款成功' },
  11: { stage: 'withdrawn', text: '买家撤销' },
  12: { stage: 'failed', text: '买家逾期未处理，退款失败' },
  13: { stage: 'failed', text: '买家逾期，超过有效期' },
  14: { stage: 'requested', text: '换货补寄待商家处理' },
  15: { stage: 'waiting-return', text: '换货补寄待用户处理' },
  16: { stage: 'agreed', text: '换货补寄成功' },
  17: { stage: 'failed', text: '换货补寄失败' },
  18: { stage: 'agreed', text: '换货补寄待用户确认完成' },
  21: { stage: 'requested', text: '待商家同意维修' },
  22: { stage: 'agreed', text: '待用户确认发货' },
  24: { stage: 'failed', text: '维修关闭' },
  25: { stage: 'agreed', text: '维修成功' },
  27: { stage: 'agreed', text: '待用户确认收货' },
  31: { stage: 'waiting-return', text: '已同意拒收退款，待用户拒收' },
  32: { stage: 'agreed', text: '补寄待商家发货' },
  33: { stage: 'agreed', text: '待商家召回' },
}

/** The list answers for one status at a time. In the order refunds go through them: what moves on meanwhile is met again. */
export const askedStatuses: readonly number[] = Object.keys(stages).map(Number)

export function stageOf(refund: Pick<RefundRecord, 'after_sales_status'>): RefundStage {
  return stages[refund.after_sales_status]?.stage ?? 'unknown'
}

/** The shop decides in these two only; 8 is with the platform. */
export function isOpen(refund: Pick<RefundRecord, 'after_sales_status'>): boolean {
  return refund.after_sales_status === 2 || refund.after_sales_status === 3
}

export function statusTextOf({ after_sales_status }: Pick<RefundRecord, 'after_sales_status'>): string {
  return stages[after_sales_status]?.text ?? `after_sales_status ${after_sales_status}`
}
