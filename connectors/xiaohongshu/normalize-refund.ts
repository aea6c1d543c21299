import type { Refund } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { type RefundRecord, readRefund, stageOf, statusTextOf } from './refund-record.ts'

/** Xiaohongshu docs: 售后类型. 6 is 价保, which gives money back without goods. */
const kinds: Record<string, Refund['kind']> = {
  '1': 'return-and-refund',
  '2': 'exchange',
  '4': 'refund-only',
  '5': 'refund-only',
}

/** An after-sale of Xiaohongshu. @throws DataError naming the path of what is missing */
export function normalizeRefund(record: unknown, shopId: string): Refund {
  const refund = readRefund(record)
  const stage = stageOf(refund)
  return {
    platform: 'xiaohongshu',
    refundNo: refund.returnsId,
    orderNo: refund.orderId,
    shopId,
    kind: kindOf(refund),
    stage,
    statusText: statusTextOf(refund),
    version: refund.updatedAt,
    amount: refund.amount,
    ...(stage === 'refunded' ? { refundedAmount: refund.amount } : {}),
    reason: maskedWords([refund.reasonNameZh, refund.desc].filter(Boolean).join('：')),
    times: {
      requested: refund.applyTime,
      updated: refund.updatedAt,
      ...withoutUndefined({
        deadline: refund.expireTime,
        refunded: stage === 'refunded' ? refund.updatedAt : undefined,
      }),
    },
    refs: { xiaohongshu: refund.returnsId },
  }
}

export function kindOf(refund: Pick<RefundRecord, 'returnType'>): Refund['kind'] {
  return kinds[refund.returnType] ?? 'other'
}
