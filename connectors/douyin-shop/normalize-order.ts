import type { Order, OrderLine, OrderStatus, Voucher } from '#src/contracts/canonical.ts'
import { masked } from '../kit/masked.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { isVoucherOrder, type LineRecord, type OrderRecord, orderRecord } from './order-record.ts'
import { refundStage } from './refund-stage.ts'
import { vouchersOf } from './vouchers.ts'

/** Platform: 订单状态. */
const statuses: Record<number, { status: OrderStatus; text: string }> = {
  1: { status: 'unpaid', text: '待支付' },
  105: { status: 'paid', text: '已支付' },
  2: { status: 'paid', text: '备货中' },
  101: { status: 'partly-shipped', text: '部分发货' },
  3: { status: 'shipped', text: '已发货' },
  4: { status: 'cancelled', text: '已取消' },
  5: { status: 'completed', text: '已完成' },
}

/** 主流程状态: refunded before shipping, after shipping, after receipt (texts UNVERIFIED). */
const refundedMainStatuses: readonly (number | undefined)[] = [21, 22, 39]

/** A Doudian order, from the list or from the detail; only the detail knows certificates. @throws DataError */
export function normalizeOrder(record: unknown, shopId: string): Order {
  const order = readRecord(orderRecord, record, '抖店订单')
  const voucher = isVoucherOrder(order)
  const vouchers = voucher ? allVouchers(order) : []
  const status = statusOf(order, voucher, vouchers)
  return {
    platform: 'douyin',
    orderNo: order.order_id,
    shopId,
    kind: voucher ? 'voucher' : 'goods',
    status,
    statusText: order.order_status_desc ?? statuses[order.order_status]?.text ?? String(order.order_status),
    version: order.update_time,
    times: timesOf(order, status, { voucher, vouchers }),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(order),
    buyer: buyerOf(order),
    ...withoutUndefined({ sellerWords: words(order.seller_words) }),
    lines: order.sku_order_list.map(lineOf),
    vouchers,
    live: liveOf(order),
  }
}

/** Before payment no certificate exists, whatever placeholders the detail lists. */
function allVouchers(order: OrderRecord): Voucher[] {
  if (order.pay_time === undefined) return []
  return order.sku_order_list.flatMap((line) =>
    vouchersOf({
      lineId: line.order_id,
      certificates: line.writeoff_info,
      bookedAt: bookedTime(order),
      verifiedAt: line.confirm_receipt_time ?? line.finish_time ?? order.finish_time,
      refundedAt: order.update_time,
    }),
  )
}

/** UNVERIFIED: a voucher counts as delivered when its date is booked, so ship_time is the moment of booking. */
function bookedTime(order: OrderRecord): number | undefined {
  return order.appointment_ship_time === undefined ? undefined : order.ship_time
}

function statusOf(order: OrderRecord, voucher: boolean, vouchers: readonly Voucher[]): OrderStatus {
  if (refundedMainStatuses.includes(order.main_status)) return 'refunded'
  const plain = statuses[order.order_status]?.status ?? 'unknown'
  if (plain === 'cancelled')
    return order.pay_time !== undefined && isAnyLineRefunded(order) ? 'refunded' : plain
  return voucher && order.pay_time !== undefined ? voucherStatus(plain, vouchers) : plain
}

function isAnyLineRefunded(order: OrderRecord): boolean {
  return order.sku_order_list.some((line) => lineStage(line) === 'refunded')
}

/** An order of certificates is as far as its certificates are. */
function voucherStatus(plain: OrderStatus, vouchers: readonly Voucher[]): OrderStatus {
  const states = new Set(vouchers.map((one) => one.state))
  if (states.size === 1 && states.has('refunded')) return 'refunded'
  if (states.has('verified') && ![...states].some((state) => state === 'paid' || state === 'booked'))
    return 'completed'
  if (states.has('booked')) return 'booked'
  return plain === 'shipped' || plain === 'partly-shipped' ? 'paid' : plain
}

function timesOf(
  order: OrderRecord,
  status: OrderStatus,
  { voucher, vouchers }: { voucher: boolean; vouchers: readonly Voucher[] },
): Order['times'] {
  const verifiedAt = vouchers.find((one) => one.verifiedAt !== undefined)?.verifiedAt
  const known = {
    paid: order.pay_time,
    booked: voucher ? bookedTime(order) : undefined,
    shipped: voucher ? undefined : order.ship_time,
    verified: verifiedAt,
    completed: order.order_status === 5 ? order.finish_time : undefined,
    // The platform names no time for these two; the copy that first shows them is the closest there is.
    cancelled: status === 'cancelled' ? (order.finish_time ?? order.update_time) : undefined,
    refunded: status === 'refunded' ? order.update_time : undefined,
  }
  return { created: order.create_time, ...withoutUndefined(known), updated: order.update_time }
}

function amountsOf(order: OrderRecord): Order['amounts'] {
  const platform = order.promotion_platform_amount
  const seller = order.promotion_shop_amount
  const split = platform !== undefined || seller !== undefined
  return {
    total: order.order_amount,
    paid: order.pay_amount,
    freight: order.post_amount,
    platformDiscount: (platform ?? 0) + order.promotion_talent_amount,
    sellerDiscount: split ? (seller ?? 0) : order.promotion_amount,
  }
}

function buyerOf(order: OrderRecord): Order['buyer'] {
  return withoutUndefined({
    name: masked(order.mask_post_receiver),
    phone: masked(order.mask_post_tel),
    id: order.doudian_open_id,
    words: words(order.buyer_words),
  })
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

function lineOf(line: LineRecord): OrderLine {
  const quantity = Math.max(1, line.item_num ?? 1)
  const spec = (line.spec ?? []).map((one) => one.value).filter((value) => value !== undefined)
  const stage = lineStage(line)
  return {
    lineId: line.order_id,
    productId: line.product_id_str ?? line.product_id ?? '',
    title: line.product_name ?? '',
    quantity,
    amount: line.sum_amount ?? line.origin_amount * quantity,
    paid: line.pay_amount,
    ...withoutUndefined({
      sku: spec.length > 0 ? spec.join(' / ') : (line.out_sku_id ?? line.sku_id),
      roomId: line.room_id_str ?? line.room_id,
      authorId: line.author_id,
      authorName: line.author_name,
      refundState: stage,
    }),
  }
}

function lineStage(line: LineRecord): string | undefined {
  const status = line.after_sale_info?.after_sale_status
  return status ? refundStage(status, line.after_sale_info?.refund_status) : undefined
}

function liveOf(order: OrderRecord): Order['live'] {
  const line = order.sku_order_list.find(
    (one) => (one.room_id_str ?? one.room_id ?? one.author_id) !== undefined,
  )
  return withoutUndefined({
    roomId: line?.room_id_str ?? line?.room_id ?? order.room_id,
    authorId: line?.author_id ?? order.author_id,
    authorName: line?.author_name ?? order.author_name,
  })
}
