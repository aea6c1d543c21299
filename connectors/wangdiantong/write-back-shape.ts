/**
 * UNVERIFIED, all of it: which call a real installation expects for a decision about a refund, and its field names.
 * Everything the product assumes about writing back to the ERP is in this one file.
 *
 * Both editions take the platform's state of a refund: 企业版 `sales_refund_push.php`, 旗舰版
 * `aftersales.refund.RawRefund.upload`.
 * - approved, the ERP pays: state `success`, on which the ERP checks the refund and settles it.
 * - approved, somebody else pays: the state stays, the remark tells; the ERP learns of the payment from the platform.
 * - rejected: state `seller_refuse`.
 */
import { yuanFromFen } from '../kit/money.ts'
import type { Call } from './api.ts'
import type { WangdiantongConfig } from './config.ts'
import { type RefundRecord, stageOf } from './refund-record.ts'

export interface WriteBack {
  decision: 'approved' | 'rejected'
  execute: boolean
  remark: string
}

const names = { flagship: 'aftersales.refund.RawRefund.upload', enterprise: 'sales_refund_push.php' }

export function writeBackCall(
  refund: RefundRecord,
  wanted: WriteBack,
  edition: WangdiantongConfig['edition'],
): Call {
  const entry = {
    refund_no: refund.refund_no,
    shop_no: refund.shop_no,
    tid: refund.tid_list[0] ?? '',
    type: refund.type ?? '1',
    status: stateOf(wanted),
    refund_fee: yuanFromFen(refund.guarantee_refund_amount),
    remark: wanted.remark,
  }
  return { name: names[edition], fields: { api_refund_list: [entry] }, reads: false }
}

function stateOf({ decision, execute }: WriteBack): string {
  if (decision === 'rejected') return 'seller_refuse'
  return execute ? 'success' : 'wait_seller_agree'
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
