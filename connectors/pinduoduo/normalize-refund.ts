import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'
import { textOfRef } from './refund-ref.ts'

/** A refund of Pinduoduo. @throws DataError naming the path of what is missing */
export function normalizeRefund(record: unknown, shopId: string): Refund {
  const refund = readRefund(record)
  const stage = stageOf(refund)
  return {
    platform: 'pinduoduo',
    refundNo: refund.id,
    orderNo: refund.order_sn,
    shopId,
    kind: kindOf(refund),
    stage,
    statusText: statusTextOf(refund),
    version: refund.updated_time,
    amount: refund.refund_amount,
    ...(stage === 'refunded' ? { refundedAmount: refund.refund_amount } : {}),
    reason: maskedWords(refund.after_sale_reason ?? ''),
    times: {
      requested: refund.created_time,
      updated: refund.updated_time,
      ...withoutUndefined({
        deadline: refund.expire_time,
        refunded: stage === 'refunded' ? refund.updated_time : undefined,
      }),
    },
    refs: { pinduoduo: textOfRef({ orderSn: refund.order_sn, id: refund.id }) },
  }
}

const kinds: Record<number, Refund['kind']> = { 2: 'refund-only', 3: 'return-and-refund', 4: 'exchange' }

/** UNVERIFIED: that listed records count types as the list's own filter does (2 仅退款 3 退货退款 4 换货 5 补寄 6 维修). */
export function kindOf(refund: Pick<RefundRecord, 'after_sales_type'>): Refund['kind'] {
  return kinds[refund.after_sales_type] ?? 'other'
}
