/** Orders and after-sales as the platform writes them: fen, seconds, 0 for never. */
import type { Certificate, Order, Refund } from './state.ts'

const seconds = (ms: number | null) => (ms === null ? 0 : Math.floor(ms / 1000))

export function orderWire(order: Order, accountName: string): object {
  return {
    order_id: order.id,
    order_status: order.status,
    order_type: 1,
    sku_id: '1765432109876543',
    sku_name: order.skuName,
    count: order.certificates.length,
    original_amount: order.amount,
    discount_amount: order.discount,
    pay_amount: order.amount - order.discount,
    amount_info: { platform_discount_amount: order.discount, merchant_discount_amount: 0 },
    create_order_time: seconds(order.createdAt),
    pay_time: seconds(order.paidAt),
    update_order_time: seconds(order.modifiedAt),
    open_id: `_000v${order.id.slice(-8)}`,
    contacts: [{ name: '李*', phone: '138****2046' }],
    merchant_info: { account_id: order.accountId, account_name: accountName },
    certificate: order.certificates.map(certificateWire),
  }
}

const certificateWire = (one: Certificate) => ({
  certificate_id: one.id,
  order_item_id: one.itemId,
  item_status: one.status,
  item_update_time: seconds(one.changedAt),
  refund_amount: one.refundAmount,
  refund_time: seconds(one.refundedAt),
})

export function refundWire(refund: Refund, code: string): object {
  const done = refund.status === 50
  return {
    after_sale_id: refund.id,
    order_id: refund.orderId,
    status: refund.status,
    refund_amount: refund.amount,
    total_refund_amount: refund.amount,
    real_refund_amount: done ? refund.amount : 0,
    create_time: seconds(refund.createdAt),
    update_time: seconds(refund.modifiedAt),
    complete_time: seconds(refund.completedAt),
    reason: { reason_code: [101], desc: refund.reason },
    reject_reason: '',
    refund_info_list: [{ certificate_id: refund.certificateId, code, refund_status: refund.status }],
  }
}
