/** What we read of travel orders and hotel orders. TOP docs: alitrip.travel.trade.query, taobao.xhotel.order.search. */
import { z } from 'zod'
import { id, optionalId, optionalText, optionalTime, time } from '../kit/top/wire.ts'

/** TOP wraps a list into an object whose one list it is. UNVERIFIED: its name here, so any is taken. */
export const listOf = <T extends z.ZodType>(item: T) => z.preprocess(unwrapped, z.array(item))

function unwrapped(value: unknown): unknown {
  if (value === null) return []
  if (typeof value !== 'object' || Array.isArray(value)) return value
  return Object.values(value).find(Array.isArray) ?? []
}

const digits = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative()])
const fen = digits.transform(Number).pipe(z.number().int().safe())
const optionalFen = fen.nullish().transform((value) => value ?? undefined)
const quantity = z.coerce.number().int().positive().nullish()

const item = z.object({ item_id: optionalId, item_title: optionalText, sku_id: optionalId, num: quantity })
const subOrder = z.object({
  sub_order_id: id,
  refund_status: optionalId,
  payment: fen,
  total_fee: optionalFen,
  discount_fee: optionalFen,
  buy_item_info: item.nullish(),
})

export const travelRecord = z.object({
  order_id: optionalId,
  order_id_string: optionalId,
  status: z.string().min(1),
  created_time: time,
  modified_time: time,
  pay_info: z.object({ pay_time: optionalTime }).nullish(),
  sub_orders: listOf(subOrder).refine((list) => list.length > 0, 'sub_orders is empty'),
})

export const hotelRecord = z.object({
  tid: id,
  oid: optionalId,
  trade_status: z.string().min(1),
  created: time,
  modified: optionalTime,
  pay_time: optionalTime,
  payment: fen,
  total_room_price: optionalFen,
  hotel_name: optionalText,
  room_type_name: optionalText,
  checkin_date: z.string().min(1),
  checkout_date: optionalText,
  room_number: quantity,
  refund_status: optionalId,
})

/** Hotel orders say when the guest comes. */
export function isHotel(record: unknown): boolean {
  return typeof record === 'object' && record !== null && 'checkin_date' in record
}
