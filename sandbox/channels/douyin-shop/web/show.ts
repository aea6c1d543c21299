/** The shop's records as its back office shows them. */
import type { Kernel } from '../../../kernel/types.ts'
import type { WebAfterSale, WebOrderLine, WebPush } from '../../web/shapes.ts'
import type { PushRecord } from '../push-record.ts'
import { isOpen, statuses } from '../refund.ts'
import { type AfterSale, type Order, shopState, storeOf } from '../state.ts'

export function shopName(kernel: Kernel, shopId: string): string {
  return shopState(kernel).shops.find((shop) => shop.shopId === shopId)?.name ?? shopId
}

export function orderLine(kernel: Kernel, order: Order): WebOrderLine {
  return {
    order_id: order.id,
    shop_id: order.shopId,
    shop_name: shopName(kernel, order.shopId),
    kind: order.kind,
    product: order.productName,
    spec: order.spec,
    quantity: order.quantity,
    pay_amount: order.payAmount,
    status: order.status,
    created_at: order.createTime * 1000,
    buyer: order.buyer.receiver,
    after_sale: order.afterSale?.status ?? null,
  }
}

export function afterSaleView(kernel: Kernel, item: AfterSale): WebAfterSale {
  return {
    id: item.id,
    order_id: item.orderId,
    shop_id: item.shopId,
    product: storeOf(kernel).byId.get(item.orderId)?.productName ?? '',
    type: item.type,
    status: item.status,
    refund_status: item.refundStatus,
    amount: item.amount,
    reason: item.reason,
    applied_at: item.applyTime * 1000,
    deadline: item.deadline * 1000,
    steps: (item.log ?? []).map((entry) => ({ ...entry, at: entry.at * 1000 })),
    open: isOpen(item),
    may_return: item.status === statuses.returning,
  }
}

export function pushView({ id, at, url, headers, messages, attempts }: PushRecord): WebPush {
  return {
    id,
    at,
    url,
    headers,
    messages: [...messages],
    attempts: attempts.map(({ nextAt, status, ...attempt }) => ({
      ...attempt,
      status: status ?? null,
      next_at: nextAt,
    })),
  }
}
