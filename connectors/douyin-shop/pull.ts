import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { mapLimited } from '../kit/map-limited.ts'
import { type Slice, scanByUpdate } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callShop, connectorId, type Deps } from './api.ts'
import { fetchAfterSale, fetchOrder } from './fetch.ts'
import { isVoucherOrder } from './order-record.ts'
import { refundStage } from './refund-stage.ts'
import { optionalCode, optionalId } from './wire.ts'

const size = 100
const detailsAtOnce = 4
const minute = 60_000
const day = 86_400_000

/** The platform answers about 90 days back and names no longest window; a day keeps one pull small. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 89 * day },
  refunds: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 89 * day },
}

/** Pages of what changed in the window. Paid voucher orders and finished refunds come as their detail. */
export function pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  return kind === 'orders' ? pullOrders(window, deps) : pullRefunds(window, deps)
}

const listedOrder = z.object({ order_id: optionalId, update_time: optionalCode, pay_time: optionalCode })
const orderPage = z.object({ shop_order_list: z.array(z.unknown()).nullish(), total: optionalCode })

async function* pullOrders(window: Window, deps: Deps): AsyncGenerator<Page> {
  const read = async (from: number, page: number): Promise<Slice> => {
    const path = '/order/searchList'
    const param = {
      update_time_start: from,
      update_time_end: Math.ceil(window.to / 1000),
      order_by: 'update_time',
      order_asc: true,
      page,
      size,
    }
    const { data } = await callShop(deps, { path, param, reads: true })
    const reply = readEnvelope(orderPage, data, { connector: connectorId, operation: path })
    return { records: reply.shop_order_list ?? [], total: reply.total }
  }
  const looks = (record: unknown) => listedOrder.safeParse(record).data
  const pages = scanByUpdate({
    ...{ size, firstPage: 0 as const, from: Math.floor(window.from / 1000), read, signal: deps.signal },
    updatedAt: (record) => looks(record)?.update_time ?? 0,
    keyOf: (record) => keyOf(looks(record), record),
  })
  for await (const page of pages) {
    yield {
      ...page,
      records: await mapLimited(page.records, detailsAtOnce, (one) => withCertificates(one, deps)),
    }
  }
}

const refundPage = z.object({ items: z.array(z.unknown()).nullish(), total: optionalCode })
const listedRefund = z.object({
  aftersale_info: z.object({
    aftersale_id: optionalId,
    update_time: optionalCode,
    aftersale_status: optionalCode,
    refund_status: optionalCode,
  }),
})

async function* pullRefunds(window: Window, deps: Deps): AsyncGenerator<Page> {
  const read = async (from: number, page: number): Promise<Slice> => {
    const path = '/afterSale/List'
    const param = {
      update_start_time: from,
      update_end_time: Math.ceil(window.to / 1000),
      order_by: ['update_time asc'],
      page,
      size,
    }
    const { data } = await callShop(deps, { path, param, reads: true })
    const reply = readEnvelope(refundPage, data, { connector: connectorId, operation: path })
    return { records: reply.items ?? [], total: reply.total }
  }
  const looks = (record: unknown) => listedRefund.safeParse(record).data?.aftersale_info
  const pages = scanByUpdate({
    ...{ size, firstPage: 0 as const, from: Math.floor(window.from / 1000), read, signal: deps.signal },
    updatedAt: (record) => looks(record)?.update_time ?? 0,
    keyOf: (record) => keyOf({ order_id: looks(record)?.aftersale_id, ...looks(record) }, record),
  })
  for await (const page of pages) {
    yield {
      ...page,
      records: await mapLimited(page.records, detailsAtOnce, (one) => withRealAmount(one, deps)),
    }
  }
}

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(
  seen: { order_id?: string | undefined; update_time?: number | undefined } | undefined,
  record: unknown,
): string {
  return seen?.order_id === undefined ? JSON.stringify(record) : `${seen.order_id}@${seen.update_time ?? ''}`
}

/** Certificates are only in the detail, and exist from payment on. */
async function withCertificates(record: unknown, deps: Deps): Promise<unknown> {
  const order = listedOrder.safeParse(record).data
  if (!deps.config.voucherDetails || order?.order_id === undefined || !order.pay_time) return record
  if (!isVoucherOrder(record as object) || hasCertificates(record)) return record
  return (await fetchOrder(deps, order.order_id)) ?? record
}

function hasCertificates(record: unknown): boolean {
  return isVoucherOrder({ sku_order_list: (record as { sku_order_list?: unknown }).sku_order_list })
}

/** What was really paid back is only in the detail. */
async function withRealAmount(record: unknown, deps: Deps): Promise<unknown> {
  const info = listedRefund.safeParse(record).data?.aftersale_info
  if (info?.aftersale_id === undefined) return record
  if (refundStage(info.aftersale_status ?? 0, info.refund_status) !== 'refunded') return record
  return (await fetchAfterSale(deps, info.aftersale_id)) ?? record
}
