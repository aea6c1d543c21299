import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { isOpen, type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

/** A refund of Kuaishou. @throws DataError naming the path of what is missing */
export function normalizeRefund(record: unknown, shopId: string): Refund {
  const refund = readRefund(record)
  const stage = stageOf(refund)
  return {
    platform: 'kuaishou',
    refundNo: refund.refundId,
    orderNo: refund.oid,
    shopId,
    kind: kindOf(refund),
    stage,
    statusText: statusTextOf(refund),
    version: refund.updateTime,
    amount: refund.refundFee,
    ...(stage === 'refunded' ? { refundedAmount: refund.refundFee } : {}),
    reason: maskedWords(refund.refundReasonDesc ?? refund.refundDesc ?? ''),
    times: {
      requested: refund.submitTime ?? refund.createTime,
      updated: refund.updateTime,
      ...withoutUndefined({
        deadline: isOpen(refund) ? refund.expireTime : undefined,
        refunded: stage === 'refunded' ? (refund.endTime ?? refund.updateTime) : undefined,
      }),
    },
    refs: { kuaishou: refund.refundId },
  }
}

const kinds: Record<number, Refund['kind']> = { 1: 'return-and-refund', 3: 'exchange', 10: 'refund-only' }

export function kindOf(refund: Pick<RefundRecord, 'handlingWay'>): Refund['kind'] {
  return kinds[refund.handlingWay] ?? 'other'
}
