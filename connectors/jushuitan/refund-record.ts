/** What we read of a refund of `/open/refund/single/query`. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { id, optionalId, optionalText, optionalTime, optionalYuan, time, yuan } from './wire.ts'

const refundRecord = z.object({
  as_id: id,
  outer_as_id: optionalId,
  o_id: optionalId,
  so_id: id,
  shop_id: id,
  type: optionalText,
  status: optionalText,
  shop_status: optionalText,
  refund: yuan,
  // UNVERIFIED: 实际退给买家的金额
  receive_refund: optionalYuan,
  question_type: optionalText,
  question_desc: optionalText,
  remark: optionalText,
  as_date: optionalTime,
  created: optionalTime,
  modified: time,
  confirm_date: optionalTime,
  // UNVERIFIED names: who registered it in the ERP.
  creator: optionalId,
  creator_name: optionalText,
})
export type RefundRecord = z.infer<typeof refundRecord>

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '聚水潭售后单')
}

/** Platform: 平台单据状态, where it already says how the refund stands. */
const shopStages: Record<string, RefundStage> = {
  SUCCESS: 'refunded',
  SELLER_REFUSE_BUYER: 'refused',
  CLOSED: 'withdrawn',
  WAIT_BUYER_RETURN_GOODS: 'waiting-return',
  WAIT_SELLER_CONFIRM_GOODS: 'waiting-return',
}

/** Confirmed in the ERP is agreed; paid back is only what the platform reports as SUCCESS. */
export function stageOf(refund: Pick<RefundRecord, 'status' | 'shop_status'>): RefundStage {
  const byShop = shopStages[refund.shop_status ?? '']
  if (byShop === 'refunded') return byShop
  if (refund.status === 'Cancelled' || refund.status === 'Merged')
    return byShop === 'refused' ? byShop : 'withdrawn'
  if (byShop) return byShop
  if (refund.status === 'Confirmed') return 'agreed'
  return refund.status === 'WaitConfirm' ? 'requested' : 'unknown'
}
