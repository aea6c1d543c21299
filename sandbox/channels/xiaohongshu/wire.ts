/** Orders and after-sales as the platform writes them: ms, fen in orders, yuan in after-sales, masked receivers. */
import type { AfterSale, Order, Shop } from './state.ts'

export function orderBasic(order: Order): Record<string, unknown> {
  return {
    orderId: order.id,
    orderType: 1,
    orderStatus: order.status,
    orderAfterSalesStatus: 1,
    cancelStatus: order.status === 9 ? 1 : 0,
    createdTime: order.createdAt,
    paidTime: order.paidAt,
    updateTime: order.updatedAt,
    deliveryTime: order.shippedAt,
    finishTime: order.finishedAt,
    cancelTime: 0,
    receiverProvinceName: '浙江省',
    receiverCityName: '杭州市',
    receiverDistrictName: '西湖区',
    customerRemark: order.words,
    sellerRemark: '',
    sellerRemarkFlag: 1,
    expressTrackingNo: order.shippedAt > 0 ? 'SF1000000001' : '',
  }
}

export function orderDetail(order: Order, shop: Shop): Record<string, unknown> {
  return {
    ...orderBasic(order),
    shopId: shop.sellerId,
    shopName: shop.name,
    paymentType: 1,
    openAddressId: 'c0a80101',
    totalPayAmount: order.paid,
    totalShippingFree: 0,
    merchantActualReceiveAmount: order.paid,
    skuList: [
      {
        skuId: order.skuId,
        skuName: order.title,
        skuQuantity: order.quantity,
        totalPaidAmount: order.paid,
        skuAfterSaleStatus: 1,
      },
    ],
  }
}

const yuan = (fen: number) => fen / 100

export function afterSaleBasic(item: AfterSale): Record<string, unknown> {
  return {
    returnsId: item.id,
    orderId: item.orderId,
    returnType: item.type,
    status: item.status,
    applyTime: item.appliedAt,
    updatedAt: item.updatedAt,
    expireTime: item.appliedAt + 48 * 3_600_000,
    reasonNameZh: item.reason,
    desc: '',
    expectedRefundAmountYuan: yuan(item.amount),
  }
}

export function afterSaleDetail(item: AfterSale): Record<string, unknown> {
  return { ...afterSaleBasic(item), refundAmountYuan: yuan(item.amount), refundStatus: item.refundStatus }
}
