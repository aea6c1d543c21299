/** What we read of an order. Platform: 订单查询. */
import { z } from 'zod'
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

const certificateRecord = z.object({
  /** Names the certificate; it is not the code that redeems it. */
  certificate_id: id,
  item_status: optionalCode,
  item_update_time: optionalTime,
  refund_amount: optionalFen,
  refund_time: optionalTime,
})
export type CertificateRecord = z.infer<typeof certificateRecord>

export const orderRecord = z.object({
  order_id: id,
  order_status: code,
  original_amount: fen,
  discount_amount: optionalFen,
  pay_amount: fen,
  create_order_time: time,
  pay_time: optionalTime,
  update_order_time: time,
  sku_id: optionalId,
  sku_name: optionalText,
  count: z.coerce.number().int().positive().nullish(),
  open_id: optionalText,
  amount_info: z.object({ platform_discount_amount: optionalFen }).nullish(),
  contacts: z.array(z.object({ name: optionalText, phone: optionalText })).nullish(),
  certificate: z.array(certificateRecord).nullish(),
})
export type OrderRecord = z.infer<typeof orderRecord>
