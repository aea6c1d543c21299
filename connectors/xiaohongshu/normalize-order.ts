import type { Order, OrderLine, OrderStatus } from '#src/contracts/canonical.ts'
import { masked } from '../kit/masked.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { type OrderRecord, orderRecord, type SkuRecord } from './order-record.ts'

/** Xiaohongshu docs: 订单状态. */
const statuses: Record<string, { status: OrderStatus; text: string }> = {
  '1': { status: 'unpaid', text: '待付款' },
  '2': { status: 'paid', text: '处理中' },
  '3': { status: 'paid', text: '清关中' },
  '4': { status: 'paid', text: '待发货' },
  '5': { status: 'partly-shipped', text: '部分发货' },
  '6': { status: 'shipped', text: '待收货' },
  '7': { status: 'completed', text: '已完成' },
  '8': { status: 'cancelled', text: '已关闭' },
  '9': { status: 'cancelled', text: '已取消' },
  '10': { status: 'shipped', text: '换货申请中' },
}

/** An order of Xiaohongshu, from its detail. @throws DataError naming the path of what is missing */
export function normalizeOrder(record: unknown, shopId: string): Order {
  const order = readRecord(orderRecord, record, '小红书订单')
  const known = statuses[order.orderStatus]
  const status = known?.status ?? 'unknown'
  return {
    platform: 'xiaohongshu',
    orderNo: order.orderId,
    shopId,
    kind: 'goods',
    status,
    statusText: known?.text ?? order.orderStatus,
    version: order.updateTime,
    times: timesOf(order, status),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(order),
    buyer: withoutUndefined({
      name: masked(order.receiverName),
      phone: masked(order.receiverPhone),
      id: order.userId,
      words: words(order.customerRemark),
    }),
    ...withoutUndefined({ sellerWords: words(order.sellerRemark) }),
    lines: order.skuList.map((sku, index) => lineOf(sku, order.skuList.slice(0, index))),
    vouchers: [],
    live: {},
  }
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

function timesOf(order: OrderRecord, status: OrderStatus): Order['times'] {
  return {
    created: order.createdTime,
    ...withoutUndefined({
      paid: order.paidTime,
      shipped: order.deliveryTime,
      completed: status === 'completed' ? (order.finishTime ?? order.updateTime) : undefined,
      cancelled: status === 'cancelled' ? (order.cancelTime ?? order.updateTime) : undefined,
    }),
    updated: order.updateTime,
  }
}

/** UNVERIFIED: totalPayAmount includes the freight and has both discounts taken off. */
function amountsOf(order: OrderRecord): Order['amounts'] {
  const sellerDiscount = order.totalMerchantDiscount ?? 0
  const platformDiscount = order.totalRedDiscount ?? 0
  return {
    total: order.totalPayAmount + sellerDiscount + platformDiscount,
    paid: order.paidTime === undefined ? 0 : order.totalPayAmount,
    freight: order.totalShippingFree ?? 0,
    platformDiscount,
    sellerDiscount,
  }
}

/** Lines have no number of their own: the SKU's, counted up when it comes again. */
function lineOf(sku: SkuRecord, earlier: readonly SkuRecord[]): OrderLine {
  const paid = sku.totalPaidAmount ?? 0
  const again = earlier.filter((one) => one.skuId === sku.skuId).length
  return {
    lineId: again === 0 ? sku.skuId : `${sku.skuId}-${again + 1}`,
    productId: sku.itemId ?? sku.skuId,
    title: sku.skuName ?? '',
    quantity: sku.skuQuantity ?? 1,
    amount: paid + (sku.totalMerchantDiscount ?? 0) + (sku.totalRedDiscount ?? 0),
    paid,
    ...withoutUndefined({
      sku: sku.skuSpec,
      refundState: sku.skuAfterSaleStatus === '1' ? undefined : sku.skuAfterSaleStatus,
    }),
  }
}
