/** What we read of an order. WeChat docs: 获取订单详情. UNVERIFIED: the names inside order_detail. */
import { z } from 'zod'
import { code, fen, id, optionalFen, optionalId, optionalText, optionalTime, time } from './wire.ts'

const count = z.number().int().nonnegative().nullish()

const lineRecord = z.object({
  product_id: id,
  sku_id: optionalId,
  title: optionalText,
  sku_code: optionalText,
  sku_cnt: z.number().int().positive(),
  sale_price: fen,
  /** What is paid for the whole line. */
  real_price: optionalFen,
  on_aftersale_sku_cnt: count,
  finish_aftersale_sku_cnt: count,
})
export type LineRecord = z.infer<typeof lineRecord>

export const orderRecord = z.object({
  order_id: id,
  openid: optionalText,
  status: code,
  create_time: time,
  update_time: time,
  order_detail: z.object({
    product_infos: z.array(lineRecord).min(1),
    price_info: z.object({
      product_price: fen,
      order_price: fen,
      freight: optionalFen,
      discounted_price: optionalFen,
    }),
    pay_info: z.object({ pay_time: optionalTime }).nullish(),
    delivery_info: z.object({ ship_done_time: optionalTime }).nullish(),
    ext_info: z
      .object({
        customer_notes: optionalText,
        merchant_notes: optionalText,
        confirm_receipt_time: optionalTime,
      })
      .nullish(),
  }),
})
export type OrderRecord = z.infer<typeof orderRecord>
