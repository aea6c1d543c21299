/** Trades and refunds as either edition writes them: yuan with four decimals, GMT+8 text, masked receivers. */
import type { Detail, Edition, ErpRefund, Trade } from './state.ts'

const yuan = (fen: number) => (fen / 100).toFixed(4)

export function gmt8(ms: number | null): string {
  if (ms === null) return '0000-00-00 00:00:00'
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** NaN for anything that is no such text. */
export function msOfGmt8(text: unknown): number {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}+08:00`)
    : Number.NaN
}

export function tidsOf(trade: Trade): string[] {
  return [...new Set(trade.details.map((detail) => detail.tid))]
}

export function tradeWire(trade: Trade, edition: Edition): object {
  const due = trade.details.reduce((sum, detail) => sum + detail.price * detail.quantity, 0)
  const details = trade.details.map((detail) => detailWire(detail, trade))
  return {
    trade_id: trade.tradeId,
    trade_no: trade.tradeNo,
    src_tids: tidsOf(trade).join(','),
    shop_no: trade.shopNo,
    trade_status: trade.status,
    refund_status: 0,
    ...(trade.splitFrom > 0 && { split_from_trade_id: trade.splitFrom }),
    trade_time: gmt8(trade.createdAt),
    pay_time: gmt8(trade.paidAt),
    consign_time: gmt8(trade.shippedAt),
    created: gmt8(trade.createdAt),
    modified: gmt8(trade.modifiedAt),
    receivable: yuan(due),
    paid: yuan(trade.paidAt === null ? 0 : due),
    post_amount: yuan(0),
    discount: yuan(0),
    receiver_name: '李**',
    receiver_mobile: '138****2046',
    receiver_address: '****',
    buyer_message: trade.buyerWords,
    cs_remark: '',
    [edition === 'flagship' ? 'detail_list' : 'goods_list']: details,
  }
}

function detailWire(detail: Detail, trade: Trade): object {
  const due = yuan(detail.price * detail.quantity)
  return {
    rec_id: detail.recId,
    src_tid: detail.tid,
    src_oid: detail.oid,
    goods_no: detail.specNo.slice(0, 4),
    goods_name: detail.title,
    spec_no: detail.specNo,
    num: detail.quantity.toFixed(4),
    price: yuan(detail.price),
    share_amount: due,
    share_post: yuan(0),
    paid: trade.paidAt === null ? yuan(0) : due,
  }
}

export function refundWire(refund: ErpRefund, edition: Edition): object {
  const shared = {
    refund_id: refund.refundId,
    refund_no: refund.refundNo,
    shop_no: refund.shopNo,
    type: refund.type,
    remark: refund.remark,
    operator_name: refund.creator,
    refund_time: gmt8(refund.createdAt),
    created: gmt8(refund.createdAt),
    modified: gmt8(refund.modifiedAt),
  }
  if (edition === 'flagship')
    return {
      ...shared,
      tid_list: refund.tids.join(','),
      raw_refund_nos: refund.rawNumbers.join(','),
      status: refund.status,
      stockin_status: 0,
      guarantee_refund_amount: yuan(refund.amount),
      actual_refund_amount: yuan(refund.paidBack),
      refund_reason: refund.reason,
      detail_list: [],
    }
  return {
    ...shared,
    tid: refund.tids.join(','),
    src_no: refund.rawNumbers.join(','),
    process_status: refund.status,
    refund_amount: yuan(refund.amount),
    actual_refund_amount: yuan(refund.paidBack),
    reason: refund.reason,
  }
}
