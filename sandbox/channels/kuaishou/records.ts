import type { Kernel } from '../../kernel/types.ts'
import { invalid, KsFailure } from './failure.ts'
import { ksState, type Order, type Refund, type Shop } from './state.ts'
import { orderWire, refundWire } from './wire.ts'

export interface KsCall {
  kernel: Kernel
  shop: Shop
  /** The parsed `param`; integers beyond 2^53 are text. */
  param: Record<string, unknown>
}

const day = 86_400_000

export function orderCursorList(call: KsCall): unknown {
  oneOf(call, 'orderViewStatus', [1, 2, 3, 4, 5, 6, 7])
  const all = Object.values(ksState(call.kernel).orders).filter((one) => one.sellerId === call.shop.sellerId)
  const { rows, next } = sheetOf(call, all, {
    longestMs: 7 * day,
    cursor: 'cursor',
    most: 50,
    idOf: (o) => o.oid,
  })
  return { orderList: rows.map(orderWire), cursor: next, ...asked(call) }
}

export function refundPcursorList(call: KsCall): unknown {
  const type = oneOf(call, 'type', [8, 9])
  const all = Object.values(ksState(call.kernel).refunds).filter(
    (one) => one.sellerId === call.shop.sellerId && (type === 9 || one.status === 10 || one.status === 11),
  )
  const { rows, next } = sheetOf(call, all, {
    longestMs: day,
    cursor: 'pcursor',
    most: 100,
    idOf: (r) => r.id,
  })
  return { refundOrderInfoList: rows.map(refundWire), pcursor: next, ...asked(call) }
}

export const orderDetail = (call: KsCall) => orderWire(orderNamed(call, String(call.param.oid)))
export const refundDetail = (call: KsCall) => refundWire(refundNamed(call))

export function refundNamed(call: KsCall): Refund {
  const { refundId } = call.param
  if (refundId === undefined) throw new KsFailure(300006, 'REFUND ID IS BLANK')
  const refund = ksState(call.kernel).refunds[String(refundId)]
  if (refund === undefined) throw new KsFailure(300011, 'REFUND ORDER NOT FOUND')
  if (refund.sellerId !== call.shop.sellerId) throw new KsFailure(300012, 'REFUND ORDER OPERATION REJECT')
  return refund
}

function orderNamed(call: KsCall, oid: string): Order {
  const order = ksState(call.kernel).orders[oid]
  if (order?.sellerId === call.shop.sellerId) return order
  throw new KsFailure(100200100, '订单不存在')
}

const asked = ({ param }: KsCall) => ({
  ...{ beginTime: param.beginTime, endTime: param.endTime, pageSize: param.pageSize },
})

interface Sheet<T> {
  longestMs: number
  cursor: string
  most: number
  idOf(record: T): string
}

/** A cursor is the place of the last record shown, so a record that changes never pushes another over a border. */
function sheetOf<T extends { createdAt: number; modifiedAt: number }>(
  call: KsCall,
  all: T[],
  sheet: Sheet<T>,
): { rows: T[]; next: string } {
  const { from, to } = rangeOf(call, sheet.longestMs)
  const size = whole(call, 'pageSize')
  if (size < 1 || size > sheet.most) throw invalid('pageSize')
  const time = (one: T) => (oneOf(call, 'queryType', [1, 2]) === 2 ? one.modifiedAt : one.createdAt)
  const place = (one: T) => `${String(time(one)).padStart(15, '0')}_${sheet.idOf(one)}`
  const direction = oneOf(call, 'sort', [1, 2]) === 2 ? 1 : -1
  const after = placeOf(call, sheet.cursor)
  const rows = all
    .filter((one) => time(one) >= from && time(one) <= to)
    .map((one) => ({ one, at: place(one) }))
    .toSorted((a, b) => (a.at < b.at ? -direction : direction))
    .filter(({ at }) => after === '' || (direction === 1 ? at > after : at < after))
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  const next = last && rows.length > size ? Buffer.from(last.at).toString('base64url') : 'nomore'
  return { rows: shown.map(({ one }) => one), next }
}

function placeOf({ param }: KsCall, name: string): string {
  const cursor = param[name]
  if (typeof cursor !== 'string') throw invalid(name)
  const place = Buffer.from(cursor, 'base64url').toString()
  if (cursor !== '' && !/^\d{15}_\d+$/.test(place)) throw invalid(name)
  return place
}

function rangeOf(call: KsCall, longestMs: number): { from: number; to: number } {
  const from = whole(call, 'beginTime')
  const to = whole(call, 'endTime')
  if (to < from) throw new KsFailure(300003, 'ENDTIME MUST AFTER BEGINTIME')
  if (to - from > longestMs)
    throw longestMs === 7 * day
      ? new KsFailure(300004, 'SEARCH TIME RANGE EXPAND 7 DAYS')
      : new KsFailure(300019, 'SEARCH TIME RANGE EXPAND LIMIT')
  if (from < call.kernel.clock.now() - 90 * day) throw new KsFailure(300005, 'CAN NOT SEARCH BEFORE 90 DAYS')
  return { from, to }
}

export function whole({ param }: KsCall, name: string): number {
  const value = param[name]
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalid(name)
  return value
}

function oneOf(call: KsCall, name: string, allowed: readonly number[]): number {
  const value = whole(call, name)
  if (!allowed.includes(value)) throw invalid(name)
  return value
}
