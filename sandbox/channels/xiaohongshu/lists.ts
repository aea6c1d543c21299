import { refusals } from './failure.ts'
import type { XhsCall } from './methods.ts'
import { xhsState } from './state.ts'
import { afterSaleBasic, afterSaleDetail, orderBasic, orderDetail } from './wire.ts'

/** timeType 1: by creation, a day; 2: by update, half an hour. Xiaohongshu docs: order.getOrderList. */
const longest: Record<number, number> = { 1: 24 * 3_600_000, 2: 30 * 60_000 }

interface Range {
  byUpdate: boolean
  from: number
  to: number
}

/** Both ends count, in the unit's steps. */
function rangeOf({ fields }: XhsCall, unitMs: number): Range {
  const type = Number(fields.timeType)
  const most = longest[type]
  if (most === undefined) throw refusals.parameter('timeType')
  const from = numberOf(fields.startTime, 'startTime') * unitMs
  const to = numberOf(fields.endTime, 'endTime') * unitMs
  if (to < from || to - from > most) throw refusals.parameter('startTime,endTime')
  return { byUpdate: type === 2, from, to: to + unitMs - 1 }
}

function numberOf(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw refusals.parameter(name)
}

interface Sheet<T> {
  rows: T[]
  total: number
  page: number
  size: number
}

/** Newest change first: what changes meanwhile slides to the front. */
function sheetOf<T extends { updatedAt: number }>({ fields }: XhsCall, all: T[]): Sheet<T> {
  const page = numberOf(fields.pageNo ?? 1, 'pageNo')
  const size = numberOf(fields.pageSize ?? 50, 'pageSize')
  if (size > 100) throw refusals.parameter('pageSize')
  const sorted = all.toSorted((a, b) => b.updatedAt - a.updatedAt)
  return { rows: sorted.slice((page - 1) * size, page * size), total: all.length, page, size }
}

/** UNVERIFIED: seconds, as in the documented sample. */
export function getOrderList(call: XhsCall): unknown {
  const { byUpdate, from, to } = rangeOf(call, 1000)
  if (Number(call.fields.pageNo ?? 1) > 100) throw refusals.parameter('pageNo')
  const mine = Object.values(xhsState(call.kernel).orders).filter((order) => {
    const at = byUpdate ? order.updatedAt : order.createdAt
    return order.sellerId === call.shop.sellerId && at >= from && at <= to
  })
  const { rows, total, page, size } = sheetOf(call, mine)
  return {
    total,
    pageNo: page,
    pageSize: size,
    maxPageNo: Math.ceil(total / size),
    orderList: rows.map(orderBasic),
  }
}

export function getOrderDetail({ kernel, shop, fields }: XhsCall): unknown {
  const order = xhsState(kernel).orders[String(fields.orderId)]
  if (order?.sellerId !== shop.sellerId) throw refusals.unknown('订单')
  return orderDetail(order, shop)
}

export function listAfterSaleInfos(call: XhsCall): unknown {
  const { byUpdate, from, to } = rangeOf(call, 1)
  const mine = Object.values(xhsState(call.kernel).afterSales).filter((item) => {
    const at = byUpdate ? item.updatedAt : item.appliedAt
    return item.sellerId === call.shop.sellerId && at >= from && at <= to
  })
  const { rows, total, page, size } = sheetOf(call, mine)
  if (page * size > 50_000) throw refusals.parameter('pageNo')
  return { totalCount: total, afterSaleBasicInfos: rows.map(afterSaleBasic) }
}

export function getAfterSaleInfo(call: XhsCall): unknown {
  return afterSaleDetail(afterSaleNamed(call))
}

export function afterSaleNamed({ kernel, shop, fields }: XhsCall) {
  const item = xhsState(kernel).afterSales[String(fields.returnsId)]
  if (item?.sellerId !== shop.sellerId) throw refusals.unknown('售后单')
  return item
}
