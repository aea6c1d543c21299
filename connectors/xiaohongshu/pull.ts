import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { mapLimited } from '../kit/map-limited.ts'
import { lastPageFirst, splitWindow } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callShop, connectorId, type Deps } from './api.ts'
import { fetchRecord } from './fetch.ts'
import { optionalId } from './wire.ts'

const size = 100
const minute = 60_000
const day = 86_400_000
const detailsAtOnce = 8

/** Xiaohongshu docs: half an hour by update time. How far back it answers is UNVERIFIED. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: 30 * minute, overlapMs: 5 * minute, lookbackMs: 90 * day },
  refunds: { maxWindowMs: 30 * minute, overlapMs: 5 * minute, lookbackMs: 90 * day },
}

const count = z.coerce.number().int().nonnegative()

/** timeType 2: by update time. */
const queries = {
  orders: {
    method: 'order.getOrderList',
    // UNVERIFIED: seconds, as the documented sample has them.
    inUnit: (ms: number) => Math.floor(ms / 1000),
    name: 'orderId',
    // pageNo goes up to 100.
    most: 100 * size,
    list: z
      .object({ orderList: z.array(z.unknown()).nullish(), total: count.nullish() })
      .transform((reply) => ({ records: reply.orderList ?? [], total: reply.total ?? 0 })),
  },
  refunds: {
    method: 'afterSale.listAfterSaleInfos',
    inUnit: (ms: number) => ms,
    name: 'returnsId',
    // pageNo × pageSize goes up to 50,000.
    most: 50_000,
    list: z
      .object({ afterSaleBasicInfos: z.array(z.unknown()).nullish(), totalCount: count.nullish() })
      .transform((reply) => ({ records: reply.afterSaleBasicInfos ?? [], total: reply.totalCount ?? 0 })),
  },
} as const

/** Pages of what changed in the window; each record is the list's with its detail over it, as lists hold no lines or money. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  for (const part of splitWindow(wholeSeconds(window), 30 * minute)) {
    for await (const page of pullPart(kind, part, deps)) {
      const records = await mapLimited(page.records, detailsAtOnce, (one) => withDetail(kind, one, deps))
      yield { ...page, records }
    }
  }
}

function wholeSeconds({ from, to }: Window): Window {
  return { from: Math.floor(from / 1000) * 1000, to: Math.ceil(to / 1000) * 1000 }
}

/** From the last page down. A window with more records than can be paged through is read in halves. */
async function* pullPart(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const { total } = await readPage(kind, deps, { window, page: 1, size: 1 })
  const middle = window.from + Math.floor((window.to - window.from) / 2000) * 1000
  if (total > queries[kind].most && middle > window.from) {
    yield* pullPart(kind, { from: window.from, to: middle }, deps)
    yield* pullPart(kind, { from: middle, to: window.to }, deps)
    return
  }
  yield* lastPageFirst({
    firstPage: 1,
    size,
    signal: deps.signal,
    keyOf,
    count: async () => total,
    read: (page) => readPage(kind, deps, { window, page, size }),
  })
}

async function readPage(
  kind: RecordKind,
  deps: Deps,
  { window, page, size: pageSize }: { window: Window; page: number; size: number },
): Promise<{ records: unknown[]; total: number }> {
  const { method, inUnit, list } = queries[kind]
  const fields = {
    // Both ends count there; our windows are half open.
    startTime: inUnit(window.from),
    endTime: inUnit(window.to - 1),
    timeType: 2,
    pageNo: page,
    pageSize,
  }
  const { data } = await callShop(deps, { method, fields, reads: true })
  return readEnvelope(list, data, { connector: connectorId, operation: method })
}

const listed = z.object({
  orderId: optionalId,
  returnsId: optionalId,
  updateTime: optionalId,
  updatedAt: optionalId,
})

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(record: unknown): string {
  const seen = listed.safeParse(record).data
  const number = seen?.returnsId ?? seen?.orderId
  return number === undefined
    ? JSON.stringify(record)
    : `${number}@${seen?.updatedAt ?? seen?.updateTime ?? ''}`
}

async function withDetail(kind: RecordKind, record: unknown, deps: Deps): Promise<unknown> {
  const number = listed.safeParse(record).data?.[queries[kind].name]
  if (number === undefined) return record
  return { ...(record as object), ...(await fetchRecord(kind, number, deps)) }
}
