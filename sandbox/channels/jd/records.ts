import type { Kernel } from '../../kernel/types.ts'
import { invalid, refusedResult } from './failure.ts'
import { jdState, ordersOf, type Refund, refundsOf, type Shop } from './state.ts'
import { chosen, msOfGmt8, orderWire, refundWire } from './wire.ts'

export interface JdCall {
  kernel: Kernel
  shop: Shop
  /** A member of `360buy_param_json`; '' when absent. */
  field(name: string): string
}

const longestMs = 31 * 86_400_000

interface Range {
  from: number
  to: number
}

/** At most a month at once; both ends count. */
function rangeOf({ field }: JdCall, start: string, end: string): Range {
  const from = msOfGmt8(field(start))
  const to = msOfGmt8(field(end))
  if (Number.isNaN(from)) throw invalid(start)
  if (Number.isNaN(to) || to < from) throw invalid(end)
  if (to - from > longestMs) throw invalid(`${start},${end}`)
  return { from, to }
}

/** The wire shows whole seconds. */
function within(at: number | null, { from, to }: Range): boolean {
  if (at === null) return false
  const second = Math.floor(at / 1000) * 1000
  return second >= from && second <= to
}

function wholeNumber(call: JdCall, name: string, most: number): number {
  const value = Number(call.field(name))
  if (!Number.isInteger(value) || value < 1 || value > most) throw invalid(name)
  return value
}

/** Newest change first: what changes meanwhile slides to the front. */
export function orderSearch(call: JdCall): unknown {
  const page = wholeNumber(call, 'page', 1_000_000)
  const size = wholeNumber(call, 'page_size', 100)
  const range = rangeOf(call, 'start_date', 'end_date')
  if (call.field('order_state') === '') throw invalid('order_state')
  const states = new Set(call.field('order_state').split(','))
  const byCreation = call.field('dateType') === '1'
  const timeOf = (order: { createdAt: number; modifiedAt: number }) =>
    byCreation ? order.createdAt : order.modifiedAt
  const found = ordersOf(call.kernel, call.shop)
    .filter((order) => states.has(order.status) && within(timeOf(order), range))
    .sort((a, b) => timeOf(b) - timeOf(a))
  const rows = found.slice((page - 1) * size, page * size)
  return {
    searchorderinfo_result: {
      apiResult: { success: true, numberCode: 0, chineseErrCode: '', englishErrCode: '' },
      orderTotal: found.length,
      orderInfoList: rows.map((order) => chosen(orderWire(order), call.field('optional_fields'))),
    },
  }
}

export function orderGet(call: JdCall): unknown {
  if (call.field('order_id') === '') throw invalid('order_id')
  const order = jdState(call.kernel).orders[call.field('order_id')]
  if (order?.shopId !== call.shop.shopId)
    return { orderDetailInfo: { apiResult: refusedResult(10_100_023, '订单不存在') } }
  const orderInfo = chosen(orderWire(order), call.field('optional_fields'))
  return { orderDetailInfo: { apiResult: { success: true, numberCode: 0 }, orderInfo } }
}

export function refundList(call: JdCall): unknown {
  const page = wholeNumber(call, 'pageIndex', 100)
  const size = wholeNumber(call, 'pageSize', 50)
  const found = refundsOf(call.kernel, call.shop)
    .filter(filterOf(call))
    .sort((a, b) => b.appliedAt - a.appliedAt)
  const result = found.slice((page - 1) * size, page * size).map(refundWire)
  return { queryResult: { success: true, totalCount: found.length, result } }
}

function filterOf(call: JdCall): (refund: Refund) => boolean {
  const { field } = call
  const ids = field('ids') === '' ? undefined : new Set(field('ids').split(','))
  const range = (name: string) =>
    field(`${name}Start`) === '' ? undefined : rangeOf(call, `${name}Start`, `${name}End`)
  const applied = range('applyTime')
  const checked = range('checkTime')
  return (refund) =>
    (ids?.has(refund.id) ?? true) &&
    (field('orderId') === '' || field('orderId') === refund.orderId) &&
    (field('status') === '' || field('status') === String(refund.status)) &&
    (applied === undefined || within(refund.appliedAt, applied)) &&
    (checked === undefined || within(refund.checkedAt, checked))
}
