/** Seven days of orders before the world begins. Nothing of it is pushed: only a pull shows it. */
import { applyStep, nextStep } from '../channels/douyin-shop/lifecycle.ts'
import { makeOrder } from '../channels/douyin-shop/make-order.ts'
import {
  type AfterSale,
  addAfterSale,
  addOrders,
  newPlatformId,
  nowSeconds,
  type Order,
} from '../channels/douyin-shop/state.ts'
import type { Kernel } from '../kernel/types.ts'
import { refundReasons, shopPlans } from './catalog.ts'

/** Orders of the seven days. */
export const historyOrders = 350
const hours = 7 * 24
const hourSeconds = 3_600

export function seedHistory(kernel: Kernel): void {
  const now = nowSeconds(kernel)
  const orders = orderTimes(kernel, now).map((createTime) => pastOrder(kernel, now, createTime))
  for (const order of orders) if (kernel.random.next() < 0.08) seedRefund(kernel, order, now)
  // Last, because the indexes are by the times the orders end up with.
  addOrders(kernel, orders, 'saved')
}

/** How busy each hour of a day in China is: asleep at night, a little at noon, live rooms in the evening. */
const busy = [3, 1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 10, 12, 9, 7, 7, 7, 8, 10, 14, 20, 22, 16, 8]

/** When the orders were placed, ascending: more in busy hours and at weekends, the last of them minutes ago. */
function orderTimes(kernel: Kernel, now: number): number[] {
  const last = now - 300
  const weights = Array.from({ length: hours }, (_, index) => {
    const local = new Date((last - (hours - index) * hourSeconds + 8 * hourSeconds) * 1000)
    const weekend = local.getUTCDay() === 0 || local.getUTCDay() === 6
    return (busy[local.getUTCHours()] ?? 1) * (weekend ? 1.4 : 1)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let hour = 0
  let passed = 0
  return Array.from({ length: historyOrders }, (_, index) => {
    const wanted = ((index + kernel.random.next()) * total) / historyOrders
    while (hour < hours - 1 && passed + (weights[hour] ?? 0) < wanted) {
      passed += weights[hour] ?? 0
      hour += 1
    }
    const share = Math.min(1, (wanted - passed) / (weights[hour] ?? 1))
    return Math.floor(last - (hours - hour - share) * hourSeconds)
  })
}

/** Lived through as many steps as its age and luck allow. */
function pastOrder(kernel: Kernel, now: number, createTime: number): Order {
  const order = makeOrder(kernel, { plan: kernel.random.pick(shopPlans), createTime })
  let at = createTime + kernel.random.int(5, 60)
  if (kernel.random.next() < 0.05) {
    if (at + 1800 < now) live(order, 'cancelled', at + 1800)
    return order
  }
  live(order, 'paid', at)
  for (let step = nextStep(order); step && kernel.random.next() < 0.7; step = nextStep(order)) {
    at += kernel.random.int(2, 40) * hourSeconds
    if (at >= now) break
    live(order, step, at)
  }
  return order
}

function live(order: Order, step: Parameters<typeof applyStep>[1], at: number): void {
  applyStep(order, step, at)
  order.updateTime = at
}

/** A refund that was asked for and settled within the history: most were paid back, some refused or withdrawn. */
function seedRefund(kernel: Kernel, order: Order, now: number): void {
  const open = order.status !== 5 && order.status !== 4 && order.payTime > 0
  const settledAt = order.updateTime + kernel.random.int(1, 6) * hourSeconds
  if (!open || settledAt >= now) return
  const luck = kernel.random.next()
  const status = luck < 0.7 ? 12 : luck < 0.85 ? 27 : 28
  const reason = kernel.random.pick(refundReasons)
  const item = settledCase(kernel, order, { status, reason, settledAt })
  addAfterSale(kernel, item)
  order.afterSale = { status, type: item.type, refundStatus: item.refundStatus }
  order.updateTime = settledAt
  if (status !== 12) return
  for (const certificate of order.certificates) certificate.status = 4
  order.status = 4
  order.cancelReason = '售后退款成功'
}

interface Settled {
  /** 12 paid back, 27 refused by the shop, 28 withdrawn by the buyer */
  status: 12 | 27 | 28
  reason: string
  /** s */
  settledAt: number
}

function settledCase(kernel: Kernel, order: Order, { status, reason, settledAt }: Settled): AfterSale {
  const applyTime = settledAt - 1_800
  const paid = status === 12
  const rejection = order.kind === 'goods' ? '商品已寄出，请收到后申请退货' : '券已预约，无法退款'
  const rejectReason = status === 27 ? rejection : ''
  const by = status === 28 ? 'buyer' : 'merchant'
  const what = paid ? 'agreed' : status === 27 ? 'refused' : 'withdrawn'
  return {
    id: newPlatformId(kernel),
    shopId: order.shopId,
    orderId: order.id,
    lineId: order.lineId,
    type: order.status === 3 ? 1 : 2,
    status,
    refundStatus: paid ? 3 : 1,
    amount: order.payAmount,
    realAmount: paid ? order.payAmount : 0,
    applyTime,
    updateTime: settledAt,
    deadline: applyTime + 2 * 86_400,
    refundTime: paid ? settledAt : 0,
    reason,
    reasonCode: 10_001,
    voucherCount: order.certificates.length,
    rejectReason,
    remark: '',
    log: [
      { at: applyTime, by: 'buyer', what: 'asked', note: reason },
      { at: settledAt - 60, by, what, note: rejectReason },
      ...(paid ? [{ at: settledAt, by: 'platform' as const, what: 'paid' as const, note: '' }] : []),
    ],
  }
}
