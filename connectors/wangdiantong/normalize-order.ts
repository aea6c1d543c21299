import type { Order, OrderLine, OrderStatus } from '#src/contracts/canonical.ts'
import { DataError } from '#src/errors.ts'
import { masked } from '../kit/masked.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import type { WangdiantongConfig } from './config.ts'
import { isAllOf, linesOf, type PricedLine } from './order-lines.ts'
import { cancelledTrade, orderRecord, type TradeRecord } from './order-record.ts'
import { shopOf } from './shop-map.ts'
import { statusOf } from './trade-status.ts'

/** The platform's order, put together from the trades that carry it. @throws DataError */
export function normalizeOrder(record: unknown, config: WangdiantongConfig): Order {
  const { src_tid: orderNo, trades } = readRecord(orderRecord, record, '旺店通订单')
  const first = trades[0] as TradeRecord
  const shop = shopOf(config, first.shop_no)
  const alive = trades.filter((trade) => trade.trade_status !== cancelledTrade)
  // What was merged away or split up is cancelled in the ERP; the order lives on in the others.
  const parts = alive.length > 0 ? alive : trades
  const { status, text } = statusOf(parts.map((trade) => trade.trade_status))
  const lines = linesOf(orderNo, parts)
  return {
    platform: shop.platform,
    orderNo,
    shopId: shop.shopId,
    // The ERP does not tell vouchers from goods.
    kind: 'goods',
    status,
    statusText: text,
    version: Math.max(...trades.map((trade) => trade.modified)),
    times: timesOf(trades, parts, status),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(parts, lines),
    buyer: withoutUndefined({
      name: masked(first.receiver_name),
      phone: masked(first.receiver_mobile),
      words: words(first.buyer_message),
    }),
    ...withoutUndefined({ sellerWords: words(first.cs_remark) }),
    lines: lines.map(({ share: _share, post: _post, ...line }): OrderLine => line),
    vouchers: [],
    live: {},
  }
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

type Known = (time: number | undefined) => time is number
const isKnown: Known = (time) => time !== undefined

function timesOf(all: TradeRecord[], parts: TradeRecord[], status: OrderStatus): Order['times'] {
  const created = all.map((trade) => trade.trade_time ?? trade.created).filter(isKnown)
  if (created.length === 0)
    throw new DataError('record_unreadable', '旺店通订单 is not readable: trade_time is missing', {
      path: 'trade_time',
    })
  const paid = all.map((trade) => trade.pay_time).filter(isKnown)
  const shipped = parts.map((trade) => trade.consign_time).filter(isKnown)
  const updated = Math.max(...all.map((trade) => trade.modified))
  return {
    created: Math.min(...created),
    ...withoutUndefined({
      paid: paid.length > 0 ? Math.min(...paid) : undefined,
      shipped: shipped.length > 0 && status !== 'partly-shipped' ? Math.max(...shipped) : undefined,
      completed: status === 'completed' ? updated : undefined,
      cancelled: status === 'cancelled' ? updated : undefined,
    }),
    updated,
  }
}

/** Trades that carry nothing else are added up; a merged trade holds other orders' money too, so there the lines count. */
function amountsOf(parts: TradeRecord[], lines: PricedLine[]): Order['amounts'] {
  const isPaid = parts.some((trade) => trade.pay_time !== undefined)
  if (parts.every(isAllOf)) {
    const due = sum(parts, (trade) => trade.receivable ?? 0)
    const discount = sum(parts, (trade) => trade.discount ?? 0)
    return {
      total: due + discount,
      paid: sum(parts, (trade) => trade.paid ?? (isPaid ? (trade.receivable ?? 0) : 0)),
      freight: sum(parts, (trade) => trade.post_amount ?? 0),
      platformDiscount: 0,
      sellerDiscount: discount,
    }
  }
  const freight = sum(lines, (line) => line.post)
  const goods = sum(lines, (line) => line.amount)
  const due = sum(lines, (line) => line.share)
  return {
    total: goods + freight,
    paid: isPaid ? due + freight : 0,
    freight,
    platformDiscount: 0,
    sellerDiscount: Math.max(0, goods - due),
  }
}

function sum<T>(list: readonly T[], amountOf: (one: T) => number): number {
  return list.reduce((total, one) => total + amountOf(one), 0)
}
