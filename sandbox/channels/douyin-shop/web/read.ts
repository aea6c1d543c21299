/** What the pages of the shops' back office ask for. */
import { orderBySoId } from '../../../erp/jushuitan/orders.ts'
import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import type { OrderTab, WebAfterSale, WebOrder, WebOrderPage, WebPush, WebShop } from '../../web/shapes.ts'
import { openShops } from '../assortment.ts'
import { isPossible, orderSteps } from '../lifecycle.ts'
import { pushRecords } from '../push-record.ts'
import { type Order, savedAfterSales, savedOrders, storeOf } from '../state.ts'
import { afterSaleView, orderLine, pushView } from './show.ts'

const pageSize = 20
const mostShown = 100
const dayMs = 86_400_000
const chinaOffsetMs = 8 * 3_600_000

export function registerShopReads(kernel: Kernel): void {
  kernel.web('GET', 'shops', (call) => as(kernel, call, listShops))
  kernel.web('GET', 'shops/:shop/orders', (call) => as(kernel, call, pageOfOrders))
  kernel.web('GET', 'shops/:shop/after-sales', (call) => as(kernel, call, listAfterSales))
  kernel.web('GET', 'shop-orders/:order', (call) => as(kernel, call, showOrder))
  kernel.web('GET', 'shop-pushes', (call) => as(kernel, call, listPushes))
}

/** Everybody who works here may look into the back office; nobody else. */
function as<T>(kernel: Kernel, call: WebCall, read: (kernel: Kernel, call: WebCall) => T): T {
  personOf(kernel, call)
  return read(kernel, call)
}

const isUnpaid = (order: Order) => order.status === 1
const isWaiting = (order: Order) => order.status === 105 || order.status === 2

const tabs: Record<OrderTab, (order: Order) => boolean> = {
  all: () => true,
  unpaid: isUnpaid,
  paid: isWaiting,
  shipped: (order) => order.status === 3 || order.status === 101,
  finished: (order) => order.status === 5,
  closed: (order) => order.status === 4,
  after_sale: hasOpenCase,
}

function hasOpenCase(order: Order): boolean {
  return order.afterSale !== null && [6, 7, 11].includes(order.afterSale.status)
}

/** Midnight in China, s. */
export function todayStart(kernel: Kernel): number {
  const local = kernel.clock.now() + chinaOffsetMs
  return (local - (local % dayMs) - chinaOffsetMs) / 1000
}

function listShops(kernel: Kernel): WebShop[] {
  const today = todayStart(kernel)
  return openShops(kernel).map((plan) => {
    const own = savedOrders(kernel).filter((order) => order.shopId === plan.shopId)
    const fresh = own.filter((order) => order.createTime >= today)
    return {
      shop_id: plan.shopId,
      name: plan.name,
      kind: plan.kind,
      products: plan.products.map(({ productId, name, spec, price }) => ({
        product_id: productId,
        name,
        spec,
        price,
      })),
      hosts: plan.hosts.map((host) => host.name),
      today: {
        orders: fresh.length,
        paid: fresh.reduce((sum, order) => sum + (order.payTime > 0 ? order.payAmount : 0), 0),
      },
      waiting: {
        payment: own.filter(isUnpaid).length,
        delivery: own.filter(isWaiting).length,
        after_sale: own.filter(hasOpenCase).length,
      },
    }
  })
}

/** `?tab=&q=&page=` of one shop, or of `all`; newest first. */
function pageOfOrders(kernel: Kernel, { params, query }: WebCall): WebOrderPage {
  const shop = shopOf(kernel, params.shop)
  const words = String(query.q ?? '').trim()
  const tab = tabs[query.tab as OrderTab] ?? tabs.all
  const own = savedOrders(kernel).filter(
    (order) => (shop === undefined || order.shopId === shop) && holds(order, words),
  )
  const shown = own.filter(tab).toSorted((a, b) => b.createTime - a.createTime)
  const pages = Math.max(1, Math.ceil(shown.length / pageSize))
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(query.page ?? 1)) || 1))
  return {
    orders: shown.slice((page - 1) * pageSize, page * pageSize).map((order) => orderLine(kernel, order)),
    page,
    pages,
    counts: Object.fromEntries(
      Object.entries(tabs).map(([name, fits]) => [name, own.filter(fits).length]),
    ) as Record<OrderTab, number>,
  }
}

function holds(order: Order, words: string): boolean {
  return (
    words === '' ||
    [order.id, order.productName, order.buyer.receiver, order.buyerWords].some((text) => text.includes(words))
  )
}

/** undefined: all shops. @throws ApiFailure 404 */
function shopOf(kernel: Kernel, id: string | undefined): string | undefined {
  if (id === 'all') return undefined
  const shop = openShops(kernel).find((one) => one.shopId === id)
  if (!shop) throw new ApiFailure(404, '没有这家店铺 no such shop', { status: 404 })
  return shop.shopId
}

function listAfterSales(kernel: Kernel, { params }: WebCall): WebAfterSale[] {
  const shop = shopOf(kernel, params.shop)
  return savedAfterSales(kernel)
    .filter((item) => shop === undefined || item.shopId === shop)
    .toSorted((a, b) => b.applyTime - a.applyTime)
    .slice(0, mostShown)
    .map((item) => afterSaleView(kernel, item))
}

/** @throws ApiFailure 404 */
export function wantedOrder(kernel: Kernel, id: string | undefined): Order {
  const order = storeOf(kernel).byId.get(id ?? '')
  if (!order) throw new ApiFailure(404, '没有这个订单 no such order', { status: 404 })
  return order
}

function showOrder(kernel: Kernel, { params }: WebCall): WebOrder {
  const order = wantedOrder(kernel, params.order)
  const { buyer } = order
  return {
    ...orderLine(kernel, order),
    unit_price: order.unitPrice,
    promotion: order.promotionAmount,
    postage: order.postAmount,
    buyer_words: order.buyerWords,
    buyer_phone: buyer.tel,
    buyer_place: `${buyer.province}${buyer.city}${buyer.town}`,
    host: order.authorName,
    paid_at: order.payTime * 1000,
    shipped_at: order.shipTime * 1000,
    finished_at: order.finishTime * 1000,
    booked_for: order.bookedFor * 1000,
    cancel_reason: order.cancelReason,
    certificates: order.certificates.map(({ no, status, validUntil }) => ({
      no,
      status,
      valid_until: validUntil * 1000,
    })),
    after_sales: savedAfterSales(kernel)
      .filter((item) => item.orderId === order.id)
      .toReversed()
      .map((item) => afterSaleView(kernel, item)),
    steps: orderSteps.filter((step) => isPossible(order, step)),
    may_refund: mayRefund(order),
    pushes: pushRecords(kernel)
      .filter((push) => push.orders.includes(order.id))
      .toReversed()
      .map(pushView),
    erp_order: orderBySoId(kernel, order.id)?.oId ?? null,
  }
}

/** Paid, not ended by a refund, and no case that is still open or paid out. */
export function mayRefund(order: Order): boolean {
  const decided = order.afterSale === null || [27, 28, 29].includes(order.afterSale.status)
  return order.payTime > 0 && order.status !== 4 && decided
}

/** The newest pushes of all shops. */
function listPushes(kernel: Kernel): WebPush[] {
  return pushRecords(kernel).slice(-mostShown).toReversed().map(pushView)
}
