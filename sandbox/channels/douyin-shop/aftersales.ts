/** `/afterSale/List`, `/afterSale/Detail` and `/afterSale/rejectReasonCodeList`. */
import { detailJson, listItemJson } from './aftersale-json.ts'
import { invalidParameter } from './failure.ts'
import type { OpenRoute, ShopCall } from './gateway.ts'
import { readId, readInteger, readList } from './param.ts'
import { type AfterSale, savedAfterSales, storeOf } from './state.ts'

const largestPage = 100
const deepest = 50_000

export const afterSaleRoutes: readonly OpenRoute[] = [
  { path: '/afterSale/List', handle: listAfterSales },
  { path: '/afterSale/Detail', handle: afterSaleDetail },
  { path: '/afterSale/rejectReasonCodeList', handle: rejectReasons },
]

function listAfterSales({ kernel, shop, param }: ShopCall): unknown {
  const page = readInteger(param, 'page') ?? 0
  const size = readInteger(param, 'size') ?? 10
  if (page < 0 || size < 1 || size > largestPage) throw invalidParameter(11000, '请检查输入参数是否合法')
  if (page * size > deepest) throw invalidParameter(11000, '翻页超过限制，page*size不能大于50000')
  const matching = savedAfterSales(kernel)
    .filter((item) => item.shopId === shop.shopId)
    .filter(afterSaleFilter(param))
    .sort(readSort(param))
  const items = matching.slice(page * size, (page + 1) * size)
  const orders = storeOf(kernel).byId
  return {
    items: items.map((item) => listItemJson(item, orders.get(item.orderId))),
    has_more: (page + 1) * size < matching.length,
    total: matching.length,
    page,
    size: items.length,
  }
}

function afterSaleFilter(param: Record<string, unknown>): (item: AfterSale) => boolean {
  const statuses = new Set(readList(param, 'standard_aftersale_status').map(Number))
  const type = readInteger(param, 'aftersale_type')
  const applied = readWindow(param, ['start_time', 'end_time'])
  const updated = readWindow(param, ['update_start_time', 'update_end_time'])
  const ids = { orderId: param.order_id, id: param.aftersale_id }
  return (item) =>
    (statuses.size === 0 || statuses.has(item.status)) &&
    (type === undefined || item.type === type) &&
    (ids.orderId === undefined || ids.orderId === '' || item.orderId === String(ids.orderId)) &&
    (ids.id === undefined || ids.id === '' || item.id === String(ids.id)) &&
    applied(item.applyTime) &&
    updated(item.updateTime)
}

/** Both ends included; a missing end is open. */
function readWindow(param: Record<string, unknown>, [from, to]: [string, string]): (at: number) => boolean {
  const start = readInteger(param, from) ?? 0
  const end = readInteger(param, to) ?? Number.MAX_SAFE_INTEGER
  return (at) => at >= start && at <= end
}

/** `["update_time asc"]`, in order of weight; default newest application first. */
function readSort(param: Record<string, unknown>): (a: AfterSale, b: AfterSale) => number {
  const fields = { status_deadline: 'deadline', apply_time: 'applyTime', update_time: 'updateTime' } as const
  const wanted = readList(param, 'order_by').map((text) => {
    const [name, way] = String(text).split(' ')
    if (!name || !(name in fields) || (way !== 'asc' && way !== 'desc'))
      throw invalidParameter(11000, 'order_by不合法')
    return { key: fields[name as keyof typeof fields], sign: way === 'asc' ? 1 : -1 }
  })
  const rules = wanted.length > 0 ? wanted : [{ key: 'applyTime' as const, sign: -1 }]
  return (a, b) => rules.reduce((result, rule) => result || rule.sign * (a[rule.key] - b[rule.key]), 0)
}

function afterSaleDetail({ kernel, shop, param }: ShopCall): unknown {
  const store = storeOf(kernel)
  const item = store.afterSales.get(readId(param, 'after_sale_id'))
  if (!item || item.shopId !== shop.shopId) throw invalidParameter(11003, '数据不存在')
  return detailJson(item, store.byId.get(item.orderId))
}

const reasons = [
  { reject_reason_code: 101, reason: '商品已按约定履约', order_type: -1, pkg: -1 },
  { reject_reason_code: 102, reason: '券已预约，无法退款', order_type: 4, pkg: -1 },
  { reject_reason_code: 103, reason: '与买家协商一致不退款', order_type: -1, pkg: -1 },
]

/** UNVERIFIED codes and texts; the shape is the platform's. */
function rejectReasons(): unknown {
  return {
    items: reasons.map((reason) => ({ ...reason, evidence_description: '', evidence_need: 'N', image: '' })),
  }
}
