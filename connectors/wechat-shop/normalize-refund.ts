import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { kindOf, readRefund, stageOf, statusTextOf } from './refund-record.ts'

/** A refund of WeChat Channels. @throws DataError naming the path of what is missing */
export function normalizeRefund(record: unknown, shopId: string): Refund {
  const refund = readRefund(record)
  const stage = stageOf(refund)
  const { amount } = refund.refund_info
  return {
    platform: 'wechat-shop',
    refundNo: refund.after_sale_order_id,
    orderNo: refund.order_id,
    shopId,
    kind: kindOf(refund),
    stage,
    statusText: statusTextOf(refund),
    version: refund.update_time,
    amount,
    ...(stage === 'refunded' ? { refundedAmount: amount } : {}),
    reason: maskedWords(refund.reason_text ?? refund.reason ?? ''),
    times: {
      requested: refund.create_time,
      updated: refund.update_time,
      ...(stage === 'refunded' ? { refunded: refund.update_time } : {}),
    },
    refs: { 'wechat-shop': refund.after_sale_order_id },
  }
}
