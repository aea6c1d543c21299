/** `/_control/channels/douyin-shop/…`: what buyers and the platform do. Amounts are fen. */
import { randomUUID } from 'node:crypto'
import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { refundReasons, type ShopPlan } from '../../world/catalog.ts'
import { openShops } from './assortment.ts'
import { advanceOrder, applyStep, nextStep, type OrderStep, orderSteps, placeOrder } from './lifecycle.ts'
import { makeOrder } from './make-order.ts'
import { pushAddressCheck } from './push.ts'
import { askRefund, changeRefundAmount, isOpen, returnGoods, withdrawRefund } from './refund.ts'
import {
  type AfterSale,
  addOrders,
  changeOrder,
  nowSeconds,
  type Order,
  savedOrders,
  shopChanged,
  shopState,
  storeOf,
} from './state.ts'

const base = 'channels/douyin-shop'
const mostAtOnce = 10_000
const mostInBulk = 500_000

export function registerShopControl(kernel: Kernel): void {
  kernel.control('POST', `${base}/orders`, (call) => createOrders(kernel, call))
  kernel.control('POST', `${base}/bulk`, (call) => createBulk(kernel, call))
  kernel.control('POST', `${base}/bulk/advance`, (call) => advanceBulk(kernel, call))
  kernel.control('POST', `${base}/advance`, (call) => advance(kernel, call))
  kernel.control('POST', `${base}/refunds`, (call) => requestRefund(kernel, call))
  kernel.control('POST', `${base}/refunds/:id/withdraw`, (call) => {
    const item = openRefund(kernel, call)
    withdrawRefund(kernel, item)
    return show(item)
  })
  kernel.control('POST', `${base}/refunds/:id/amount`, (call) => {
    const item = openRefund(kernel, call)
    changeRefundAmount(kernel, item, readFen(call.body.amount))
    return show(item)
  })
  kernel.control('POST', `${base}/refunds/:id/return`, (call) => {
    const item = openRefund(kernel, call)
    returnGoods(kernel, item)
    return show(item)
  })
  kernel.control('POST', `${base}/push-options`, (call) => setPushOptions(kernel, call))
  kernel.control('POST', `${base}/push-check`, () => {
    pushAddressCheck(kernel)
    return { sent: true }
  })
  kernel.control('POST', `${base}/authorize`, (call) => authorize(kernel, call))
}

/** `{count?, shop_id?, kind?, status?}` → `{order_ids}`; each order is placed and, unless status is 1, paid at once. */
function createOrders(kernel: Kernel, { body }: ControlCall): unknown {
  const plans = wantedPlans(kernel, body)
  const orders = Array.from({ length: readCount(body.count ?? 1, mostAtOnce) }, () =>
    makeOrder(kernel, { plan: kernel.random.pick(plans) }),
  )
  for (const order of orders) {
    placeOrder(kernel, order)
    if (body.status !== 1) advanceOrder(kernel, order, 'paid')
  }
  return { order_ids: orders.map((order) => order.id) }
}

/** `{count, shop_id?, days?}`: orders for load tests; in memory only, no pushes, not mirrored into the ERP. */
function createBulk(kernel: Kernel, { body }: ControlCall): unknown {
  const plans = wantedPlans(kernel, body)
  const count = readCount(body.count, mostInBulk)
  const seconds = readCount(body.days ?? 3, 89) * 86_400
  const first = nowSeconds(kernel) - seconds
  const orders = Array.from({ length: count }, (_, index) => {
    const createTime = first + Math.floor((index * seconds) / count)
    const order = makeOrder(kernel, { plan: kernel.random.pick(plans), createTime })
    applyStep(order, 'paid', createTime)
    return order
  })
  addOrders(kernel, orders, 'memory')
  return { created: count, update_time_start: first, update_time_end: nowSeconds(kernel) }
}

/** `{count}`: so many of the newest orders that can take their next step, for load tests; no pushes, only a pull shows it. */
function advanceBulk(kernel: Kernel, { body }: ControlCall): unknown {
  let left = readCount(body.count, mostInBulk)
  for (const order of [...storeOf(kernel).byId.values()].reverse()) {
    const step = nextStep(order)
    if (step === undefined) continue
    changeOrder(kernel, order, () => applyStep(order, step, nowSeconds(kernel)))
    left -= 1
    if (left === 0) break
  }
  return { advanced: Number(body.count) - left }
}

/** `{order_id?, to?}`: the order (or the newest that can) takes the step, by default the natural next one. */
function advance(kernel: Kernel, { body }: ControlCall): unknown {
  const to = body.to === undefined ? undefined : readStep(body.to)
  const order = body.order_id === undefined ? newestOpen(kernel) : orderOf(kernel, body.order_id)
  const step = to ?? nextStep(order)
  if (step === undefined || !advanceOrder(kernel, order, step)) {
    throw new ApiFailure(
      400,
      `order ${order.id} (status ${order.status}) cannot become ${step ?? 'anything else'}`,
    )
  }
  return { order_id: order.id, status: order.status, update_time: order.updateTime }
}

/** `{order_id?, amount?, type?, reason?}` → the case. Without order_id: the newest paid order without a case. */
function requestRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const order = body.order_id === undefined ? newestRefundable(kernel) : orderOf(kernel, body.order_id)
  if (order.payTime === 0)
    throw new ApiFailure(400, `order ${order.id} is not paid, there is nothing to refund`)
  const amount = body.amount === undefined ? undefined : readFen(body.amount)
  if (amount !== undefined && amount > order.payAmount) {
    throw new ApiFailure(400, `amount ${amount} fen is above what was paid (${order.payAmount} fen)`)
  }
  const type = body.type === undefined ? undefined : Number(body.type)
  if (type !== undefined && ![0, 1, 2].includes(type)) throw new ApiFailure(400, 'type must be 0, 1 or 2')
  const reason = typeof body.reason === 'string' ? body.reason : kernel.random.pick(refundReasons)
  return show(askRefund(kernel, { order, amount, type, reason }))
}

function show(item: AfterSale) {
  return {
    aftersale_id: item.id,
    order_id: item.orderId,
    shop_id: item.shopId,
    amount: item.amount,
    type: item.type,
    status: item.status,
    refund_status: item.refundStatus,
  }
}

function wantedPlans(kernel: Kernel, body: Record<string, unknown>): readonly ShopPlan[] {
  const plans = openShops(kernel).filter(
    (plan) =>
      (body.shop_id === undefined || plan.shopId === String(body.shop_id)) &&
      (body.kind === undefined || plan.kind === body.kind),
  )
  if (plans.length === 0) throw new ApiFailure(400, 'no shop has this shop_id and kind (voucher, goods)')
  return plans
}

function orderOf(kernel: Kernel, id: unknown): Order {
  const order = storeOf(kernel).byId.get(String(id))
  if (!order) throw new ApiFailure(404, `no order ${String(id)}`, { status: 404 })
  return order
}

function newestOpen(kernel: Kernel): Order {
  const order = savedOrders(kernel).findLast((one) => nextStep(one) !== undefined)
  if (!order) throw new ApiFailure(404, 'no order is left to advance', { status: 404 })
  return order
}

function newestRefundable(kernel: Kernel): Order {
  const order = savedOrders(kernel).findLast((one) => one.payTime > 0 && one.afterSale === null)
  if (!order) throw new ApiFailure(404, 'no paid order without an after-sale case', { status: 404 })
  return order
}

function openRefund(kernel: Kernel, { params }: ControlCall): AfterSale {
  const item = storeOf(kernel).afterSales.get(params.id ?? '')
  if (!item) throw new ApiFailure(404, `no after-sale case ${params.id ?? ''}`, { status: 404 })
  if (!isOpen(item)) throw new ApiFailure(400, `case ${item.id} is already decided (status ${item.status})`)
  return item
}

/** `{duplicate?: 0–1, reorder?: 0–1}` */
function setPushOptions(kernel: Kernel, { body }: ControlCall): unknown {
  const state = shopState(kernel)
  for (const name of ['duplicate', 'reorder'] as const) {
    const value = body[name]
    if (value === undefined) continue
    if (typeof value !== 'number' || !(value >= 0 && value <= 1))
      throw new ApiFailure(400, `${name} must be 0–1`)
    state.pushOptions[name] = value
  }
  shopChanged(kernel)
  return state.pushOptions
}

/** `{shop_id}` → `{code}`: what a merchant's consent page would hand over; valid for 10 minutes, once. */
function authorize(kernel: Kernel, { body }: ControlCall): unknown {
  const state = shopState(kernel)
  const shop = state.shops.find((one) => one.shopId === String(body.shop_id))
  if (!shop) throw new ApiFailure(404, `no shop ${String(body.shop_id)}`, { status: 404 })
  const code = randomUUID()
  state.codes.push({ code, shopId: shop.shopId, expiresAt: kernel.clock.now() + 600_000 })
  shopChanged(kernel)
  return { code }
}

function readStep(value: unknown): OrderStep {
  const step = orderSteps.find((one) => one === value)
  if (!step) throw new ApiFailure(400, `to must be one of: ${orderSteps.join(', ')}`)
  return step
}

function readCount(value: unknown, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most) {
    throw new ApiFailure(400, `must be a whole number from 1 to ${most}`)
  }
  return value
}

function readFen(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw new ApiFailure(400, 'amount must be a whole number of fen above 0')
  }
  return value
}
