/** Orders and refunds as the platform writes them: yuan, GMT+8 text, 64-bit numbers, sealed and masked receivers. */
import { int64 } from '../big-json.ts'
import type { Order, Refund } from './state.ts'

/** A bare number, as generated SDK models expect it. */
const yuan = (fen: number) => fen / 100
const yuanText = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

export function gmt8(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

const optionalGmt8 = (ms: number | null) => (ms === null ? null : gmt8(ms))

type Wire = Record<string, unknown>

export function orderWire(order: Order): Wire {
  return {
    order_sn: order.sn,
    order_status: order.status,
    refund_status: order.refundStatus,
    after_sales_status: 0,
    confirm_status: order.confirmStatus,
    group_status: order.confirmStatus,
    pay_amount: yuan(order.price - order.platformDiscount),
    goods_amount: yuan(order.price),
    discount_amount: yuan(order.platformDiscount),
    platform_discount: yuan(order.platformDiscount),
    seller_discount: 0,
    postage: 0,
    pay_type: 'WEIXIN',
    created_time: gmt8(order.createdAt),
    confirm_time: optionalGmt8(order.paidAt),
    pay_time: optionalGmt8(order.paidAt),
    shipping_time: optionalGmt8(order.shippedAt),
    receive_time: optionalGmt8(order.receivedAt),
    updated_at: gmt8(order.modifiedAt),
    receiver_name: `~AgAAAA${order.sn.slice(-8)}~`,
    receiver_name_mask: '李**',
    receiver_phone: `$AgAAAA${order.sn.slice(-8)}$`,
    receiver_phone_mask: '138****2046',
    buyer_memo: order.buyerWords,
    remark: '',
    item_list: [
      {
        goods_id: int64(order.goodsId),
        goods_name: order.goodsName,
        goods_count: 1,
        goods_price: yuan(order.price),
        goods_spec: '默认',
        sku_id: int64(order.skuId),
        outer_id: '',
        outer_goods_id: '',
      },
    ],
  }
}

export function listedRefundWire(refund: Refund): Wire {
  return {
    id: int64(refund.id),
    order_sn: refund.orderSn,
    after_sales_type: refund.type,
    after_sales_status: refund.status,
    refund_amount: yuanText(refund.amount),
    order_amount: yuanText(refund.amount),
    discount_amount: '0.00',
    created_time: gmt8(refund.createdAt),
    updated_time: gmt8(refund.modifiedAt),
    after_sale_reason: refund.reason,
    goods_number: '1',
    speed_refund_flag: 0,
  }
}

const hoursToDecide = 48

/** The detail counts types from 1, money in fen and times in ms, unlike the list. */
export function refundWire(refund: Refund): Wire {
  const isOpen = refund.status === 2 || refund.status === 3
  return {
    id: int64(refund.id),
    order_sn: refund.orderSn,
    after_sales_type: refund.type - 1,
    after_sales_status: refund.status,
    refund_amount: refund.amount,
    order_amount: refund.amount,
    discount_amount: 0,
    recreated_at: refund.createdAt,
    updated_time: gmt8(refund.modifiedAt),
    expire_time: isOpen ? refund.createdAt + hoursToDecide * 3_600_000 : null,
    after_sales_reason: refund.reason,
    goods_number: 1,
    goods_price: refund.amount,
    shipping_status: 0,
    speed_refund_flag: 0,
  }
}
