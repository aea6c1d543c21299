/** What happens to an order: placed, paid, shipped or booked, verified or finished, cancelled, expired. */
import type { Kernel } from '../../kernel/types.ts'
import { tellOrderChange } from './order-listeners.ts'
import { type OrderTag, pushOrder } from './push.ts'
import { addOrders, changeOrder, nowSeconds, type Order } from './state.ts'

export type OrderStep = 'paid' | 'booked' | 'shipped' | 'verified' | 'finished' | 'cancelled' | 'expired'

export const orderSteps: readonly OrderStep[] = [
  'paid',
  'booked',
  'shipped',
  'verified',
  'finished',
  'cancelled',
  'expired',
]

const daySeconds = 86_400

/** Puts a new order on sale's record and announces it. */
export function placeOrder(kernel: Kernel, order: Order): void {
  addOrders(kernel, [order], 'saved')
  pushOrder(kernel, order, 'created')
  tellOrderChange(kernel, order)
}

/** The step that naturally comes next, or undefined when the order has ended. */
export function nextStep(order: Order): OrderStep | undefined {
  const voucher = order.kind === 'voucher'
  if (order.status === 1) return 'paid'
  if (order.status === 105 || order.status === 2) return voucher ? 'booked' : 'shipped'
  if (order.status === 3 || order.status === 101) return voucher ? 'verified' : 'finished'
  return undefined
}

/** false when the step makes no sense for the order as it is; nothing changes then. */
export function advanceOrder(kernel: Kernel, order: Order, step: OrderStep): boolean {
  if (!isPossible(order, step)) return false
  changeOrder(kernel, order, () => applyStep(order, step, nowSeconds(kernel)))
  const tag = tags[step]
  if (tag) pushOrder(kernel, order, tag)
  tellOrderChange(kernel, order)
  return true
}

/** Nothing is pushed when a certificate expires; only a pull shows it. */
const tags: Record<OrderStep, OrderTag | undefined> = {
  paid: 'paid',
  booked: 'shipped',
  shipped: 'shipped',
  verified: 'finished',
  finished: 'finished',
  cancelled: 'cancelled',
  expired: undefined,
}

/** Whether the step makes sense for the order as it is. */
export function isPossible(order: Order, step: OrderStep): boolean {
  const voucher = order.kind === 'voucher'
  const paid = [105, 2, 101, 3].includes(order.status)
  switch (step) {
    case 'paid':
      return order.status === 1
    case 'booked':
      return voucher && (order.status === 105 || order.status === 2)
    case 'shipped':
      return !voucher && (order.status === 105 || order.status === 2)
    case 'verified':
      return voucher && paid
    case 'finished':
      return order.status === 3
    case 'cancelled':
      return order.status === 1
    case 'expired':
      return voucher && paid
  }
}

/**
 * UNVERIFIED: which order status a voucher order has while its certificates are booked; modelled as 已发货, because
 * an electronic voucher counts as delivered, and 已完成 once all certificates are used.
 */
export function applyStep(order: Order, step: OrderStep, at: number): void {
  switch (step) {
    case 'paid':
      order.status = order.kind === 'voucher' ? 2 : 105
      order.payTime = at
      return
    case 'booked':
      order.status = 3
      order.shipTime = at
      order.bookedFor = at - (at % daySeconds) + daySeconds * (7 + (at % 40))
      mark(order, 1, 2)
      return
    case 'shipped':
      order.status = 3
      order.shipTime = at
      return
    case 'verified':
      mark(order, 1, 3)
      mark(order, 2, 3)
      order.status = 5
      order.finishTime = at
      return
    case 'finished':
      order.status = 5
      order.finishTime = at
      return
    case 'cancelled':
      order.status = 4
      order.cancelReason = '超时未支付'
      return
    case 'expired':
      mark(order, 1, 5)
      mark(order, 2, 5)
  }
}

function mark(order: Order, from: 1 | 2, to: 2 | 3 | 5): void {
  for (const certificate of order.certificates) if (certificate.status === from) certificate.status = to
}
