import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { mapLimited } from '../kit/map-limited.ts'
import { lastPageFirst, splitWindow } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import { count, optionalId, optionalText } from '../kit/top/wire.ts'
import { call, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { listOf } from './order-record.ts'
import { refundFields } from './refund-record.ts'

const detailsAtOnce = 4
const minute = 60_000
const day = 86_400_000

/** TOP docs: orders by time of creation only, so that windows reach back a week; refunds by time of change, a day at most. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: 30 * day, overlapMs: 7 * day, lookbackMs: 89 * day },
  refunds: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 89 * day },
}

interface Query {
  method: string
  longestMs: number
  size: number
  fields(from: string, to: string, page: number, size: number): Record<string, string | number | boolean>
}

const travel: Query = {
  method: 'alitrip.travel.trades.search',
  longestMs: 30 * day,
  size: 100,
  fields: (start_created_time, end_created_time, current_page, page_size) => ({
    ...{ start_created_time, end_created_time, current_page, page_size },
  }),
}
const hotel: Query = {
  method: 'taobao.xhotel.order.search',
  longestMs: 30 * day,
  size: 20,
  fields: (created_start, created_end, page_no, page_size) => ({
    ...{ created_start, created_end, page_no, page_size },
  }),
}
const refunds: Query = {
  method: 'taobao.refunds.receive.get',
  longestMs: day,
  size: 100,
  fields: (start_modified, end_modified, page_no, page_size) => ({
    ...{ fields: refundFields, use_has_next: false, start_modified, end_modified, page_no, page_size },
  }),
}

/** Pages of the window, each part read from its last page so that nothing slips while records move. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const query = kind === 'refunds' ? refunds : deps.config.hotel ? hotel : travel
  for (const part of splitWindow(window, query.longestMs)) yield* pullPart(query, part, deps)
}

/** Both ends count there, and times are whole seconds; our windows are half open. */
const lastSecondBefore = (to: number) => Math.ceil(to / 1000) * 1000 - 1000

const records = listOf(z.unknown()).optional()
const list = z
  .object({
    order_string_list: records,
    hotel_orders: records,
    refunds: records,
    total_orders: count.nullish(),
    total_results: count.nullish(),
  })
  .transform((reply) => ({
    records: reply.order_string_list ?? reply.hotel_orders ?? reply.refunds ?? [],
    total: reply.total_orders ?? reply.total_results ?? 0,
  }))

async function* pullPart(query: Query, window: Window, deps: Deps): AsyncGenerator<Page> {
  const { method, size } = query
  const from = gmt8FromInstant(window.from)
  const to = gmt8FromInstant(lastSecondBefore(window.to))
  const read = async (page: number) => {
    const { data } = await call(deps, { method, fields: query.fields(from, to, page, size), reads: true })
    return readEnvelope(list, data ?? {}, { connector: connectorId, operation: method })
  }
  const pages = lastPageFirst({
    ...{ firstPage: 1, size, signal: deps.signal, keyOf, read },
    count: async () => (await read(1)).total,
  })
  for await (const page of pages)
    yield { ...page, records: await mapLimited(page.records, detailsAtOnce, (one) => inFull(one, deps)) }
}

/** The travel list gives numbers only. */
async function inFull(record: unknown, deps: Deps): Promise<unknown> {
  if (typeof record !== 'string' && typeof record !== 'number') return record
  return (await fetchRecord('orders', String(record), deps)) ?? record
}

const listed = z.object({ tid: optionalId, refund_id: optionalId, modified: optionalText })

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(record: unknown): string {
  const seen = listed.safeParse(record).data
  const number = seen?.refund_id ?? seen?.tid
  return number === undefined ? JSON.stringify(record) : `${number}@${seen?.modified ?? ''}`
}
