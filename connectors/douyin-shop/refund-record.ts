/** The two shapes of an after-sale: an item of `/afterSale/List` and the answer of `/afterSale/Detail`. */
import { z } from 'zod'
import { code, fen, id, optionalCode, optionalFen, optionalText, optionalTime, time } from './wire.ts'

export const refundListItem = z.object({
  aftersale_info: z.object({
    aftersale_id: id,
    aftersale_type: code,
    aftersale_status: code,
    refund_status: optionalCode,
    refund_amount: fen,
    apply_time: time,
    update_time: time,
    status_deadline: optionalTime,
  }),
  order_info: z.object({ shop_order_id: id }),
  text_part: z
    .object({ aftersale_status_text: optionalText, reason_text: optionalText })
    .nullish()
    .transform((value) => value ?? { aftersale_status_text: undefined, reason_text: undefined }),
})

export const refundDetail = z.object({
  process_info: z.object({
    after_sale_info: z.object({
      after_sale_id: id,
      after_sale_type: code,
      after_sale_status: code,
      after_sale_status_desc: optionalText,
      refund_status: optionalCode,
      refund_total_amount: fen,
      real_refund_amount: optionalFen,
      // UNVERIFIED: named by one field list, absent from the published model.
      refund_time: optionalTime,
      apply_time: time,
      update_time: time,
      status_deadline: optionalTime,
      reason: optionalText,
      got_pkg: optionalCode,
    }),
  }),
  order_info: z.object({ shop_order_id: id }),
})

export function isRefundDetail(record: unknown): boolean {
  return typeof record === 'object' && record !== null && 'process_info' in record
}
