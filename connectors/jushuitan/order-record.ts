/** What we read of an order of `/open/orders/single/query`. Leaf names beyond the basic ones are UNVERIFIED. */
import { z } from 'zod'
import { id, optionalId, optionalText, optionalTime, optionalYuan, time } from './wire.ts'

const item = z.object({
  sku_id: optionalId,
  shop_i_id: optionalId,
  i_id: optionalId,
  name: optionalText,
  properties_value: optionalText,
  qty: z.number().nullish(),
  price: optionalYuan,
  amount: optionalYuan,
  buyer_paid_amount: optionalYuan,
  outer_oi_id: optionalId,
  oi_id: optionalId,
  referrer_id: optionalId,
  refund_status: optionalText,
})
export type ItemRecord = z.infer<typeof item>

export const orderRecord = z.object({
  o_id: id,
  so_id: id,
  shop_id: id,
  status: optionalText,
  shop_status: optionalText,
  order_date: optionalTime,
  created: optionalTime,
  pay_date: optionalTime,
  send_date: optionalTime,
  end_time: optionalTime,
  modified: time,
  pay_amount: optionalYuan,
  paid_amount: optionalYuan,
  freight: optionalYuan,
  platform_free_amount: optionalYuan,
  pay_free_amount: optionalYuan,
  referrer_free_amount: optionalYuan,
  shop_free_amount: optionalYuan,
  shop_buyer_id: optionalText,
  open_id: optionalText,
  receiver_name: optionalText,
  receiver_mobile: optionalText,
  buyer_message: optionalText,
  remark: optionalText,
  referrer_id: optionalId,
  referrer_name: optionalText,
  items: z
    .array(item)
    .nullish()
    .transform((value) => value ?? []),
})
export type OrderRecord = z.infer<typeof orderRecord>
