import type { Order, OrderLine, OrderStatus } from '#src/contracts/canonical.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { type LineRecord, type OrderRecord, orderRecord } from './order-record.ts'

interface Standing {
  status: OrderStatus
  text: string
}

/** WeChat docs: 订单状态. UNVERIFIED: the words of 12 and 13. */
const statuses: Record<number, Standing> = {
  10: { status: 'unpaid', text: '待付款' },
  12: { status: 'paid', text: '礼物待收下' },
  13: { status: 'paid', text: '凑单' },
  20: { status: 'paid', text: '待发货' },
  21: { status: 'partly-shipped', text: '部分发货' },
  30: { status: 'shipped', text: '待收货' },
  100: { status: 'completed', text: '完成' },
  250: { status: 'cancelled', text: '取消' },
}

/** An order of WeChat Channels. @throws DataError naming the path of what is missing */
export function normalizeOrder(record: unknown, shopId: string): Order {
  const order = readRecord(orderRecord, record, '微信小店订单')
  const { ext_info: ext } = order.order_detail
  const { status, text } = standingOf(order)
  return {
    platform: 'wechat-shop',
    orderNo: order.order_id,
    shopId,
    kind: 'goods',
    status,
    statusText: text,
    version: order.update_time,
    times: timesOf(order, status),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(order),
    buyer: withoutUndefined({ id: order.openid, words: words(ext?.customer_notes) }),
    ...withoutUndefined({ sellerWords: words(ext?.merchant_notes) }),
    lines: linesOf(order),
    vouchers: [],
    live: {},
  }
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

const paidAt = (order: OrderRecord) => order.order_detail.pay_info?.pay_time

/** UNVERIFIED: that an order that is refunded in full becomes 取消; its lines then all count as refunded. */
function standingOf(order: OrderRecord): Standing {
  const known = statuses[order.status]
  if (known === undefined) return { status: 'unknown', text: `status ${order.status}` }
  const isRefunded = order.order_detail.product_infos.every(
    (line) => (line.finish_aftersale_sku_cnt ?? 0) >= line.sku_cnt,
  )
  return isRefunded && known.status === 'cancelled' && paidAt(order) !== undefined
    ? { status: 'refunded', text: '取消（已退款）' }
    : known
}

function timesOf(order: OrderRecord, status: OrderStatus): Order['times'] {
  const { delivery_info, ext_info } = order.order_detail
  return {
    created: order.create_time,
    ...withoutUndefined({
      paid: paidAt(order),
      shipped: delivery_info?.ship_done_time,
      completed: ext_info?.confirm_receipt_time,
      cancelled: status === 'cancelled' ? order.update_time : undefined,
      refunded: status === 'refunded' ? order.update_time : undefined,
    }),
    updated: order.update_time,
  }
}

/** UNVERIFIED: that order_price = product_price + freight − discounted_price. The platform's share is not told apart. */
function amountsOf(order: OrderRecord): Order['amounts'] {
  const { product_price, order_price, freight = 0, discounted_price = 0 } = order.order_detail.price_info
  return {
    total: product_price + freight,
    paid: paidAt(order) === undefined ? 0 : order_price,
    freight,
    platformDiscount: 0,
    sellerDiscount: discounted_price,
  }
}

/** Lines without a paid amount of their own share the order's by price; the last one takes what is left. */
function linesOf(order: OrderRecord): OrderLine[] {
  const lines = order.order_detail.product_infos
  const { paid, freight } = amountsOf(order)
  const goods = Math.max(0, paid - freight)
  if (lines.every((line) => line.real_price !== undefined))
    return lines.map((line) => lineOf(line, paid === 0 ? 0 : (line.real_price ?? 0)))
  const sum = lines.reduce((total, line) => total + line.sale_price * line.sku_cnt, 0)
  let left = goods
  return lines.map((line, at) => {
    const isLast = at === lines.length - 1 || sum === 0
    const share = isLast ? left : Math.min(left, Math.floor((goods / sum) * line.sale_price * line.sku_cnt))
    left -= share
    return lineOf(line, share)
  })
}

function lineOf(line: LineRecord, paid: number): OrderLine {
  return {
    lineId: line.sku_id ?? line.product_id,
    productId: line.product_id,
    title: line.title ?? '',
    quantity: line.sku_cnt,
    amount: line.sale_price * line.sku_cnt,
    paid,
    ...withoutUndefined({ sku: line.sku_code ?? line.sku_id, refundState: refundStateOf(line) }),
  }
}

function refundStateOf(line: LineRecord): string | undefined {
  if ((line.on_aftersale_sku_cnt ?? 0) > 0) return '售后中'
  return (line.finish_aftersale_sku_cnt ?? 0) > 0 ? '售后完成' : undefined
}
