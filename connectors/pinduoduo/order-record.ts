/** What we read of an order, in the shape shared by the list and the detail. PDD docs: 订单详情. */
import { z } from 'zod'
import {
  code,
  id,
  optionalCode,
  optionalId,
  optionalText,
  optionalTime,
  optionalYuan,
  time,
  yuan,
} from './wire.ts'

const lineRecord = z.object({
  goods_id: optionalId,
  sku_id: optionalId,
  goods_name: optionalText,
  goods_count: z.coerce.number().int().positive().nullish(),
  goods_price: optionalYuan,
  goods_spec: optionalText,
  outer_id: optionalText,
})
export type LineRecord = z.infer<typeof lineRecord>

export const orderRecord = z.object({
  order_sn: id,
  order_status: code,
  refund_status: optionalCode,
  confirm_status: optionalCode,
  pay_amount: yuan,
  goods_amount: optionalYuan,
  discount_amount: optionalYuan,
  platform_discount: optionalYuan,
  seller_discount: optionalYuan,
  postage: optionalYuan,
  created_time: time,
  confirm_time: optionalTime,
  pay_time: optionalTime,
  shipping_time: optionalTime,
  receive_time: optionalTime,
  updated_at: time,
  receiver_name_mask: optionalText,
  receiver_phone_mask: optionalText,
  buyer_memo: optionalText,
  remark: optionalText,
  item_list: z.array(lineRecord).min(1),
})
export type OrderRecord = z.infer<typeof orderRecord>
