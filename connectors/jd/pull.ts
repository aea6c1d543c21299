import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { lastPageFirst, splitWindow } from '../kit/pagers.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import type { Deps } from './api.ts'
import { orderList } from './order-list.ts'
import { refundList } from './refund-list.ts'
import { optionalId, optionalText } from './wire.ts'

const orderPage = 100
const refundPage = 50
const mostRefundPages = 100
const minute = 60_000
const day = 86_400_000
const longestMs = 30 * day

/**
 * JD docs: at most a month at once. Refunds have no time of change, and finance answers after the shop did: their windows
 * reach back three days (UNVERIFIED that finance takes no longer).
 */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: longestMs, overlapMs: 5 * minute, lookbackMs: 89 * day },
  refunds: { maxWindowMs: longestMs, overlapMs: 3 * day, lookbackMs: 89 * day },
}

/** Pages of what changed in the window, each part read from its last page so that nothing slips while records move. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  for (const part of splitWindow(window, longestMs))
    if (kind === 'orders') yield* pullOrders(part, deps)
    else {
      yield* pullRefunds('applyTime', part, deps)
      yield* pullRefunds('checkTime', part, deps)
    }
}

/** UNVERIFIED: that both ends count. Times are whole seconds; our windows are half open. */
const lastSecondBefore = (to: number) => Math.ceil(to / 1000) * 1000 - 1000

async function* pullOrders(window: Window, deps: Deps): AsyncGenerator<Page> {
  const read = (page: number, size: number) =>
    orderList(deps, {
      start_date: gmt8FromInstant(window.from),
      end_date: gmt8FromInstant(lastSecondBefore(window.to)),
      page: String(page),
      page_size: String(size),
    })
  yield* lastPageFirst({
    firstPage: 1,
    size: orderPage,
    signal: deps.signal,
    keyOf,
    count: async () => (await read(1, 1)).total,
    read: (page) => read(page, orderPage),
  })
}

/** At most 100 pages of 50 are shown: a window with more is halved until it fits. */
async function* pullRefunds(by: 'applyTime' | 'checkTime', window: Window, deps: Deps): AsyncGenerator<Page> {
  const read = (pageIndex: number, pageSize: number) =>
    refundList(deps, {
      [`${by}Start`]: gmt8FromInstant(window.from),
      [`${by}End`]: gmt8FromInstant(lastSecondBefore(window.to)),
      pageIndex,
      pageSize,
    })
  const { total } = await read(1, 1)
  const half = Math.floor((window.from + window.to) / 2000) * 1000
  if (total > mostRefundPages * refundPage && half > window.from) {
    yield* pullRefunds(by, { from: window.from, to: half }, deps)
    yield* pullRefunds(by, { from: half, to: window.to }, deps)
    return
  }
  const count = async () => Math.min(total, mostRefundPages * refundPage)
  yield* lastPageFirst({
    ...{ firstPage: 1, size: refundPage, signal: deps.signal, keyOf, count },
    read: (page) => read(page, refundPage),
  })
}

const listed = z.object({
  orderId: optionalId,
  id: optionalId,
  modified: optionalText,
  status: optionalId,
})

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(record: unknown): string {
  const seen = listed.safeParse(record).data
  const number = seen?.id ?? seen?.orderId
  return number === undefined ? JSON.stringify(record) : `${number}@${seen?.modified ?? seen?.status ?? ''}`
}
