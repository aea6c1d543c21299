import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { changedAt, readRefund, stageOf, statusTextOf, versionOf } from './refund-record.ts'

/** A refund of JD. These applications ask for money before the parcel arrives: none has a return. @throws DataError */
export function normalizeRefund(record: unknown, shopId: string): Refund {
  const refund = readRefund(record)
  const stage = stageOf(refund)
  const updated = changedAt(refund)
  return {
    platform: 'jd',
    refundNo: refund.id,
    orderNo: refund.orderId,
    shopId,
    kind: 'refund-only',
    stage,
    statusText: statusTextOf(refund),
    version: versionOf(refund),
    amount: refund.applyRefundSum,
    ...(stage === 'refunded' ? { refundedAmount: refund.applyRefundSum } : {}),
    reason: maskedWords(refund.reason ?? ''),
    times: {
      requested: refund.applyTime,
      updated,
      ...(stage === 'refunded' ? { refunded: updated } : {}),
    },
    refs: { jd: refund.id },
  }
}
