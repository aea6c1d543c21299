/** Fliggy's calls of the gateway: travel orders as numbers and one by one, hotel orders twenty at once. */
import { int64 } from '../big-json.ts'
import { invalid, TopFailure } from '../taobao/failure.ts'
import { required, type TopCall } from '../taobao/trades.ts'
import { gmt8, msOfGmt8 } from '../taobao/wire.ts'
import { type Booking, fliggyState } from './state.ts'

const longestMs = 30 * 86_400_000

export const fliggyMethods: Record<string, (call: TopCall) => unknown> = {
  'alitrip.travel.trades.search': travelSearch,
  'alitrip.travel.trade.query': travelQuery,
  'taobao.xhotel.order.search': hotelSearch,
}

function ownOf(call: TopCall, hotel: boolean): Booking[] {
  return Object.values(fliggyState(call.kernel).bookings).filter(
    (one) => one.shopId === call.shop.shopId && one.hotel === hotel,
  )
}

/** Newest first; both ends count, in whole seconds. */
function createdWithin(call: TopCall, all: Booking[], names: { from: string; to: string }): Booking[] {
  const from = msOfGmt8(call.field(names.from))
  const to = msOfGmt8(call.field(names.to))
  if (Number.isNaN(from)) throw invalid(names.from)
  if (Number.isNaN(to) || to < from || to - from > longestMs) throw invalid(names.to)
  return all
    .filter(({ createdAt }) => createdAt >= from && Math.floor(createdAt / 1000) * 1000 <= to)
    .sort((a, b) => b.createdAt - a.createdAt)
}

function pageOf(call: TopCall, all: Booking[], limits: { page: string; most: number }): Booking[] {
  const page = Number(call.field(limits.page) || '1')
  const size = Number(call.field('page_size') || '20')
  if (!Number.isInteger(page) || page < 1) throw invalid(limits.page)
  if (!Number.isInteger(size) || size < 1 || size > limits.most) throw invalid('page_size')
  return all.slice((page - 1) * size, page * size)
}

function travelSearch(call: TopCall): unknown {
  const names = { from: 'start_created_time', to: 'end_created_time' }
  const found = createdWithin(call, ownOf(call, false), names)
  const rows = pageOf(call, found, { page: 'current_page', most: 100 })
  return {
    order_list: { number: rows.map(({ id }) => int64(id)) },
    order_string_list: { string: rows.map(({ id }) => id) },
    total_orders: found.length,
  }
}

function travelQuery(call: TopCall): unknown {
  const id = required(call, 'order_id')
  const found = ownOf(call, false).find((one) => one.id === id)
  if (found === undefined)
    throw new TopFailure(15, 'Remote service error', { code: 'isv.trade-not-exist', msg: '交易不存在' })
  return {
    first_result: {
      order_id: int64(found.id),
      order_id_string: found.id,
      status: found.status,
      created_time: gmt8(found.createdAt),
      modified_time: gmt8(found.modifiedAt),
      ...(found.paidAt !== null && { pay_info: { pay_time: gmt8(found.paidAt) } }),
      sub_orders: {
        sub_order_info: [
          {
            sub_order_id: int64(found.id),
            payment: found.price,
            total_fee: found.price,
            discount_fee: 0,
            buy_item_info: { item_title: found.title, num: 1 },
            contactor: { name: '李小明', phone: '13800001111' },
          },
        ],
      },
    },
  }
}

function hotelSearch(call: TopCall): unknown {
  const tids = call.field('order_tids')
  const own = ownOf(call, true)
  const found =
    tids === ''
      ? createdWithin(call, own, { from: 'created_start', to: 'created_end' })
      : own.filter((one) => tids.split(',').includes(one.id))
  const rows = pageOf(call, found, { page: 'page_no', most: 20 })
  return { hotel_orders: { x_hotel_order: rows.map(hotelWire) }, total_results: found.length }
}

function hotelWire(one: Booking): object {
  return {
    tid: int64(one.id),
    oid: int64(one.id),
    trade_status: one.status,
    created: gmt8(one.createdAt),
    modified: gmt8(one.modifiedAt),
    ...(one.paidAt !== null && { pay_time: gmt8(one.paidAt) }),
    payment: one.price,
    total_room_price: one.price,
    hotel_name: one.title,
    checkin_date: gmt8(one.createdAt + 10 * 86_400_000).slice(0, 10),
    checkout_date: gmt8(one.createdAt + 12 * 86_400_000).slice(0, 10),
    nights: 2,
    room_number: 1,
    contact_name: '李小明',
    contact_phone: '13800001111',
  }
}
