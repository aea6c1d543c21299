import type { Kernel } from '../../kernel/types.ts'
import { invalid, WechatFailure } from './failure.ts'
import { type AfterSale, type Order, type Shop, wechatState } from './state.ts'
import { afterSaleWire, orderWire } from './wire.ts'

export interface WechatCall {
  kernel: Kernel
  shop: Shop
  body: Record<string, unknown>
}

const day = 86_400
const afterSalesPerPage = 20

interface Listed {
  id: string
  updatedAt: number
  createdAt: number
}

export function orderList({ kernel, shop, body }: WechatCall): unknown {
  const isUpdate = body.update_time_range !== undefined
  const range = (body.update_time_range ?? body.create_time_range) as Record<string, unknown> | undefined
  if (typeof range !== 'object' || range === null) throw invalid('update_time_range')
  const { start_time, end_time } = range
  const span = spanOf(start_time, end_time, 7 * day)
  const size = body.page_size
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > 100)
    throw invalid('page_size')
  const own = Object.values(wechatState(kernel).orders).filter(
    (order) => order.appId === shop.appId && (body.status === undefined || order.status === body.status),
  )
  const { ids, ...rest } = sheetOf(own, { span, size, isUpdate, key: body.next_key })
  return { order_id_list: ids, ...rest }
}

export function afterSaleList({ kernel, shop, body }: WechatCall): unknown {
  const isUpdate = body.begin_update_time !== undefined
  const span = isUpdate
    ? spanOf(body.begin_update_time, body.end_update_time, day)
    : spanOf(body.begin_create_time, body.end_create_time, day)
  const own = Object.values(wechatState(kernel).afterSales).filter((item) => item.appId === shop.appId)
  const { ids, ...rest } = sheetOf(own, { span, size: afterSalesPerPage, isUpdate, key: body.next_key })
  return { after_sale_order_id_list: ids, ...rest }
}

function spanOf(from: unknown, to: unknown, longest: number): { from: number; to: number } {
  if (typeof from !== 'number' || typeof to !== 'number' || to < from) throw invalid('time range')
  if (to - from > longest) throw invalid('time range is too long')
  return { from, to }
}

interface Sheet {
  span: { from: number; to: number }
  size: number
  isUpdate: boolean
  key: unknown
}

/** Oldest first: what changes meanwhile moves behind the cursor's back to the end. */
function sheetOf(all: Listed[], { span, size, isUpdate, key }: Sheet) {
  const timeOf = (item: Listed) => (isUpdate ? item.updatedAt : item.createdAt)
  const placeOf = (item: Listed) => `${String(timeOf(item)).padStart(15, '0')}:${item.id}`
  const after = typeof key === 'string' ? Buffer.from(key, 'base64url').toString() : ''
  if (after !== '' && !/^\d{15}:\d+$/.test(after)) throw invalid('next_key')
  const rows = all
    .filter((item) => {
      const second = Math.floor(timeOf(item) / 1000)
      return second >= span.from && second <= span.to && placeOf(item) > after
    })
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  const page = rows.slice(0, size)
  const last = page.at(-1)
  return {
    ids: page.map((item) => item.id),
    next_key: last === undefined ? '' : Buffer.from(placeOf(last)).toString('base64url'),
    has_more: rows.length > size,
  }
}

export function orderDetail(call: WechatCall): unknown {
  const { orders, afterSales } = wechatState(call.kernel)
  const order: Order | undefined = orders[String(call.body.order_id ?? '')]
  if (order?.appId !== call.shop.appId) throw new WechatFailure(10020052, 'order not exist')
  const isOpen = Object.values(afterSales).some(
    (item) => item.orderId === order.id && item.status === 'MERCHANT_PROCESSING',
  )
  return { order: orderWire(order, isOpen) }
}

export function afterSaleDetail(call: WechatCall): unknown {
  return { after_sale_order: afterSaleWire(afterSaleNamed(call)) }
}

export function afterSaleNamed({ kernel, shop, body }: WechatCall): AfterSale {
  const item = wechatState(kernel).afterSales[String(body.after_sale_order_id ?? '')]
  if (item?.appId !== shop.appId) throw new WechatFailure(10020060, 'aftersale order not exist')
  return item
}
