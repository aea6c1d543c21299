import type { Order, OrderLine, OrderStatus } from '#src/contracts/canonical.ts'
import { masked } from '../kit/masked.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { type LineRecord, type OrderRecord, orderRecord } from './order-record.ts'

interface Standing {
  status: OrderStatus
  text: string
}

/** PDD docs: 发货状态. */
const statuses: Record<number, Standing> = {
  1: { status: 'paid', text: '待发货' },
  2: { status: 'shipped', text: '已发货待签收' },
  3: { status: 'completed', text: '已签收' },
}

/** PDD docs: 售后状态. 1 is none, and 4 ends the order. */
const refundStates: Record<number, string> = { 2: '售后处理中', 3: '退款中', 4: '退款成功' }

/** An order of Pinduoduo. @throws DataError naming the path of what is missing */
export function normalizeOrder(record: unknown, shopId: string): Order {
  const order = readRecord(orderRecord, record, '拼多多订单')
  const { status, text } = standingOf(order)
  const paidForGoods = order.pay_amount - (order.postage ?? 0)
  return {
    platform: 'pinduoduo',
    orderNo: order.order_sn,
    shopId,
    kind: 'goods',
    status,
    statusText: text,
    version: order.updated_at,
    times: timesOf(order, status),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(order, status),
    buyer: withoutUndefined({
      name: masked(order.receiver_name_mask),
      phone: masked(order.receiver_phone_mask),
      words: words(order.buyer_memo),
    }),
    ...withoutUndefined({ sellerWords: words(order.remark) }),
    lines: linesOf(order, Math.max(0, paidForGoods)),
    vouchers: [],
    live: {},
  }
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

/** The group decides first (未成交, 已取消), then a full refund, then shipping. A status nobody knows is shown as it is. */
function standingOf(order: OrderRecord): Standing {
  const known = statuses[order.order_status]
  if (known === undefined) return { status: 'unknown', text: `order_status ${order.order_status}` }
  if (order.confirm_status === 0) return { status: 'unpaid', text: '未成交' }
  if (order.confirm_status === 2) return { status: 'cancelled', text: '已取消' }
  if (order.refund_status === 4) return { status: 'refunded', text: '退款成功' }
  return known
}

function timesOf(order: OrderRecord, status: OrderStatus): Order['times'] {
  return {
    created: order.created_time,
    ...withoutUndefined({
      paid: status === 'unpaid' ? undefined : (order.pay_time ?? order.confirm_time),
      shipped: order.shipping_time,
      completed: order.receive_time,
      cancelled: status === 'cancelled' ? order.updated_at : undefined,
      refunded: status === 'refunded' ? order.updated_at : undefined,
    }),
    updated: order.updated_at,
  }
}

/** PDD docs: pay_amount = goods_amount − discount_amount + postage. */
function amountsOf(order: OrderRecord, status: OrderStatus): Order['amounts'] {
  const freight = order.postage ?? 0
  const discount = order.discount_amount ?? 0
  const goods = order.goods_amount ?? order.pay_amount + discount - freight
  const platformDiscount = order.platform_discount ?? 0
  return {
    total: goods + freight,
    paid: status === 'unpaid' ? 0 : order.pay_amount,
    freight,
    platformDiscount,
    sellerDiscount: order.seller_discount ?? Math.max(0, discount - platformDiscount),
  }
}

/** The platform tells what was paid for the order only: lines share it by price, the last one takes what is left. */
function linesOf(order: OrderRecord, paid: number): OrderLine[] {
  const amounts = order.item_list.map((line) => (line.goods_price ?? 0) * (line.goods_count ?? 1))
  const sum = amounts.reduce((total, amount) => total + amount, 0)
  let left = paid
  return order.item_list.map((line, at) => {
    const amount = amounts[at] ?? 0
    const isLast = at === order.item_list.length - 1
    const share = isLast || sum === 0 ? left : Math.min(left, Math.floor((paid / sum) * amount))
    left -= share
    return lineOf(line, { at, amount, paid: share, refundState: refundStates[order.refund_status ?? 1] })
  })
}

function lineOf(
  line: LineRecord,
  {
    at,
    refundState,
    ...money
  }: { at: number; amount: number; paid: number; refundState: string | undefined },
): OrderLine {
  return {
    lineId: line.sku_id ?? line.goods_id ?? String(at + 1),
    productId: line.goods_id ?? '',
    title: line.goods_name ?? '',
    quantity: line.goods_count ?? 1,
    ...money,
    ...withoutUndefined({ sku: line.goods_spec ?? line.outer_id ?? line.sku_id, refundState }),
  }
}
