/** What happens to an after-sale case: asked for, changed, withdrawn, agreed, refused, paid back. */
import type { Kernel } from '../../kernel/types.ts'
import { countRefundExecution } from '../refund-executions.ts'
import { tellOrderChange } from './order-listeners.ts'
import { pushRefund } from './push.ts'
import {
  type AfterSale,
  addAfterSale,
  changeAfterSale,
  changeOrder,
  family,
  newPlatformId,
  noteAfterSale,
  nowSeconds,
  type Order,
  savedAfterSales,
  storeOf,
} from './state.ts'

export const statuses = { asked: 6, returning: 7, returned: 11, done: 12, refused: 27, failed: 28 } as const

const refundTakesMs = 4_000
const daySeconds = 86_400

export interface RefundWish {
  order: Order
  /** fen; default what was paid */
  amount?: number
  /** default: 仅退款, before or after shipping as the order stands */
  type?: number
  reason: string
}

export function askRefund(kernel: Kernel, wish: RefundWish): AfterSale {
  const { order } = wish
  const now = nowSeconds(kernel)
  const shipped = order.status === 3 || order.status === 5
  const item: AfterSale = {
    id: newPlatformId(kernel),
    shopId: order.shopId,
    orderId: order.id,
    lineId: order.lineId,
    type: wish.type ?? (shipped ? 1 : 2),
    status: statuses.asked,
    refundStatus: 1,
    amount: wish.amount ?? order.payAmount,
    realAmount: 0,
    applyTime: now,
    updateTime: now,
    deadline: now + 2 * daySeconds,
    refundTime: 0,
    reason: wish.reason,
    reasonCode: 10_000 + (wish.reason.length % 50),
    voucherCount: order.certificates.length,
    rejectReason: '',
    remark: '',
  }
  noteAfterSale(kernel, item, { by: 'buyer', what: 'asked', note: wish.reason })
  addAfterSale(kernel, item)
  showOnOrder(kernel, item)
  pushRefund(kernel, item, 'requested')
  return item
}

/** Whether the buyer or the shop may still change its mind. */
export function isOpen(item: AfterSale): boolean {
  return (
    item.refundStatus === 1 &&
    ([statuses.asked, statuses.returning, statuses.returned] as number[]).includes(item.status)
  )
}

/** The buyer takes it back: status 28 while refund_status stays 1, as the platform's own field notes say. */
export function withdrawRefund(kernel: Kernel, item: AfterSale): void {
  changeAfterSale(kernel, item, () => {
    item.status = statuses.failed
    noteAfterSale(kernel, item, { by: 'buyer', what: 'withdrawn', note: '' })
  })
  showOnOrder(kernel, item)
  pushRefund(kernel, item, 'closed')
}

export function changeRefundAmount(kernel: Kernel, item: AfterSale, amount: number): void {
  changeAfterSale(kernel, item, () => {
    item.amount = amount
    noteAfterSale(kernel, item, { by: 'buyer', what: 'amount', note: '' })
  })
  const order = storeOf(kernel).byId.get(item.orderId)
  if (order) tellOrderChange(kernel, order)
  pushRefund(kernel, item, 'modified')
}

/** The buyer has sent the goods back; the shop must now agree to pay. */
export function returnGoods(kernel: Kernel, item: AfterSale): void {
  changeAfterSale(kernel, item, () => {
    item.status = statuses.returned
    noteAfterSale(kernel, item, { by: 'buyer', what: 'returned', note: '' })
  })
  showOnOrder(kernel, item)
}

export function agreeReturn(kernel: Kernel, item: AfterSale): void {
  changeAfterSale(kernel, item, () => {
    item.status = statuses.returning
    noteAfterSale(kernel, item, { by: 'merchant', what: 'return_agreed', note: '' })
  })
  showOnOrder(kernel, item)
  pushRefund(kernel, item, 'returnAgreed')
}

export function refuseRefund(kernel: Kernel, item: AfterSale, reason: string): void {
  changeAfterSale(kernel, item, () => {
    item.status = statuses.refused
    noteAfterSale(kernel, item, { by: 'merchant', what: 'refused', note: reason })
    item.rejectReason = reason
  })
  showOnOrder(kernel, item)
  pushRefund(kernel, item, 'refused')
}

/** Agreed: the money leaves now (refund_status 2) and arrives a few seconds later (3). Counted as executed here. */
export function executeRefund(kernel: Kernel, item: AfterSale): void {
  changeAfterSale(kernel, item, () => {
    item.status = statuses.done
    noteAfterSale(kernel, item, { by: 'merchant', what: 'agreed', note: '' })
    item.refundStatus = 2
  })
  countRefundExecution(kernel, {
    system: family,
    refund_no: item.id,
    order_no: item.orderId,
    amount: item.amount,
  })
  showOnOrder(kernel, item)
  pushRefund(kernel, item, 'agreed')
  kernel.clock.after(refundTakesMs, () => completeRefund(kernel, item))
}

/** After a restart: refunds on their way arrive as well. */
export function resumeRefunds(kernel: Kernel): void {
  for (const item of savedAfterSales(kernel)) {
    if (item.refundStatus === 2) kernel.clock.after(refundTakesMs, () => completeRefund(kernel, item))
  }
}

function completeRefund(kernel: Kernel, item: AfterSale): void {
  if (item.refundStatus !== 2) return
  changeAfterSale(kernel, item, () => {
    item.refundStatus = 3
    item.realAmount = item.amount
    noteAfterSale(kernel, item, { by: 'platform', what: 'paid', note: '' })
    item.refundTime = nowSeconds(kernel)
  })
  const order = storeOf(kernel).byId.get(item.orderId)
  if (order) changeOrder(kernel, order, () => settleOrder(order, item))
  showOnOrder(kernel, item)
  pushRefund(kernel, item, 'succeeded')
}

/** A full refund ends an order that was not finished yet; its unused certificates are worth nothing any more. */
function settleOrder(order: Order, item: AfterSale): void {
  if (item.amount < order.payAmount) return
  for (const certificate of order.certificates) if (certificate.status !== 3) certificate.status = 4
  if (order.status === 5) return
  order.status = 4
  order.cancelReason = '售后退款成功'
}

function showOnOrder(kernel: Kernel, item: AfterSale): void {
  const order = storeOf(kernel).byId.get(item.orderId)
  if (!order) return
  changeOrder(kernel, order, () => {
    order.afterSale = { status: item.status, type: item.type, refundStatus: item.refundStatus }
  })
  tellOrderChange(kernel, order)
}
