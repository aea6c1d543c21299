import { randomBytes, randomUUID } from 'node:crypto'
import type { Kernel } from '../../kernel/types.ts'
import { SortedIndex } from '../sorted-index.ts'

/** The connector id this server plays for: key of `settings.pushUrls`, fault family, effect name. */
export const family = 'douyin-shop'

export interface Shop {
  shopId: string
  name: string
  /** group chat of the people who look after the shop */
  chatId: string
  /** shopId of the plan in the catalogue whose products it sells */
  assortment: string
}

export interface Token {
  shopId: string
  accessToken: string
  refreshToken: string
  /** ms */
  expiresAt: number
  /** ms */
  refreshExpiresAt: number
}

interface PushOptions {
  /** 0–1: how often a push is sent twice with the same msg_id */
  duplicate: number
  /** 0–1: how often a push is held back until later ones have left */
  reorder: number
}

export interface ShopState {
  appKey: string
  appSecret: string
  shops: Shop[]
  tokens: Token[]
  /** authorization codes not yet exchanged */
  codes: { code: string; shopId: string; expiresAt: number }[]
  /** running number behind order, sku and after-sale ids */
  lastId: number
  lastMessage: number
  pushOptions: PushOptions
}

export interface Certificate {
  no: string
  /** UNVERIFIED numbers, except 3 (已使用, the example in generated SDK models) */
  status: 1 | 2 | 3 | 4 | 5
  /** s */
  validFrom: number
  /** s */
  validUntil: number
}

type OrderKind = 'voucher' | 'goods'

/** Compact form; `order-json.ts` writes it as the platform does. Times are unix s, money is fen. */
export interface Order {
  id: string
  lineId: string
  shopId: string
  kind: OrderKind
  productId: string
  skuId: string
  outSkuId: string
  productName: string
  spec: string
  quantity: number
  unitPrice: number
  payAmount: number
  promotionAmount: number
  postAmount: number
  /** 1 待支付, 105 已支付, 2 备货中, 101 部分发货, 3 已发货, 4 已取消, 5 已完成 */
  status: number
  createTime: number
  payTime: number
  updateTime: number
  shipTime: number
  finishTime: number
  /** start of the stay the buyer booked, 0 when not booked */
  bookedFor: number
  cancelReason: string
  buyer: { openId: string; receiver: string; tel: string; province: string; city: string; town: string }
  buyerWords: string
  /** '' when the order did not come from a live room */
  authorId: string
  authorName: string
  roomId: string
  certificates: Certificate[]
  /** ms; set when a person placed it by hand, in the back office or in the tour */
  placedAt?: number
  /** the latest after-sale of the line */
  afterSale: { status: number; type: number; refundStatus: number } | null
}

export interface AfterSale {
  id: string
  shopId: string
  orderId: string
  lineId: string
  /** 0 退货退款, 1 已发货仅退款, 2 未发货仅退款 */
  type: number
  status: number
  /** 1 待退款, 2 退款中, 3 退款成功, 4 退款失败 */
  refundStatus: number
  /** fen */
  amount: number
  /** fen; what was really paid back */
  realAmount: number
  applyTime: number
  updateTime: number
  deadline: number
  refundTime: number
  reason: string
  reasonCode: number
  voucherCount: number
  rejectReason: string
  remark: string
  /** what happened to it, oldest first; worlds saved by earlier versions have none */
  log?: AfterSaleEntry[]
}

export interface AfterSaleEntry {
  /** s */
  at: number
  by: 'buyer' | 'merchant' | 'platform'
  what: 'asked' | 'amount' | 'withdrawn' | 'returned' | 'agreed' | 'return_agreed' | 'refused' | 'paid'
  /** why, in the words of who did it; '' otherwise */
  note: string
}

interface Orders {
  list: Order[]
}
interface AfterSales {
  list: AfterSale[]
}

const ordersPart = 'douyin-shop-orders'
const afterSalesPart = 'douyin-shop-aftersales'

export function shopState(kernel: Kernel): ShopState {
  return kernel.state<ShopState>(family, () => ({
    appKey: `6${[...randomBytes(18)].map((byte) => byte % 10).join('')}`,
    appSecret: randomUUID(),
    shops: [],
    tokens: [],
    codes: [],
    lastId: 0,
    lastMessage: 0,
    pushOptions: { duplicate: 0, reorder: 0 },
  }))
}

export function shopChanged(kernel: Kernel): void {
  kernel.changed(family)
}

/** A 19-digit id: beyond what JavaScript numbers hold, as the platform's are. */
export function newPlatformId(kernel: Kernel): string {
  const state = shopState(kernel)
  state.lastId += 1
  shopChanged(kernel)
  return String(6932876041925000001n + BigInt(state.lastId) * 7919n)
}

interface Store {
  byId: Map<string, Order>
  afterSales: Map<string, AfterSale>
  byUpdate: Map<string, SortedIndex<Order>>
  byCreate: Map<string, SortedIndex<Order>>
}

/** Indexes are rebuilt when a reset has replaced the lists. Orders made in bulk live only here, never on disk. */
const stores = new WeakMap<object, Store>()

export function storeOf(kernel: Kernel): Store {
  const orders = kernel.state<Orders>(ordersPart, () => ({ list: [] })).list
  const known = stores.get(orders)
  if (known) return known
  const afterSales = kernel.state<AfterSales>(afterSalesPart, () => ({ list: [] })).list
  const store: Store = {
    byId: new Map(orders.map((order) => [order.id, order])),
    afterSales: new Map(afterSales.map((item) => [item.id, item])),
    byUpdate: new Map(),
    byCreate: new Map(),
  }
  const shopIds = new Set(orders.map((order) => order.shopId))
  for (const shopId of shopIds) {
    const own = orders.filter((order) => order.shopId === shopId)
    store.byUpdate.set(shopId, newIndex(own, 'updateTime'))
    store.byCreate.set(shopId, newIndex(own, 'createTime'))
  }
  stores.set(orders, store)
  return store
}

export function indexOf(store: Store, shopId: string, by: 'updateTime' | 'createTime'): SortedIndex<Order> {
  const indexes = by === 'updateTime' ? store.byUpdate : store.byCreate
  const known = indexes.get(shopId)
  if (known) return known
  const made = newIndex([], by)
  indexes.set(shopId, made)
  return made
}

function newIndex(orders: readonly Order[], by: 'updateTime' | 'createTime'): SortedIndex<Order> {
  return new SortedIndex(
    orders,
    (order) => order[by],
    (order) => order.id,
  )
}

export function addOrders(kernel: Kernel, orders: readonly Order[], kept: 'saved' | 'memory'): void {
  const store = storeOf(kernel)
  if (kept === 'saved') {
    const { list } = kernel.state<Orders>(ordersPart, () => ({ list: [] }))
    for (const order of orders) list.push(order)
    kernel.changed(ordersPart)
  }
  for (const order of orders) store.byId.set(order.id, order)
  for (const shopId of new Set(orders.map((order) => order.shopId))) {
    const own = orders.filter((order) => order.shopId === shopId)
    for (const by of ['updateTime', 'createTime'] as const) {
      const index = indexOf(store, shopId, by)
      if (own.length === 1 && own[0]) index.insert(own[0])
      else index.insertAll(own)
    }
  }
}

/** Orders of the saved world, oldest first (those made in bulk are not among them). */
export function savedOrders(kernel: Kernel): Order[] {
  return kernel.state<Orders>(ordersPart, () => ({ list: [] })).list
}

export function savedAfterSales(kernel: Kernel): AfterSale[] {
  return kernel.state<AfterSales>(afterSalesPart, () => ({ list: [] })).list
}

export function addAfterSale(kernel: Kernel, item: AfterSale): void {
  savedAfterSales(kernel).push(item)
  storeOf(kernel).afterSales.set(item.id, item)
  kernel.changed(afterSalesPart)
}

/** Applies `change` and moves update_time; it always grows, so a change within one second is still a newer version. */
export function changeOrder(kernel: Kernel, order: Order, change: () => void): void {
  const next = Math.max(nowSeconds(kernel), order.updateTime + 1)
  indexOf(storeOf(kernel), order.shopId, 'updateTime').move(order, () => {
    change()
    order.updateTime = next
  })
  kernel.changed(ordersPart)
}

export function changeAfterSale(kernel: Kernel, item: AfterSale, change: () => void): void {
  change()
  item.updateTime = Math.max(nowSeconds(kernel), item.updateTime + 1)
  kernel.changed(afterSalesPart)
}

/** Notes in the case who did what; part of the change it belongs to. */
export function noteAfterSale(kernel: Kernel, item: AfterSale, entry: Omit<AfterSaleEntry, 'at'>): void {
  item.log = [...(item.log ?? []), { at: nowSeconds(kernel), ...entry }]
}

export function nowSeconds(kernel: Kernel): number {
  return Math.floor(kernel.clock.now() / 1000)
}
