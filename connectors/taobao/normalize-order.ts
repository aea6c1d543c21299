import type { Order, OrderLine, OrderStatus } from '#src/contracts/canonical.ts'
import { masked } from '../kit/masked.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { type LineRecord, type OrderRecord, orderRecord } from './order-record.ts'

/** TOP docs: 交易状态. TRADE_CLOSED is a trade that was paid and given back in full. */
const statuses: Record<string, { status: OrderStatus; text: string }> = {
  TRADE_NO_CREATE_PAY: { status: 'unpaid', text: '未创建支付单' },
  WAIT_BUYER_PAY: { status: 'unpaid', text: '等待买家付款' },
  PAY_PENDING: { status: 'unpaid', text: '外卡付款确认中' },
  WAIT_PRE_AUTH_CONFIRM: { status: 'unpaid', text: '等待预授权确认' },
  WAIT_SELLER_SEND_GOODS: { status: 'paid', text: '买家已付款，等待发货' },
  PAID_FORBID_CONSIGN: { status: 'paid', text: '已付款，暂禁发货' },
  SELLER_CONSIGNED_PART: { status: 'partly-shipped', text: '部分发货' },
  WAIT_BUYER_CONFIRM_GOODS: { status: 'shipped', text: '卖家已发货' },
  TRADE_BUYER_SIGNED: { status: 'completed', text: '买家已签收（货到付款）' },
  TRADE_FINISHED: { status: 'completed', text: '交易成功' },
  TRADE_CLOSED: { status: 'refunded', text: '付款后关闭' },
  TRADE_CLOSED_BY_TAOBAO: { status: 'cancelled', text: '付款前关闭' },
}

/** A trade of Taobao or Tmall. @throws DataError naming the path of what is missing */
export function normalizeOrder(record: unknown, shopId: string): Order {
  const trade = readRecord(orderRecord, record, '淘宝订单')
  const known = statuses[trade.status]
  const status = known?.status ?? 'unknown'
  return {
    platform: 'taobao',
    orderNo: trade.tid,
    shopId,
    kind: trade.type === 'eticket' ? 'voucher' : 'goods',
    status,
    statusText: known?.text ?? trade.status,
    version: trade.modified,
    times: timesOf(trade, status),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(trade),
    buyer: withoutUndefined({
      name: masked(trade.receiver_name),
      phone: masked(trade.receiver_mobile ?? trade.receiver_phone),
      id: trade.buyer_open_uid,
      words: words(trade.buyer_message),
    }),
    ...withoutUndefined({ sellerWords: words(trade.seller_memo) }),
    lines: trade.orders.order.map(lineOf),
    vouchers: [],
    live: {},
  }
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

function timesOf(trade: OrderRecord, status: OrderStatus): Order['times'] {
  const ended = trade.end_time ?? trade.modified
  return {
    created: trade.created,
    ...withoutUndefined({
      paid: trade.pay_time,
      shipped: trade.consign_time,
      completed: status === 'completed' ? ended : undefined,
      cancelled: status === 'cancelled' ? ended : undefined,
      refunded: status === 'refunded' ? ended : undefined,
    }),
    updated: trade.modified,
  }
}

/** `payment` includes the freight; what the platform itself gave on top is not told here. */
function amountsOf(trade: OrderRecord): Order['amounts'] {
  const freight = trade.post_fee ?? 0
  const goods = trade.total_fee ?? trade.payment - freight
  return {
    total: goods + freight,
    paid: trade.pay_time === undefined ? 0 : trade.payment,
    freight,
    platformDiscount: 0,
    sellerDiscount: Math.max(0, goods + freight - trade.payment),
  }
}

function lineOf(line: LineRecord): OrderLine {
  const quantity = line.num ?? 1
  const amount = (line.price ?? 0) * quantity || (line.total_fee ?? 0)
  return {
    lineId: line.oid,
    productId: line.num_iid ?? '',
    title: line.title ?? '',
    quantity,
    amount,
    paid: line.divide_order_fee ?? line.payment ?? line.total_fee ?? amount,
    ...withoutUndefined({
      sku: line.sku_properties_name ?? line.outer_sku_id ?? line.sku_id,
      refundState: line.refund_status === 'NO_REFUND' ? undefined : line.refund_status,
    }),
  }
}
