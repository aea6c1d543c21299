/** Trades and refunds as the platform writes them: yuan text, GMT+8 text, 64-bit numbers, masked receivers. */
import { int64 } from '../big-json.ts'
import type { Line, Refund, Trade } from './state.ts'

const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

export function gmt8(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** NaN for anything that is no such text. */
export function msOfGmt8(text: string): number {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}+08:00`)
    : Number.NaN
}

type Wire = Record<string, unknown>

export function tradeWire(trade: Trade): Wire {
  const goods = trade.lines.reduce((sum, line) => sum + line.price * line.quantity, 0)
  const paid = trade.lines.reduce((sum, line) => sum + line.paid, 0) + trade.freight
  return {
    tid: int64(trade.tid),
    type: trade.type,
    status: trade.status,
    payment: yuan(paid),
    total_fee: yuan(goods),
    post_fee: yuan(trade.freight),
    discount_fee: yuan(Math.max(0, goods + trade.freight - paid)),
    created: gmt8(trade.createdAt),
    modified: gmt8(trade.modifiedAt),
    ...(trade.paidAt !== null && { pay_time: gmt8(trade.paidAt) }),
    ...(trade.shippedAt !== null && { consign_time: gmt8(trade.shippedAt) }),
    ...(trade.endedAt !== null && { end_time: gmt8(trade.endedAt) }),
    buyer_open_uid: `AAE${trade.tid.slice(-8)}`,
    ...(trade.buyerWords !== '' && { buyer_message: trade.buyerWords }),
    receiver_name: '李**',
    receiver_mobile: '138****2046',
    orders: { order: trade.lines.map(lineWire) },
  }
}

function lineWire(line: Line): Wire {
  return {
    oid: int64(line.oid),
    num_iid: int64(line.itemId),
    sku_id: line.skuId,
    title: line.title,
    num: line.quantity,
    price: yuan(line.price),
    total_fee: yuan(line.paid),
    payment: yuan(line.paid),
    divide_order_fee: yuan(line.paid),
    refund_status: line.refundId === null ? 'NO_REFUND' : 'WAIT_SELLER_AGREE',
  }
}

export function refundWire(refund: Refund): Wire {
  return {
    refund_id: int64(refund.id),
    tid: int64(refund.tid),
    oid: int64(refund.oid),
    status: refund.status,
    refund_fee: yuan(refund.amount),
    created: gmt8(refund.createdAt),
    modified: gmt8(refund.modifiedAt),
    has_good_return: refund.hasReturn,
    reason: refund.reason,
    refund_phase: refund.phase,
    refund_version: int64(String(refund.version)),
  }
}

/** Only the fields that were asked for, one level into lists, as the platform answers. */
export function chosen(wire: Wire, fields: string): Wire {
  const names = new Set(fields.split(',').map((name) => name.trim().split('.')[0] ?? ''))
  return Object.fromEntries(Object.entries(wire).filter(([name]) => names.has(name)))
}
