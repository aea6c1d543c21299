/** Three days of orders before the world begins. Nothing of it is pushed: only a pull shows it. */
import { applyStep, nextStep } from '../channels/douyin-shop/lifecycle.ts'
import { makeOrder } from '../channels/douyin-shop/make-order.ts'
import {
  addAfterSale,
  addOrders,
  newPlatformId,
  nowSeconds,
  type Order,
} from '../channels/douyin-shop/state.ts'
import type { Kernel } from '../kernel/types.ts'
import { refundReasons, shopPlans } from './catalog.ts'

const orderCount = 250
const spanSeconds = 3 * 86_400
const hourSeconds = 3_600

export function seedHistory(kernel: Kernel): void {
  const now = nowSeconds(kernel)
  const orders = Array.from({ length: orderCount }, (_, index) => pastOrder(kernel, now, index))
  for (const order of orders) if (kernel.random.next() < 0.06) seedRefund(kernel, order, now)
  // Last, because the indexes are by the times the orders end up with.
  addOrders(kernel, orders, 'saved')
}

/** Placed at its share of the three days, then lived through as many steps as its age and luck allow. */
function pastOrder(kernel: Kernel, now: number, index: number): Order {
  const createTime =
    now - spanSeconds + Math.floor((index * (spanSeconds - 300)) / orderCount) + kernel.random.int(0, 200)
  const order = makeOrder(kernel, { plan: kernel.random.pick(shopPlans), createTime })
  let at = createTime + kernel.random.int(5, 60)
  if (kernel.random.next() < 0.05) {
    if (at + 1800 < now) live(order, 'cancelled', at + 1800)
    return order
  }
  live(order, 'paid', at)
  for (let step = nextStep(order); step && kernel.random.next() < 0.6; step = nextStep(order)) {
    at += kernel.random.int(2, 30) * hourSeconds
    if (at >= now) break
    live(order, step, at)
  }
  return order
}

function live(order: Order, step: Parameters<typeof applyStep>[1], at: number): void {
  applyStep(order, step, at)
  order.updateTime = at
}

/** A refund that was asked for, agreed and paid back within the history. */
function seedRefund(kernel: Kernel, order: Order, now: number): void {
  const open = order.status !== 5 && order.status !== 4 && order.payTime > 0
  const refundedAt = order.updateTime + kernel.random.int(1, 6) * hourSeconds
  if (!open || refundedAt >= now) return
  const type = order.status === 3 ? 1 : 2
  addAfterSale(kernel, {
    id: newPlatformId(kernel),
    shopId: order.shopId,
    orderId: order.id,
    lineId: order.lineId,
    type,
    status: 12,
    refundStatus: 3,
    amount: order.payAmount,
    realAmount: order.payAmount,
    applyTime: refundedAt - 1_800,
    updateTime: refundedAt,
    deadline: refundedAt + 2 * 86_400,
    refundTime: refundedAt,
    reason: kernel.random.pick(refundReasons),
    reasonCode: 10_001,
    voucherCount: order.certificates.length,
    rejectReason: '',
    remark: '',
  })
  order.afterSale = { status: 12, type, refundStatus: 3 }
  for (const certificate of order.certificates) certificate.status = 4
  order.status = 4
  order.updateTime = refundedAt
  order.cancelReason = '售后退款成功'
}
