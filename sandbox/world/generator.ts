/** Keeps the demo alive: new orders, orders moving on, now and then a refund. Paced by `settings.ordersPerMinute`. */
import { openShops } from '../channels/douyin-shop/assortment.ts'
import { advanceOrder, nextStep, placeOrder } from '../channels/douyin-shop/lifecycle.ts'
import { makeOrder } from '../channels/douyin-shop/make-order.ts'
import { askRefund, isOpen, statuses, withdrawRefund } from '../channels/douyin-shop/refund.ts'
import { type Order, savedAfterSales, savedOrders } from '../channels/douyin-shop/state.ts'
import { orderBySoId } from '../erp/jushuitan/orders.ts'
import { registerRefund } from '../erp/jushuitan/refunds.ts'
import { erpState } from '../erp/jushuitan/state.ts'
import type { Kernel } from '../kernel/types.ts'
import { refundReasons } from './catalog.ts'

const tickMs = 1_000
const hourMs = 3_600_000
/** Made per second of real time before a clock that is being moved forward starts to skip hours. */
const mostOrders = 200
const mostTicks = 3_000
const recent = 300

interface Pace {
  /** of real time */
  second: number
  orders: number
  ticks: number
  /** orders that should have been placed by now; a fraction waits for the next tick */
  owed: number
  /** sandbox ms of the last tick */
  last: number
}

/** Starts the endless story; every tick books the next one on the sandbox's clock and reads the speed anew. */
export function startGenerator(kernel: Kernel): void {
  const pace: Pace = { second: 0, orders: 0, ticks: 0, owed: 0, last: kernel.clock.now() }
  const tick = () => {
    const perMinute = kernel.settings.ordersPerMinute
    for (let due = ordersDue(kernel, pace, perMinute); due > 0; due--) liveOn(kernel)
    const wait = perMinute > 0 ? Math.min(tickMs, 60_000 / perMinute) : tickMs
    kernel.clock.after(isRushed(pace) ? hourMs : wait, tick)
  }
  kernel.clock.after(tickMs, tick)
}

/** What was skipped while the clock ran away is not made up for. */
function ordersDue(kernel: Kernel, pace: Pace, perMinute: number): number {
  const second = Math.floor(Date.now() / 1000)
  if (second !== pace.second) Object.assign(pace, { second, orders: 0, ticks: 0 })
  pace.ticks += 1
  const elapsed = Math.min(kernel.clock.now() - pace.last, 2 * tickMs)
  pace.last = kernel.clock.now()
  pace.owed += (elapsed * perMinute) / 60_000
  const due = isRushed(pace) ? 0 : Math.floor(pace.owed)
  pace.owed -= Math.floor(pace.owed)
  pace.orders += due
  return due
}

/** Moving the clock by weeks must not make a hundred thousand orders. */
function isRushed(pace: Pace): boolean {
  return pace.orders > mostOrders || pace.ticks > mostTicks
}

/** One turn: an order is placed and paid, two others move on, sometimes money is asked back. */
function liveOn(kernel: Kernel): void {
  const { random } = kernel
  const shops = openShops(kernel)
  if (shops.length === 0) return
  const order = makeOrder(kernel, { plan: random.pick(shops) })
  placeOrder(kernel, order)
  if (random.next() < 0.92) advanceOrder(kernel, order, 'paid')
  moveOn(kernel)
  moveOn(kernel)
  if (random.next() < 0.06) askSomething(kernel)
  if (random.next() < 0.03) askInErp(kernel)
  if (random.next() < 0.01) changeMind(kernel)
}

function moveOn(kernel: Kernel): void {
  const order = someOrder(kernel, (one) => one.afterSale === null)
  const step = order && nextStep(order)
  if (order && step) advanceOrder(kernel, order, step)
}

function askSomething(kernel: Kernel): void {
  const order = someOrder(kernel, isRefundable)
  if (!order || hasErpRefund(kernel, order)) return
  const partial = order.quantity > 1 && kernel.random.next() < 0.5
  askRefund(kernel, {
    order,
    amount: partial ? Math.floor(order.payAmount / order.quantity) : undefined,
    type: order.kind === 'goods' && order.status === 3 && kernel.random.next() < 0.5 ? 0 : undefined,
    reason: kernel.random.pick(refundReasons),
  })
}

function askInErp(kernel: Kernel): void {
  const order = someOrder(kernel, isRefundable)
  const mirrored = order && orderBySoId(kernel, order.id)
  if (!order || !mirrored || hasErpRefund(kernel, order)) return
  registerRefund(kernel, {
    order: mirrored,
    amount: order.payAmount,
    reason: kernel.random.pick(refundReasons),
    creator: kernel.random.pick(['林小夏', '周宁', '陈果']),
  })
}

function changeMind(kernel: Kernel): void {
  const item = savedAfterSales(kernel).findLast((one) => isOpen(one) && one.status === statuses.asked)
  if (item) withdrawRefund(kernel, item)
}

function isRefundable(order: Order): boolean {
  return order.payTime > 0 && order.afterSale === null && order.status !== 4 && order.status !== 5
}

function hasErpRefund(kernel: Kernel, order: Order): boolean {
  return erpState(kernel).refunds.some((refund) => refund.soId === order.id)
}

/** One of the latest few hundred orders, if the one drawn fits. */
function someOrder(kernel: Kernel, fits: (order: Order) => boolean): Order | undefined {
  const orders = savedOrders(kernel)
  if (orders.length === 0) return undefined
  const order = orders[kernel.random.int(Math.max(0, orders.length - recent), orders.length - 1)]
  return order && fits(order) ? order : undefined
}
