import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { connectorId } from './api.ts'
import { decisionMs, isOpen, readRefund, stageOf, statusTextOf } from './refund-record.ts'
import { textOfRef } from './refund-ref.ts'

/** An after-sale of Douyin life. @throws DataError naming the path of what is missing */
export function normalizeRefund(record: unknown, shopId: string): Refund {
  const refund = readRefund(record)
  const stage = stageOf(refund)
  const isRefunded = stage === 'refunded'
  return {
    platform: 'douyin-life',
    refundNo: refund.after_sale_id,
    orderNo: refund.order_id,
    shopId,
    kind: 'refund-only',
    stage,
    statusText: statusTextOf(refund),
    version: refund.update_time,
    amount: refund.refund_amount,
    ...(isRefunded ? { refundedAmount: refund.real_refund_amount ?? refund.refund_amount } : {}),
    reason: maskedWords(refund.reason?.desc ?? ''),
    times: {
      requested: refund.create_time,
      updated: refund.update_time,
      ...withoutUndefined({
        deadline: isOpen(refund) ? refund.create_time + decisionMs : undefined,
        refunded: isRefunded ? (refund.complete_time ?? refund.update_time) : undefined,
      }),
    },
    refs: { [connectorId]: textOfRef({ orderId: refund.order_id, afterSaleId: refund.after_sale_id }) },
  }
}
