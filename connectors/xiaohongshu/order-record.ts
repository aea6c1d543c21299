/** What we read of an order: `order.getOrderDetail`. Leaf names of discounts and lines are UNVERIFIED. */
import { z } from 'zod'
import { fen } from '#src/contracts/canonical.ts'
import { id, optionalFen, optionalId, optionalText, optionalTime, time } from './wire.ts'

const sku = z.object({
  skuId: id,
  itemId: optionalId,
  skuName: optionalText,
  skuSpec: optionalText,
  skuQuantity: z.coerce.number().int().positive().nullish(),
  totalPaidAmount: optionalFen,
  totalMerchantDiscount: optionalFen,
  totalRedDiscount: optionalFen,
  skuAfterSaleStatus: optionalId,
})
export type SkuRecord = z.infer<typeof sku>

export const orderRecord = z.object({
  orderId: id,
  orderStatus: id,
  createdTime: time,
  paidTime: optionalTime,
  updateTime: time,
  deliveryTime: optionalTime,
  finishTime: optionalTime,
  cancelTime: optionalTime,
  totalPayAmount: fen,
  totalShippingFree: optionalFen,
  totalMerchantDiscount: optionalFen,
  totalRedDiscount: optionalFen,
  customerRemark: optionalText,
  sellerRemark: optionalText,
  receiverName: optionalText,
  receiverPhone: optionalText,
  userId: optionalId,
  skuList: z.array(sku).min(1),
})
export type OrderRecord = z.infer<typeof orderRecord>
