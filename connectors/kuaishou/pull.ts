import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { cursorPages, splitWindow } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { call, connectorId, type Deps } from './api.ts'
import { optionalId } from './wire.ts'

const minute = 60_000
const day = 86_400_000

/** Kuaishou docs: orders at most 7 days at once, refunds one, both of the last 90 days; a day keeps one pull small. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 89 * day },
  refunds: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 89 * day },
}

const nextOf = (cursor: string | null | undefined) => (cursor && cursor !== 'nomore' ? cursor : undefined)
const records = z.array(z.unknown()).nullish()
const cursor = z.string().nullish()

const queries = {
  orders: {
    method: 'open.order.cursor.list',
    longestMs: 7 * day,
    param: (at: string) => ({ orderViewStatus: 1, pageSize: 50, cursor: at }),
    list: z
      .object({ orderList: records, cursor })
      .transform((data) => ({ records: data.orderList ?? [], next: nextOf(data.cursor) })),
  },
  refunds: {
    method: 'open.seller.order.refund.pcursor.list',
    longestMs: day,
    param: (at: string) => ({
      ...{ type: 9, pageSize: 100, currentPage: 1, pcursor: at, option: { needExchange: true } },
    }),
    list: z
      .object({ refundOrderInfoList: records, pcursor: cursor })
      .transform((data) => ({ records: data.refundOrderInfoList ?? [], next: nextOf(data.pcursor) })),
  },
} as const

/** Pages of what changed in the window, oldest change first, so that what changes meanwhile moves to pages still to come. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  for (const part of splitWindow(window, queries[kind].longestMs)) yield* pullPart(kind, part, deps)
}

function pullPart(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const { method, param, list } = queries[kind]
  return cursorPages({
    first: '',
    signal: deps.signal,
    keyOf,
    read: async (at) => {
      // UNVERIFIED: that both ends count; our windows are half open.
      const range = { beginTime: window.from, endTime: window.to - 1, queryType: 2, sort: 2 }
      const { data } = await call(deps, { method, param: { ...range, ...param(at) }, reads: true })
      return readEnvelope(list, data, { connector: connectorId, operation: method })
    },
  })
}

const moment = z.union([z.number(), z.string()]).nullish()
const listed = z.object({
  orderBaseInfo: z.object({ oid: optionalId, updateTime: moment }).optional(),
  refundId: optionalId,
  updateTime: moment,
})

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(record: unknown): string {
  const seen = listed.safeParse(record).data
  const number = seen?.refundId ?? seen?.orderBaseInfo?.oid
  return number === undefined
    ? JSON.stringify(record)
    : `${number}@${seen?.updateTime ?? seen?.orderBaseInfo?.updateTime ?? ''}`
}
