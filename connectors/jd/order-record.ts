/** What we read of an order, in the shape shared by the list and the detail. JD docs: 订单API. */
import { z } from 'zod'
import { id, optionalId, optionalText, optionalTime, optionalYuan, quantity, time, yuan } from './wire.ts'

const lineRecord = z.object({
  skuId: optionalId,
  wareId: optionalId,
  outerSkuId: optionalId,
  skuName: optionalText,
  itemTotal: quantity.nullish(),
  jdPrice: optionalYuan,
})
export type LineRecord = z.infer<typeof lineRecord>

const consignee = z.object({ fullname: optionalText, telephone: optionalText, mobile: optionalText })

export const orderRecord = z.object({
  orderId: id,
  orderState: z.string().min(1),
  orderTotalPrice: yuan,
  actualPay: optionalYuan,
  shouldPay: optionalYuan,
  freightPrice: optionalYuan,
  sellerDiscount: optionalYuan,
  orderStartTime: time,
  paymentConfirmTime: optionalTime,
  orderEndTime: optionalTime,
  modified: time,
  orderRemark: optionalText,
  venderRemark: optionalText,
  consigneeInfo: consignee.nullish(),
  itemInfoList: z.array(lineRecord).min(1),
})
export type OrderRecord = z.infer<typeof orderRecord>

/** Fields asked for, so that what is not read never travels. */
export const orderFields = [
  'orderId,venderId,orderState,orderTotalPrice,actualPay,shouldPay,freightPrice,sellerDiscount,payType',
  'orderStartTime,paymentConfirmTime,orderEndTime,modified,orderRemark,venderRemark,consigneeInfo,itemInfoList',
].join(',')
