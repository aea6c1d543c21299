import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { mapLimited } from '../kit/map-limited.ts'
import { lastPageFirst, type Slice, splitWindow } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { type Call, call, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { askedStatuses } from './refund-record.ts'
import { count, optionalId, optionalText } from './wire.ts'

const size = 100
const detailsAtOnce = 4
const minute = 60_000
const day = 86_400_000
const longestMs = 30 * minute

/** PDD docs: at most half an hour at once, orders of the last 90 days. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: longestMs, overlapMs: 5 * minute, lookbackMs: 89 * day },
  refunds: { maxWindowMs: longestMs, overlapMs: 5 * minute, lookbackMs: 89 * day },
}

interface Query {
  type: string
  filter: Call['fields']
}

const orderQuery: Query = {
  type: 'pdd.order.number.list.increment.get',
  filter: { order_status: 5, refund_status: 5, is_lucky_flag: 0, use_has_next: false },
}
const refundQueries: readonly Query[] = askedStatuses.map((after_sales_status) => ({
  type: 'pdd.refund.list.increment.get',
  filter: { after_sales_status, after_sales_type: 1 },
}))

/** Pages of what changed in the window, each part read from its last page so that nothing slips while records move. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const queries = kind === 'orders' ? [orderQuery] : refundQueries
  for (const part of splitWindow(window, longestMs))
    for (const query of queries) yield* pullPart(query, part, deps)
}

const records = z.array(z.unknown()).nullish()
const list = z
  .object({
    order_sn_increment_get_response: z.object({ order_sn_list: records, total_count: count }).nullish(),
    refund_increment_get_response: z.object({ refund_list: records, total_count: count }).nullish(),
  })
  .transform(({ order_sn_increment_get_response: orders, refund_increment_get_response: refunds }) => ({
    records: orders?.order_sn_list ?? refunds?.refund_list ?? [],
    total: orders?.total_count ?? refunds?.total_count,
  }))
  .pipe(z.object({ records: z.array(z.unknown()), total: z.number() }))

async function* pullPart({ type, filter }: Query, window: Window, deps: Deps): AsyncGenerator<Page> {
  const read = async (page: number, page_size: number): Promise<{ records: unknown[]; total: number }> => {
    const fields = {
      ...filter,
      start_updated_at: Math.floor(window.from / 1000),
      end_updated_at: lastSecondBefore(window.to),
      page,
      page_size,
    }
    const { reply } = await call(deps, { type, fields, reads: true })
    return readEnvelope(list, reply, { connector: connectorId, operation: type })
  }
  const pages = lastPageFirst({
    firstPage: 1,
    size,
    signal: deps.signal,
    keyOf,
    count: async () => (await read(1, 1)).total,
    read: (page): Promise<Slice> => read(page, size),
  })
  for await (const page of pages)
    yield { ...page, records: await mapLimited(page.records, detailsAtOnce, (one) => inFull(one, deps)) }
}

/** UNVERIFIED: that both ends count. Times are whole seconds; our windows are half open. */
const lastSecondBefore = (to: number) => Math.ceil(to / 1000) - 1

const listed = z.object({
  id: optionalId,
  order_sn: optionalId,
  updated_at: optionalText,
  updated_time: optionalText,
  item_list: z.unknown(),
})

/** Some apps are given orders without their goods (UNVERIFIED which): those are read one by one. */
async function inFull(record: unknown, deps: Deps): Promise<unknown> {
  const seen = listed.safeParse(record).data
  if (seen === undefined || seen.id !== undefined || seen.item_list) return record
  return seen.order_sn === undefined ? record : ((await fetchRecord('orders', seen.order_sn, deps)) ?? record)
}

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(record: unknown): string {
  const seen = listed.safeParse(record).data
  const number = seen?.id ?? seen?.order_sn
  return number === undefined
    ? JSON.stringify(record)
    : `${number}@${seen?.updated_at ?? seen?.updated_time ?? ''}`
}
