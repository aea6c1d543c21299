/** What we read of a trade, in the shape shared by the list and the detail. TOP docs: Trade, Order. */
import { z } from 'zod'
import { id, optionalId, optionalText, optionalTime, optionalYuan, time, yuan } from '../kit/top/wire.ts'

const lineRecord = z.object({
  oid: id,
  num_iid: optionalId,
  sku_id: optionalId,
  title: optionalText,
  num: z.coerce.number().int().positive().nullish(),
  price: optionalYuan,
  total_fee: optionalYuan,
  payment: optionalYuan,
  divide_order_fee: optionalYuan,
  sku_properties_name: optionalText,
  outer_sku_id: optionalText,
  refund_status: optionalText,
})
export type LineRecord = z.infer<typeof lineRecord>

export const orderRecord = z.object({
  tid: id,
  type: optionalText,
  status: z.string().min(1),
  payment: yuan,
  total_fee: optionalYuan,
  post_fee: optionalYuan,
  discount_fee: optionalYuan,
  created: time,
  modified: time,
  pay_time: optionalTime,
  consign_time: optionalTime,
  end_time: optionalTime,
  buyer_open_uid: optionalText,
  buyer_message: optionalText,
  seller_memo: optionalText,
  receiver_name: optionalText,
  receiver_mobile: optionalText,
  receiver_phone: optionalText,
  orders: z.object({ order: z.array(lineRecord).min(1) }),
})
export type OrderRecord = z.infer<typeof orderRecord>

/** Fields asked for, so that what is not read never travels. */
export const orderFields = [
  'tid,type,status,payment,total_fee,post_fee,discount_fee,created,modified,pay_time,consign_time,end_time',
  'buyer_open_uid,buyer_message,seller_memo,receiver_name,receiver_mobile,receiver_phone',
  'orders.oid,orders.num_iid,orders.sku_id,orders.title,orders.num,orders.price,orders.total_fee,orders.payment',
  'orders.divide_order_fee,orders.sku_properties_name,orders.outer_sku_id,orders.refund_status',
].join(',')
