/** What customers do, and what the shop does with its orders, from the pages of the back office. */
import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import type { Product, ShopPlan } from '../../../world/catalog.ts'
import { openShops } from '../assortment.ts'
import { advanceOrder, orderSteps, placeOrder } from '../lifecycle.ts'
import { makeOrder, type OrderWish } from '../make-order.ts'
import { askRefund, isOpen, returnGoods, statuses, withdrawRefund } from '../refund.ts'
import { type AfterSale, type Order, storeOf } from '../state.ts'
import { mayRefund, wantedOrder } from './read.ts'

const mostPieces = 99
const mostAtOnce = 20
const longestWords = 200

export function registerShopActs(kernel: Kernel): void {
  kernel.web('POST', 'shop-orders', (call) => as(kernel, call, buy))
  kernel.web('POST', 'shop-orders/:order/steps', (call) => as(kernel, call, takeStep))
  kernel.web('POST', 'shop-orders/:order/refunds', (call) => as(kernel, call, wantRefund))
  kernel.web('POST', 'after-sales/:id/withdraw', (call) => as(kernel, call, withdraw))
  kernel.web('POST', 'after-sales/:id/return', (call) => as(kernel, call, sendBack))
}

function as<T>(kernel: Kernel, call: WebCall, act: (kernel: Kernel, call: WebCall) => T): T {
  personOf(kernel, call)
  return act(kernel, call)
}

/** `{shop_id, product_id, quantity?, buyer_words?, paid?, count?}` → `{order_ids}` */
function buy(kernel: Kernel, { body }: WebCall): { order_ids: string[] } {
  const { plan, product } = readProduct(kernel, body)
  const quantity = readWhole(body.quantity ?? 1, mostPieces, '数量 quantity')
  const count = readWhole(body.count ?? 1, mostAtOnce, '订单数 count')
  const buyerWords = readWords(body.buyer_words, '买家留言 buyer words')
  const orders = Array.from({ length: count }, () =>
    buyByHand(kernel, { plan, product, quantity, buyerWords }, body.paid !== false),
  )
  return { order_ids: orders.map((order) => order.id) }
}

/** A person buys: the order is placed, paid unless they wait with that, and remembered as placed by hand. */
export function buyByHand(kernel: Kernel, wish: OrderWish, paid = true): Order {
  const order = { ...makeOrder(kernel, wish), placedAt: kernel.clock.now() }
  placeOrder(kernel, order)
  if (paid) advanceOrder(kernel, order, 'paid')
  return order
}

function readProduct(kernel: Kernel, body: Record<string, unknown>): { plan: ShopPlan; product: Product } {
  const plan = openShops(kernel).find((one) => one.shopId === body.shop_id)
  const product = plan?.products.find((one) => one.productId === body.product_id)
  if (!plan || !product) throw new ApiFailure(400, '请选择店铺里的一件商品 choose something the shop sells')
  return { plan, product }
}

function takeStep(kernel: Kernel, { params, body }: WebCall): { status: number } {
  const order = wantedOrder(kernel, params.order)
  const step = orderSteps.find((one) => one === body.step)
  if (!step || !advanceOrder(kernel, order, step))
    throw new ApiFailure(400, '订单现在的状态不能这样操作 the order cannot do that now')
  return { status: order.status }
}

/** `{type, amount, reason}`; at most one open case per order, and never more than was paid. */
function wantRefund(kernel: Kernel, { params, body }: WebCall): { id: string } {
  const order = wantedOrder(kernel, params.order)
  if (!mayRefund(order)) throw new ApiFailure(400, '这个订单现在不能申请退款 no refund is possible now')
  const type = [0, 1, 2].find((one) => one === body.type)
  if (type === undefined) throw new ApiFailure(400, '请选择退款类型 choose what kind of refund')
  const amount = readWhole(body.amount, order.payAmount, '退款金额（不超过实付）amount')
  const reason = readWords(body.reason, '退款原因 reason')
  if (reason === '') throw new ApiFailure(400, '请填写退款原因 a reason is needed')
  return { id: askRefund(kernel, { order, type, amount, reason }).id }
}

function withdraw(kernel: Kernel, call: WebCall): { id: string } {
  const item = openCase(kernel, call)
  withdrawRefund(kernel, item)
  return { id: item.id }
}

function sendBack(kernel: Kernel, call: WebCall): { id: string } {
  const item = openCase(kernel, call)
  if (item.status !== statuses.returning)
    throw new ApiFailure(400, '商家还没有同意退货 the shop has not agreed to a return')
  returnGoods(kernel, item)
  return { id: item.id }
}

function openCase(kernel: Kernel, { params }: WebCall): AfterSale {
  const item = storeOf(kernel).afterSales.get(params.id ?? '')
  if (!item) throw new ApiFailure(404, '没有这个售后单 no such case', { status: 404 })
  if (!isOpen(item)) throw new ApiFailure(400, '这个售后单已经处理完了 the case is already decided')
  return item
}

function readWhole(value: unknown, most: number, what: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most)
    throw new ApiFailure(400, `${what}: 1–${most}`)
  return value
}

function readWords(value: unknown, what: string): string {
  if (value === undefined) return ''
  if (typeof value !== 'string' || value.length > longestWords)
    throw new ApiFailure(400, `${what}: ≤ ${longestWords} 字 characters`)
  return value.trim()
}
