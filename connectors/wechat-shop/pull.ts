import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { mapLimited } from '../kit/map-limited.ts'
import { cursorPages, splitWindow } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { call, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { id } from './wire.ts'

const size = 100
const detailsAtOnce = 4
const minute = 60_000
const day = 86_400_000

/** WeChat docs: orders of seven days at once, after-sales of one. UNVERIFIED: how far back they answer. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: 7 * day, overlapMs: 5 * minute, lookbackMs: 180 * day },
  refunds: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 180 * day },
}

const reply = z.object({
  order_id_list: z.array(id).nullish(),
  after_sale_order_id_list: z.array(id).nullish(),
  next_key: z.string().nullish(),
  has_more: z.boolean().nullish(),
})

/** Pages of what changed in the window: lists of numbers, each record then read in full. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  for (const part of splitWindow(window, resources[kind].maxWindowMs)) yield* pullPart(kind, part, deps)
}

async function* pullPart(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const query = queryOf(kind, window)
  yield* cursorPages({
    first: '',
    signal: deps.signal,
    keyOf,
    read: async (next_key) => {
      const body = next_key === '' ? query.body : { ...query.body, next_key }
      const answer = await call(deps, { path: query.path, body, reads: true })
      const list = readEnvelope(reply, answer.reply, { connector: connectorId, operation: query.path })
      const ids = list.order_id_list ?? list.after_sale_order_id_list ?? []
      const records = await mapLimited(ids, detailsAtOnce, (one) => fetchRecord(kind, one, deps))
      return {
        records: records.filter((record) => record !== null),
        next: list.has_more && list.next_key ? list.next_key : undefined,
      }
    },
  })
}

/** UNVERIFIED: that both ends count. Times are whole seconds; our windows are half open. */
function queryOf(kind: RecordKind, window: Window): { path: string; body: Record<string, unknown> } {
  const start = Math.floor(window.from / 1000)
  const end = Math.ceil(window.to / 1000) - 1
  if (kind === 'orders')
    return {
      path: '/channels/ec/order/list/get',
      body: { update_time_range: { start_time: start, end_time: end }, page_size: size },
    }
  return {
    path: '/channels/ec/aftersale/getaftersalelist',
    body: { begin_update_time: start, end_update_time: end },
  }
}

const seen = z.object({
  order_id: z.unknown(),
  after_sale_order_id: z.unknown(),
  update_time: z.unknown(),
})

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(record: unknown): string {
  const read = seen.safeParse(record).data
  const number = read?.after_sale_order_id ?? read?.order_id
  return number ? `${number}@${read?.update_time}` : JSON.stringify(record)
}
