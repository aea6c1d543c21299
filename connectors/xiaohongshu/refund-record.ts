/** What we read of an after-sale: the list's members with the detail's (`afterSale.getAfterSaleInfo`) over them. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { id, optionalId, optionalText, optionalTime, optionalYuan, time } from './wire.ts'

const refundRecord = z
  .object({
    returnsId: id,
    orderId: id,
    returnType: id,
    status: id,
    applyTime: time,
    updatedAt: time,
    expireTime: optionalTime,
    reasonNameZh: optionalText,
    desc: optionalText,
    expectedRefundAmountYuan: optionalYuan,
    refundAmountYuan: optionalYuan,
    refundStatus: optionalId,
  })
  .refine((refund) => amountOf(refund) !== undefined, {
    path: ['expectedRefundAmountYuan'],
    message: 'amount is missing',
  })
  .transform((refund) => ({ ...refund, amount: amountOf(refund) ?? 0 }))
export type RefundRecord = z.infer<typeof refundRecord>

function amountOf(refund: {
  refundAmountYuan?: number | undefined
  expectedRefundAmountYuan?: number | undefined
}): number | undefined {
  return refund.refundAmountYuan ?? refund.expectedRefundAmountYuan
}

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '小红书售后单')
}

/** Xiaohongshu docs: 售后状态. What the platform has taken over can only be decided there. */
const stages: Record<string, { stage: RefundStage; text: string }> = {
  '1': { stage: 'requested', text: '待审核' },
  '2': { stage: 'waiting-return', text: '待用户寄回' },
  '3': { stage: 'waiting-return', text: '待商家收货' },
  '4': { stage: 'agreed', text: '已完成' },
  '5': { stage: 'withdrawn', text: '已取消' },
  '6': { stage: 'withdrawn', text: '已关闭' },
  '9': { stage: 'refused', text: '审核拒绝' },
  '9001': { stage: 'refused', text: '收货拒绝' },
  '12': { stage: 'unknown', text: '平台介入（12）' },
  '13': { stage: 'unknown', text: '平台介入（13）' },
  '14': { stage: 'unknown', text: '平台介入（14）' },
}

const exchange = '2'

/** Completed says that the case is closed; that money went back says refundStatus only. */
export function stageOf(refund: Pick<RefundRecord, 'status' | 'refundStatus' | 'returnType'>): RefundStage {
  const stage = stages[refund.status]?.stage ?? 'unknown'
  if (stage !== 'agreed' || refund.returnType === exchange) return stage
  if (refund.refundStatus === '2') return 'refunded'
  if (refund.refundStatus === '3') return 'failed'
  // UNVERIFIED: 108, 401 and others are on the way.
  return refund.refundStatus === undefined ? 'agreed' : 'refunding'
}

export function statusTextOf(refund: Pick<RefundRecord, 'status'>): string {
  return stages[refund.status]?.text ?? refund.status
}
