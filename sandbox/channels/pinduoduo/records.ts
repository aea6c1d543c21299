import type { Kernel } from '../../kernel/types.ts'
import { invalid, PddFailure } from './failure.ts'
import { type Order, ordersOf, pddState, type Refund, refundsOf, type Shop } from './state.ts'
import { listedRefundWire, orderWire, refundWire } from './wire.ts'

export interface PddCall {
  kernel: Kernel
  shop: Shop
  field(name: string): string
}

const longestSeconds = 30 * 60
const oldestMs = 90 * 86_400_000

/** At most half an hour at once. PDD docs: pdd.order.number.list.increment.get. */
function isUpdatedWithin(call: PddCall): (record: { modifiedAt: number }) => boolean {
  const from = whole(call, 'start_updated_at')
  const to = whole(call, 'end_updated_at')
  if (to < from) throw invalid('end_updated_at')
  if (to - from > longestSeconds)
    throw new PddFailure(50001, '业务服务错误', '开始时间和结束时间间距不超过 30 分钟')
  return ({ modifiedAt }) => {
    const second = Math.floor(modifiedAt / 1000)
    return second >= from && second <= to
  }
}

/** Newest change first: what changes meanwhile slides to the front. */
function sheetOf<T extends { modifiedAt: number }>(call: PddCall, all: T[]): T[] {
  const page = whole(call, 'page', '1')
  const size = whole(call, 'page_size', '100')
  if (page < 1) throw invalid('page')
  if (size < 1 || size > 100) throw invalid('page_size')
  return all.toSorted((a, b) => b.modifiedAt - a.modifiedAt).slice((page - 1) * size, page * size)
}

export function orderIncrement(call: PddCall): unknown {
  const status = oneOf(call, 'order_status', [1, 2, 3, 5])
  const refundStatus = oneOf(call, 'refund_status', [1, 2, 3, 4, 5])
  oneOf(call, 'is_lucky_flag', [0, 1, 2])
  const within = isUpdatedWithin(call)
  const oldest = call.kernel.clock.now() - oldestMs
  const rows = ordersOf(call.kernel, call.shop).filter(
    (order) =>
      within(order) &&
      order.createdAt >= oldest &&
      (status === 5 || order.status === status) &&
      (refundStatus === 5 || order.refundStatus === refundStatus),
  )
  return {
    order_sn_increment_get_response: {
      order_sn_list: sheetOf(call, rows).map(orderWire),
      total_count: rows.length,
    },
  }
}

export function orderInformation(call: PddCall): unknown {
  return { order_info_get_response: { order_info: orderWire(orderNamed(call, required(call, 'order_sn'))) } }
}

/** One status at a time: the platform knows no word for all of them. */
export function refundIncrement(call: PddCall): unknown {
  const status = whole(call, 'after_sales_status')
  const type = oneOf(call, 'after_sales_type', [1, 2, 3, 4, 5, 6])
  const within = isUpdatedWithin(call)
  const rows = refundsOf(call.kernel, call.shop).filter(
    (refund) => within(refund) && refund.status === status && (type === 1 || refund.type === type),
  )
  return {
    refund_increment_get_response: {
      refund_list: sheetOf(call, rows).map(listedRefundWire),
      total_count: rows.length,
    },
  }
}

/** The answer has no name of its own around it. */
export function refundInformation(call: PddCall): unknown {
  const sn = required(call, 'order_sn')
  orderNamed(call, sn)
  return refundWire(refundNamed(call, { id: call.field('after_sales_id'), sn }))
}

export function refundNamed(call: PddCall, { id, sn }: { id: string; sn: string }): Refund {
  const refund = pddState(call.kernel).refunds[id]
  if (refund?.shopId === call.shop.shopId && refund.orderSn === sn) return refund
  throw new PddFailure(50001, '业务服务错误', '售后单不存在')
}

function orderNamed(call: PddCall, sn: string): Order {
  const order = pddState(call.kernel).orders[sn]
  if (order?.shopId === call.shop.shopId) return order
  throw new PddFailure(50001, '业务服务错误', '订单不存在')
}

export function required(call: PddCall, name: string): string {
  const value = call.field(name)
  if (value === '') throw new PddFailure(21002, '请求参数不能为空', `参数 ${name} 不能为空`)
  return value
}

function whole(call: PddCall, name: string, absent = ''): number {
  const text = call.field(name) || absent
  if (text === '') required(call, name)
  if (!/^\d+$/.test(text)) throw invalid(name)
  return Number(text)
}

function oneOf(call: PddCall, name: string, allowed: readonly number[]): number {
  const value = whole(call, name)
  if (!allowed.includes(value)) throw invalid(name)
  return value
}
