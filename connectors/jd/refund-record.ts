/** What we read of a refund application. JD docs: jingdong.pop.afs.soa.refundapply.queryPageList. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { code, fen, id, optionalText, optionalTime, time } from './wire.ts'

export const refundRecord = z.object({
  id,
  orderId: id,
  status: code,
  applyRefundSum: fen,
  applyTime: time,
  checkTime: optionalTime,
  reason: optionalText,
})
export type RefundRecord = z.infer<typeof refundRecord>

/**
 * JD docs: 退款单状态. UNVERIFIED: that finance's yes is the money's last step (no later state is documented); 7 and 8 are
 * the carrier stopping the parcel, or not.
 */
const stages: Record<number, { stage: RefundStage; text: string }> = {
  0: { stage: 'requested', text: '未审核' },
  1: { stage: 'agreed', text: '审核通过' },
  2: { stage: 'refused', text: '审核不通过' },
  3: { stage: 'refunded', text: '财务审核通过' },
  4: { stage: 'failed', text: '财务审核不通过' },
  5: { stage: 'agreed', text: '人工审核通过' },
  6: { stage: 'refunded', text: '拦截并退款' },
  7: { stage: 'agreed', text: '青龙拦截成功' },
  8: { stage: 'failed', text: '青龙拦截失败' },
  9: { stage: 'refunded', text: '强制关单并退款' },
}

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '京东退款单')
}

export function stageOf(refund: Pick<RefundRecord, 'status'>): RefundStage {
  return stages[refund.status]?.stage ?? 'unknown'
}

export function statusTextOf(refund: Pick<RefundRecord, 'status'>): string {
  return stages[refund.status]?.text ?? `状态 ${refund.status}`
}

/** How far along a state is, of 4. */
const ranks: Record<RefundStage, number> = {
  requested: 0,
  unknown: 1,
  agreed: 2,
  'waiting-return': 2,
  refunding: 2,
  refused: 3,
  withdrawn: 3,
  failed: 3,
  refunded: 4,
}

/**
 * Records carry no time of their last change, and finance's answer may leave `checkTime` as it was: of two copies of the
 * same second (times are whole seconds) the one further along is newer.
 */
export function versionOf(refund: RefundRecord): number {
  return changedAt(refund) + ranks[stageOf(refund)]
}

export function changedAt({ applyTime, checkTime }: RefundRecord): number {
  return Math.max(applyTime, checkTime ?? 0)
}
