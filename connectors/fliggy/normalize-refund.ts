import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

/** A refund of Fliggy, through TOP's refunds. @throws DataError naming the path of what is missing */
export function normalizeRefund(record: unknown, shopId: string): Refund {
  const refund = readRefund(record)
  const stage = stageOf(refund)
  return {
    platform: 'fliggy',
    refundNo: refund.refund_id,
    orderNo: refund.tid,
    shopId,
    kind: kindOf(refund),
    stage,
    statusText: statusTextOf(refund),
    version: refund.modified,
    amount: refund.refund_fee,
    ...(stage === 'refunded' ? { refundedAmount: refund.refund_fee } : {}),
    reason: maskedWords(refund.reason ?? ''),
    times: {
      requested: refund.created,
      updated: refund.modified,
      ...(stage === 'refunded' ? { refunded: refund.modified } : {}),
    },
    refs: { fliggy: refund.refund_id },
  }
}

/** UNVERIFIED: the values of dispute_type beyond plain refunds; exchanges name themselves. */
function kindOf(refund: RefundRecord): Refund['kind'] {
  if (/EXCHANGE/i.test(refund.dispute_type ?? '')) return 'exchange'
  return refund.has_good_return ? 'return-and-refund' : 'refund-only'
}
