/** `/order/searchList` and `/order/orderDetail`. */
import type { SortedIndex } from '../sorted-index.ts'
import { businessFailed, invalidParameter } from './failure.ts'
import type { OpenRoute, ShopCall } from './gateway.ts'
import { shopOrderJson } from './order-json.ts'
import { readId, readInteger, readList } from './param.ts'
import { indexOf, nowSeconds, type Order, storeOf } from './state.ts'

/** The platform looks back about 90 days and turns at most 50,000 orders' worth of pages. */
const lookBackSeconds = 90 * 86_400
const deepest = 50_000
const largestPage = 100

export const orderRoutes: readonly OpenRoute[] = [
  { path: '/order/searchList', handle: searchOrders },
  { path: '/order/orderDetail', handle: orderDetail },
]

function searchOrders({ kernel, shop, param }: ShopCall): unknown {
  const page = readInteger(param, 'page') ?? 0
  const size = readInteger(param, 'size') ?? 10
  if (page < 0) throw invalidParameter(10035, '查询订单列表页数不能小于0')
  if (size < 1 || size > largestPage) throw invalidParameter(20008, '单次查询订单数超过限制')
  if ((page + 1) * size > deepest) throw invalidParameter(20013, '订单查询最多支持查询5万')
  const found = select({ kernel, shop, param })
  const start = page * size
  const orders = found.slice(start, start + size)
  return {
    page,
    total: found.total,
    size: orders.length,
    shop_order_list: orders.map((order) => shopOrderJson(order, shop.name, 'list')),
  }
}

interface Selection {
  total: number
  slice(from: number, to: number): Order[]
}

/** The window on one of the two indexes; anything else is filtered out of it, which costs a walk only when asked for. */
function select({ kernel, shop, param }: ShopCall): Selection {
  const by = param.order_by === 'update_time' ? 'updateTime' : 'createTime'
  const created = readRange(param, 'create_time')
  const updated = readRange(param, 'update_time')
  if (created === undefined && updated === undefined)
    throw invalidParameter(20011, '订单查询开始时间不能为空')
  const oldest = nowSeconds(kernel) - lookBackSeconds
  const store = storeOf(kernel)
  const index = indexOf(store, shop.shopId, updated ? 'updateTime' : 'createTime')
  const window = index.window((updated ?? created)?.from ?? 0, (updated ?? created)?.to ?? 0)
  const filters = [statusFilter(param), updated && created ? within(created) : undefined].filter(
    (one) => one !== undefined,
  )
  const sameOrder = (updated ? 'updateTime' : 'createTime') === by
  const first = index.items[window.from]
  const plain = filters.length === 0 && sameOrder && (first === undefined || first.createTime >= oldest)
  if (plain) return windowSelection(index, window, param.order_asc === true)
  const matching = index.items
    .slice(window.from, window.to)
    .filter((order) => order.createTime >= oldest && filters.every((keep) => keep(order)))
    .sort((a, b) => a[by] - b[by])
  if (param.order_asc !== true) matching.reverse()
  return { total: matching.length, slice: (from, to) => matching.slice(from, to) }
}

function windowSelection(
  index: SortedIndex<Order>,
  { from, to }: { from: number; to: number },
  ascending: boolean,
): Selection {
  return {
    total: to - from,
    slice: (start, end) =>
      ascending
        ? index.items.slice(from + start, Math.min(to, from + end))
        : index.items.slice(Math.max(from, to - end), Math.max(from, to - start)).reverse(),
  }
}

interface Range {
  from: number
  to: number
}

/** Both ends included. */
function readRange(param: Record<string, unknown>, name: string): Range | undefined {
  const from = readInteger(param, `${name}_start`)
  if (from === undefined) return undefined
  return { from, to: readInteger(param, `${name}_end`) ?? Number.MAX_SAFE_INTEGER - 1 }
}

function within({ from, to }: Range): (order: Order) => boolean {
  return (order) => order.createTime >= from && order.createTime <= to
}

function statusFilter(param: Record<string, unknown>): ((order: Order) => boolean) | undefined {
  const combined = readList(param, 'combine_status')
  if (combined.length > 1) throw invalidParameter(20012, '订单查询状态条件超过限制，只支持1个元素')
  const wanted = (combined[0] as { order_status?: unknown } | undefined)?.order_status
  if (wanted === undefined || wanted === '') return undefined
  const statuses = new Set(String(wanted).split(',').map(Number))
  return (order) => statuses.has(order.status)
}

function orderDetail({ kernel, shop, param }: ShopCall): unknown {
  const order = storeOf(kernel).byId.get(readId(param, 'shop_order_id'))
  // UNVERIFIED sub code for an order that does not exist or belongs to another shop.
  if (!order || order.shopId !== shop.shopId) throw businessFailed(20001, '订单不存在')
  return { shop_order_detail: shopOrderJson(order, shop.name, 'detail') }
}
