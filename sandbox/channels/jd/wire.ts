/** Orders and refunds as the platform writes them: yuan text or fen, GMT+8 text, the year 0001 for never. */
import { int64 } from '../big-json.ts'
import { goodsOf, type Order, paidOf, type Refund } from './state.ts'

const yuan = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
const never = '0001-01-01 00:00:00'

export function gmt8(ms: number | null): string {
  return ms === null ? never : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** NaN for anything that is no such text; milliseconds and zone as in the published sample are accepted. */
export function msOfGmt8(text: string): number {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3}\+0800)?$/.test(text)
    ? Date.parse(`${text.slice(0, 19).replace(' ', 'T')}+08:00`)
    : Number.NaN
}

type Wire = Record<string, unknown>

export function orderWire(order: Order): Wire {
  return {
    orderId: order.id,
    venderId: order.shopId,
    orderState: order.status,
    orderTotalPrice: yuan(goodsOf(order)),
    actualPay: yuan(paidOf(order)),
    shouldPay: yuan(paidOf(order)),
    freightPrice: yuan(order.freight),
    sellerDiscount: yuan(order.discount),
    payType: '4-在线支付',
    orderStartTime: gmt8(order.createdAt),
    paymentConfirmTime: gmt8(order.paidAt),
    orderEndTime: gmt8(order.endedAt),
    modified: gmt8(order.modifiedAt),
    orderRemark: order.buyerWords,
    venderRemark: '',
    consigneeInfo: {
      fullname: '李**',
      telephone: '138****2046',
      mobile: '138****2046',
      fullAddress: '上海浦东新区****',
    },
    itemInfoList: order.lines.map((line) => ({
      skuId: line.skuId,
      wareId: line.wareId,
      skuName: line.name,
      itemTotal: String(line.quantity),
      jdPrice: yuan(line.price),
    })),
  }
}

/** Only the fields that were asked for. */
export function chosen(wire: Wire, fields: string): Wire {
  const names = new Set(fields.split(',').map((name) => name.trim()))
  return Object.fromEntries(Object.entries(wire).filter(([name]) => names.has(name)))
}

export function refundWire(refund: Refund): Wire {
  return {
    id: int64(refund.id),
    orderId: int64(refund.orderId),
    buyerId: 'jd_4f0c1a',
    buyerName: '李**',
    applyTime: gmt8(refund.appliedAt),
    applyRefundSum: refund.amount,
    status: refund.status,
    checkTime: gmt8(refund.checkedAt),
    reason: refund.reason,
  }
}
