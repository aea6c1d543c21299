import type { Order, OrderLine, OrderStatus, Voucher } from '#src/contracts/canonical.ts'
import { masked } from '../kit/masked.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import type { DouyinLifeConfig } from './config.ts'
import { type OrderRecord, orderRecord } from './order-record.ts'
import { unnamedStatuses, vouchersOf } from './vouchers.ts'

interface Context {
  shop: { id: string }
  config: DouyinLifeConfig
}

/** An order of Douyin life. @throws DataError naming the path of what is missing */
export function normalizeOrder(record: unknown, { shop, config }: Context): Order {
  const order = readRecord(orderRecord, record, '来客订单')
  const lineId = order.sku_id ?? order.order_id
  const vouchers = vouchersOf(order, lineId, config.certificateStatuses)
  const status = statusOf(order, vouchers, config)
  const [contact] = order.contacts ?? []
  return {
    platform: 'douyin-life',
    orderNo: order.order_id,
    shopId: shop.id,
    kind: 'voucher',
    status,
    statusText: statusTextOf(order, status, config),
    version: order.update_order_time,
    times: timesOf(order, status, vouchers),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(order),
    buyer: withoutUndefined({
      name: masked(contact?.name),
      phone: masked(contact?.phone),
      id: order.open_id,
    }),
    lines: [lineOf(order, lineId, vouchers)],
    vouchers,
    live: {},
  }
}

/** What the certificates prove comes first, then what the settings call the number, then whether it was paid. */
function statusOf(order: OrderRecord, vouchers: readonly Voucher[], config: DouyinLifeConfig): OrderStatus {
  const kept = vouchers.filter(({ state }) => state !== 'refunded')
  if (vouchers.length > 0 && kept.length === 0) return 'refunded'
  const named = config.orderStatuses[String(order.order_status)]
  if (named !== undefined) return named
  if (order.pay_time === undefined) return 'unpaid'
  if (kept.length > 0 && kept.every(({ state }) => state === 'verified')) return 'completed'
  return kept.some(({ state }) => state === 'booked') ? 'booked' : 'paid'
}

const words: Partial<Record<OrderStatus, string>> = {
  unpaid: '待支付',
  paid: '已支付',
  booked: '已预约',
  completed: '已核销',
  cancelled: '已取消',
  refunded: '已退款',
}

/** Numbers without a name are shown as they are, so that somebody can name them. */
function statusTextOf(order: OrderRecord, status: OrderStatus, config: DouyinLifeConfig): string {
  const unnamed = unnamedStatuses(order, config.certificateStatuses)
  const parts = [
    words[status],
    config.orderStatuses[String(order.order_status)] ? undefined : `order_status ${order.order_status}`,
    unnamed.length > 0 ? `item_status ${unnamed.join('、')}` : undefined,
  ]
  return parts.filter(Boolean).join(' · ') || `order_status ${order.order_status}`
}

function timesOf(order: OrderRecord, status: OrderStatus, vouchers: readonly Voucher[]): Order['times'] {
  const last = (times: readonly (number | undefined)[]): number | undefined => {
    const known = times.filter((time) => time !== undefined)
    return known.length === 0 ? undefined : Math.max(...known)
  }
  const verified = last(vouchers.map(({ verifiedAt }) => verifiedAt))
  return {
    created: order.create_order_time,
    ...withoutUndefined({
      paid: order.pay_time,
      booked: last(vouchers.map(({ bookedAt }) => bookedAt)),
      verified,
      completed: status === 'completed' ? verified : undefined,
      cancelled: status === 'cancelled' ? order.update_order_time : undefined,
      refunded: status === 'refunded' ? last(vouchers.map(({ refundedAt }) => refundedAt)) : undefined,
    }),
    updated: order.update_order_time,
  }
}

/** Platform: original_amount − discount_amount = pay_amount. */
function amountsOf(order: OrderRecord): Order['amounts'] {
  const discount = order.discount_amount ?? order.original_amount - order.pay_amount
  const platformDiscount = order.amount_info?.platform_discount_amount ?? 0
  return {
    total: order.original_amount,
    paid: order.pay_time === undefined ? 0 : order.pay_amount,
    freight: 0,
    platformDiscount,
    sellerDiscount: Math.max(0, discount - platformDiscount),
  }
}

/** One product per order; its certificates share what was paid. */
function lineOf(order: OrderRecord, lineId: string, vouchers: readonly Voucher[]): OrderLine {
  const refunded = vouchers.filter(({ state }) => state === 'refunded').length
  return {
    lineId,
    productId: order.sku_id ?? '',
    title: order.sku_name ?? '',
    quantity: order.count ?? Math.max(1, vouchers.length),
    amount: order.original_amount,
    paid: order.pay_time === undefined ? 0 : order.pay_amount,
    ...withoutUndefined({
      sku: order.sku_id,
      refundState: refunded === 0 ? undefined : `已退 ${refunded}/${vouchers.length} 张`,
    }),
  }
}
