/** `/open/orders/single/query`, and how platform orders get into the ERP a few seconds after they changed. */
import { onOrderChange } from '../../channels/douyin-shop/order-listeners.ts'
import { type Order, savedOrders, storeOf } from '../../channels/douyin-shop/state.ts'
import type { Kernel } from '../../kernel/types.ts'
import { type Biz, type BizRoute, codes, ErpFailure } from './gateway.ts'
import { page, readIds, readObject, readWindow } from './paging.ts'
import { type ErpOrder, erpState, stamp } from './state.ts'
import { timeText, yuan } from './wire.ts'

const mirrorDelayMs = 3_000
const largestPage = 100

export const orderRoutes: readonly BizRoute[] = [{ path: '/open/orders/single/query', handle: queryOrders }]

export function mirrorOrders(kernel: Kernel): void {
  onOrderChange(kernel, (order) => kernel.clock.after(mirrorDelayMs, () => mirrorOrder(kernel, order)))
}

/** Everything the ERP has not seen yet, at once: after a restart, and for the history of a new world. */
export function mirrorMissing(kernel: Kernel): void {
  for (const order of savedOrders(kernel)) mirrorOrder(kernel, order)
}

function mirrorOrder(kernel: Kernel, order: Order): void {
  const state = erpState(kernel)
  const shop = state.shops.find((one) => one.platformShopId === order.shopId)
  if (!shop) return
  const known = orderBySoId(kernel, order.id)
  if (known) {
    if (known.sourceVersion >= order.updateTime) return
    known.sourceVersion = order.updateTime
    stamp(kernel, known)
    return
  }
  state.lastOrder += 1
  const made: ErpOrder = {
    oId: state.lastOrder,
    soId: order.id,
    shopId: shop.shopId,
    sourceVersion: order.updateTime,
    created: kernel.clock.now(),
    modified: 0,
    ts: 0,
  }
  state.orders.push(made)
  rowsBySoId(kernel).set(order.id, made)
  stamp(kernel, made)
}

/** so_id → row, rebuilt when a reset has replaced the rows. */
const bySoId = new WeakMap<ErpOrder[], Map<string, ErpOrder>>()

function rowsBySoId(kernel: Kernel): Map<string, ErpOrder> {
  const { orders } = erpState(kernel)
  const known = bySoId.get(orders) ?? new Map(orders.map((order) => [order.soId, order]))
  bySoId.set(orders, known)
  return known
}

export function orderBySoId(kernel: Kernel, soId: string): ErpOrder | undefined {
  return rowsBySoId(kernel).get(soId)
}

function queryOrders(kernel: Kernel, raw: Biz): unknown {
  const biz = readObject(raw)
  const window = readWindow(biz)
  const soIds = readIds(biz, 'so_ids', 20)
  const oIds = readIds(biz, 'o_ids', 20)
  const startTs = biz.start_ts === undefined ? undefined : Number(biz.start_ts)
  if (!window && !soIds && !oIds && startTs === undefined) {
    throw new ErpFailure(codes.badParameter, 'modified_begin和modified_end、so_ids、o_ids不能同时为空')
  }
  const time = timeOf(kernel, Number(biz.date_type ?? 0))
  const platform = storeOf(kernel).byId
  const rows = erpState(kernel)
    .orders.filter((order) => !window || (time(order) >= window.from && time(order) <= window.to))
    .filter((order) => (!soIds || soIds.has(order.soId)) && (!oIds || oIds.has(String(order.oId))))
    .filter((order) => biz.shop_id === undefined || order.shopId === Number(biz.shop_id))
    .filter((order) => startTs === undefined || order.ts > startTs)
    .filter((order) => biz.status === undefined || erpStatus(platform.get(order.soId)) === biz.status)
    .sort((a, b) => (startTs === undefined ? time(a) - time(b) : a.ts - b.ts))
  const { rows: shown, ...rest } = page(rows, biz, largestPage)
  return { ...rest, orders: shown.map((order) => show(order, platform.get(order.soId))) }
}

/** date_type 0 modified, 2 order date, 3 shipped */
function timeOf(kernel: Kernel, dateType: number): (order: ErpOrder) => number {
  const platform = storeOf(kernel).byId
  if (dateType === 0) return (order) => order.modified
  if (dateType === 2) return (order) => (platform.get(order.soId)?.createTime ?? 0) * 1000
  if (dateType === 3) return (order) => (platform.get(order.soId)?.shipTime ?? 0) * 1000
  throw new ErpFailure(codes.badParameter, 'date_type只能为0、2、3')
}

/** The ERP's name for the order's state. */
export function erpStatus(order: Order | undefined): string {
  const names: Record<number, string> = {
    1: 'WaitPay',
    105: 'WaitConfirm',
    2: 'WaitConfirm',
    101: 'Delivering',
    3: 'Sent',
    4: 'Cancelled',
    5: 'Sent',
  }
  return names[order?.status ?? 0] ?? 'Question'
}

function show(row: ErpOrder, order: Order | undefined): object {
  if (!order) return { o_id: row.oId, so_id: row.soId, shop_id: row.shopId, modified: timeText(row.modified) }
  return {
    o_id: row.oId,
    so_id: row.soId,
    shop_id: row.shopId,
    order_date: timeText(order.createTime * 1000),
    pay_date: timeText(order.payTime * 1000),
    send_date: timeText(order.shipTime * 1000),
    shop_status: shopStatus(order),
    status: erpStatus(order),
    pay_amount: yuan(order.payAmount),
    paid_amount: yuan(order.payTime > 0 ? order.payAmount : 0),
    freight: yuan(order.postAmount),
    shop_buyer_id: order.buyer.openId,
    receiver_name: order.buyer.receiver,
    receiver_mobile: order.buyer.tel,
    receiver_state: order.buyer.province,
    receiver_city: order.buyer.city,
    receiver_district: order.buyer.town,
    receiver_address: '****',
    buyer_message: order.buyerWords,
    remark: '',
    l_id: '',
    logistics_company: order.shipTime > 0 && order.kind === 'goods' ? '顺丰速运' : '',
    modified: timeText(row.modified),
    created: timeText(row.created),
    ts: row.ts,
    items: [
      {
        sku_id: order.outSkuId,
        name: order.productName,
        qty: order.quantity,
        price: yuan(order.unitPrice),
        amount: yuan(order.unitPrice * order.quantity),
        outer_oi_id: order.lineId,
      },
    ],
  }
}

function shopStatus(order: Order): string {
  if (order.status === 1) return 'WAIT_BUYER_PAY'
  if (order.status === 105 || order.status === 2) return 'WAIT_SELLER_SEND_GOODS'
  if (order.status === 3 || order.status === 101) return 'WAIT_BUYER_CONFIRM_GOODS'
  return order.status === 4 ? 'TRADE_CLOSED' : 'TRADE_FINISHED'
}
