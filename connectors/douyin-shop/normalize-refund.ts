import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { isRefundDetail, refundDetail, refundListItem } from './refund-record.ts'
import { refundStage, statusTexts } from './refund-stage.ts'

/** Platform: 售后类型. 6 价保, 7 补寄, 8 维修 and the system's own 4, 5 are `other`: no decision of ours fits them. */
const kinds: Record<number, Refund['kind']> = {
  0: 'return-and-refund',
  1: 'refund-only',
  2: 'refund-only',
  3: 'exchange',
}

/** What both shapes of an after-sale say, under one set of names. */
export interface AfterSale {
  id: string
  orderNo: string
  type: number
  status: number
  refundStatus: number | undefined
  statusText: string | undefined
  amount: number
  /** Really paid back; only the detail knows. */
  realAmount: number | undefined
  refundedAt: number | undefined
  appliedAt: number
  updatedAt: number
  deadline: number | undefined
  reason: string | undefined
}

/** @throws DataError naming the path of what is missing */
export function readAfterSale(record: unknown): AfterSale {
  return isRefundDetail(record) ? fromDetail(record) : fromListItem(record)
}

/** A Doudian after-sale, from the list or from the detail. @throws DataError */
export function normalizeRefund(record: unknown, shopId: string): Refund {
  const item = readAfterSale(record)
  const stage = refundStage(item.status, item.refundStatus)
  const refunded = stage === 'refunded'
  return {
    platform: 'douyin',
    refundNo: item.id,
    orderNo: item.orderNo,
    shopId,
    kind: kinds[item.type] ?? 'other',
    stage,
    statusText: item.statusText ?? statusTexts[item.status] ?? String(item.status),
    version: item.updatedAt,
    amount: item.amount,
    ...(refunded && item.realAmount ? { refundedAmount: item.realAmount } : {}),
    reason: maskedWords(item.reason ?? ''),
    times: {
      requested: item.appliedAt,
      updated: item.updatedAt,
      ...(item.deadline === undefined ? {} : { deadline: item.deadline }),
      ...(refunded ? { refunded: item.refundedAt ?? item.updatedAt } : {}),
    },
    refs: { 'douyin-shop': item.id },
  }
}

function fromListItem(record: unknown): AfterSale {
  const { aftersale_info: info, order_info, text_part } = readRecord(refundListItem, record, '抖店售后单')
  return {
    id: info.aftersale_id,
    orderNo: order_info.shop_order_id,
    type: info.aftersale_type,
    status: info.aftersale_status,
    refundStatus: info.refund_status,
    statusText: text_part.aftersale_status_text,
    amount: info.refund_amount,
    realAmount: undefined,
    refundedAt: undefined,
    appliedAt: info.apply_time,
    updatedAt: info.update_time,
    deadline: info.status_deadline,
    reason: text_part.reason_text,
  }
}

function fromDetail(record: unknown): AfterSale {
  const { process_info, order_info } = readRecord(refundDetail, record, '抖店售后单')
  const info = process_info.after_sale_info
  return {
    id: info.after_sale_id,
    orderNo: order_info.shop_order_id,
    type: info.after_sale_type,
    status: info.after_sale_status,
    refundStatus: info.refund_status,
    statusText: info.after_sale_status_desc,
    amount: info.refund_total_amount,
    realAmount: info.real_refund_amount,
    refundedAt: info.refund_time,
    appliedAt: info.apply_time,
    updatedAt: info.update_time,
    deadline: info.status_deadline,
    reason: info.reason,
  }
}
