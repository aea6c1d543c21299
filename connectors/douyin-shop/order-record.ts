/** What we read of an order, in the shape shared by `/order/searchList` and `/order/orderDetail`. */
import { z } from 'zod'
import { writeoff } from './vouchers.ts'
import {
  code,
  fen,
  id,
  optionalCode,
  optionalFen,
  optionalId,
  optionalText,
  optionalTime,
  time,
} from './wire.ts'

const lineRecord = z.object({
  order_id: id,
  product_id: optionalId,
  product_id_str: optionalId,
  product_name: optionalText,
  sku_id: optionalId,
  out_sku_id: optionalText,
  spec: z.array(z.object({ name: optionalText, value: optionalText })).nullish(),
  item_num: optionalCode,
  origin_amount: optionalFen,
  sum_amount: optionalCode,
  order_amount: optionalFen,
  pay_amount: optionalFen,
  room_id: optionalId,
  room_id_str: optionalId,
  author_id: optionalId,
  author_name: optionalText,
  finish_time: optionalTime,
  confirm_receipt_time: optionalTime,
  after_sale_info: z
    .object({ after_sale_status: optionalCode, refund_status: optionalCode })
    .nullish()
    .transform((value) => value ?? undefined),
  writeoff_info: z
    .array(writeoff)
    .nullish()
    .transform((value) => value ?? []),
})
export type LineRecord = z.infer<typeof lineRecord>

export const orderRecord = z.object({
  order_id: id,
  order_status: code,
  order_status_desc: optionalText,
  main_status: optionalCode,
  order_type: optionalCode,
  create_time: time,
  update_time: time,
  pay_time: optionalTime,
  ship_time: optionalTime,
  finish_time: optionalTime,
  appointment_ship_time: optionalTime,
  order_amount: fen,
  pay_amount: optionalFen,
  post_amount: optionalFen,
  promotion_amount: optionalFen,
  promotion_shop_amount: optionalCode,
  promotion_platform_amount: optionalCode,
  promotion_talent_amount: optionalFen,
  buyer_words: optionalText,
  seller_words: optionalText,
  doudian_open_id: optionalText,
  mask_post_receiver: optionalText,
  mask_post_tel: optionalText,
  author_id: optionalId,
  author_name: optionalText,
  room_id: optionalId,
  sku_order_list: z.array(lineRecord).min(1),
})
export type OrderRecord = z.infer<typeof orderRecord>

/** 订单类型 4 电子券 and 5 三方核销 are vouchers; a plain virtual order (2) only when it carries certificates. */
export function isVoucherOrder(order: {
  order_type?: number | undefined
  sku_order_list?: unknown
}): boolean {
  if (order.order_type === 4 || order.order_type === 5) return true
  const lines = Array.isArray(order.sku_order_list) ? order.sku_order_list : []
  return lines.some((line) => Array.isArray(line?.writeoff_info) && line.writeoff_info.length > 0)
}
