import type { OrderLine } from '#src/contracts/canonical.ts'
import { DataError } from '#src/errors.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import type { DetailRecord, TradeRecord } from './order-record.ts'

/** With its share of what is due for goods and for freight, in fen. */
export interface PricedLine extends OrderLine {
  share: number
  post: number
}

/** Whether the trade carries one platform order only. */
export function isAllOf(trade: TradeRecord): boolean {
  return trade.src_tids.length <= 1
}

/** Lines of one platform order; one that is split over several trades is one line again. @throws DataError */
export function linesOf(orderNo: string, trades: readonly TradeRecord[]): PricedLine[] {
  const lines = new Map<string, PricedLine>()
  for (const trade of trades) {
    for (const [index, detail] of trade.detail_list.entries()) {
      if (!belongsTo(orderNo, trade, detail)) continue
      const line = lineOf(detail, `${trade.trade_no}-${index + 1}`)
      const known = lines.get(line.lineId)
      lines.set(line.lineId, known === undefined ? line : added(known, line))
    }
  }
  return [...lines.values()]
}

function belongsTo(orderNo: string, trade: TradeRecord, detail: DetailRecord): boolean {
  if (isAllOf(trade)) return true
  if (detail.src_tid !== undefined) return detail.src_tid === orderNo
  throw new DataError(
    'wangdiantong_lines_unassigned',
    `旺店通合并订单 ${trade.trade_no} 的明细没有原始单号，无法分到各个平台订单`,
    { path: 'detail_list.src_tid' },
  )
}

function lineOf(detail: DetailRecord, fallbackId: string): PricedLine {
  const quantity = Math.max(1, Math.trunc(detail.num ?? 1))
  const amount = (detail.price ?? 0) * quantity || (detail.share_amount ?? 0)
  const share = detail.share_amount ?? amount
  return {
    lineId: detail.src_oid ?? detail.rec_id ?? fallbackId,
    productId: detail.goods_no ?? detail.spec_no ?? '',
    title: detail.goods_name ?? '',
    quantity,
    amount,
    paid: detail.paid ?? share,
    share,
    post: detail.share_post ?? 0,
    ...withoutUndefined({ sku: detail.spec_name ?? detail.spec_no }),
  }
}

function added(a: PricedLine, b: PricedLine): PricedLine {
  return {
    ...a,
    quantity: a.quantity + b.quantity,
    amount: a.amount + b.amount,
    paid: a.paid + b.paid,
    share: a.share + b.share,
    post: a.post + b.post,
  }
}
