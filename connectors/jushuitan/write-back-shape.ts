/**
 * UNVERIFIED, all of it: which call a real installation expects for a decision about a refund, and its field names.
 * Everything the product assumes about writing back to the ERP is in this one file.
 *
 * - approved, the ERP pays: 售后单确认, which also confirms the refund.
 * - approved, somebody else pays: 售后上传 of the same state with a remark; the ERP learns of the payment from the platform.
 * - rejected: 售后上传 with 平台单据状态 SELLER_REFUSE_BUYER.
 */
import { yuanFromFen } from '../kit/money.ts'
import { type RefundRecord, stageOf } from './refund-record.ts'

export interface WriteBack {
  decision: 'approved' | 'rejected'
  execute: boolean
  remark: string
}

export interface WriteBackCall {
  path: string
  biz: unknown
}

/** Undefined when the refund lacks the platform number an upload is addressed by. */
export function writeBackCall(refund: RefundRecord, wanted: WriteBack): WriteBackCall | undefined {
  if (wanted.decision === 'approved' && wanted.execute) {
    const biz = { as_ids: [BigInt(refund.as_id)], confirm_refund: true }
    return { path: '/open/webapi/aftersaleapi/open/confirm', biz }
  }
  if (refund.outer_as_id === undefined) return undefined
  const entry = {
    shop_id: BigInt(refund.shop_id),
    outer_as_id: refund.outer_as_id,
    so_id: refund.so_id,
    type: refund.type ?? '仅退款',
    shop_status:
      wanted.decision === 'rejected' ? 'SELLER_REFUSE_BUYER' : (refund.shop_status ?? 'WAIT_SELLER_AGREE'),
    refund: yuanFromFen(refund.refund),
    remark: wanted.remark,
  }
  return { path: '/open/aftersale/upload', biz: [entry] }
}

/** Whether the ERP already shows the decision. */
export function isWrittenBack(refund: RefundRecord, wanted: WriteBack): boolean {
  const stage = stageOf(refund)
  if (wanted.decision === 'rejected') return stage === 'refused' || stage === 'withdrawn'
  if (stage === 'agreed' || stage === 'refunding' || stage === 'refunded') return true
  return !wanted.execute && wanted.remark !== '' && refund.remark === wanted.remark
}

/** Whether the decision can still be written: only a refund that waits. */
export function isOpen(refund: RefundRecord): boolean {
  const stage = stageOf(refund)
  return stage === 'requested' || stage === 'waiting-return'
}
