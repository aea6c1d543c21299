import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { cursorPages, numberedPages, splitWindow } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { connectorId, type Deps, query } from './api.ts'
import { orderPath } from './fetch.ts'
import { optionalCode, optionalId } from './wire.ts'

const refundPath = '/goodlife/v1/akte/after_sale/order/query/'
const orderSize = 200
const refundSize = 100
const minute = 60_000
const day = 86_400_000

/**
 * UNVERIFIED: longest window and how far back. Refunds cannot be asked for by their update time, so a window reaches
 * back over the three days in which they are decided, and a day more.
 */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 89 * day },
  refunds: { maxWindowMs: 7 * day, overlapMs: 4 * day, lookbackMs: 89 * day },
}

/** Pages of what changed in the window. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  for (const part of splitWindow(window, resources[kind].maxWindowMs))
    yield* kind === 'orders' ? pullOrders(part, deps) : pullRefunds(part, deps)
}

const seconds = ({ from, to }: Window) => ({
  start: Math.floor(from / 1000),
  // UNVERIFIED: that both ends count. Our windows are half open.
  end: Math.ceil(to / 1000) - 1,
})

const orderPage = z.object({
  orders: z.array(z.unknown()).nullish(),
  page: z.object({ total: optionalCode }).nullish(),
})

/** An order that changes meanwhile leaves the window: the total shrinks, and the pager reads again what slid past it. */
async function* pullOrders(window: Window, deps: Deps): AsyncGenerator<Page> {
  const { start, end } = seconds(window)
  yield* numberedPages({
    firstPage: 1,
    size: orderSize,
    signal: deps.signal,
    keyOf,
    read: async (page_num) => {
      const { data } = await query(deps, orderPath, {
        update_order_start_time: start,
        update_order_end_time: end,
        page_num,
        page_size: orderSize,
      })
      const reply = readEnvelope(orderPage, data, { connector: connectorId, operation: orderPath })
      const records = reply.orders ?? []
      return { records, total: reply.page?.total, hasMore: records.length >= orderSize }
    },
  })
}

const refundPage = z.object({
  after_sale_order_list: z.array(z.unknown()).nullish(),
  has_more: z.boolean().nullish(),
  cursor: optionalId,
})

/** Refunds asked for in the window, then those that were paid back in it. */
async function* pullRefunds(window: Window, deps: Deps): AsyncGenerator<Page> {
  const { start, end } = seconds(window)
  const ranges = [
    { create_order_start_time: start, create_order_end_time: end },
    { refund_done_start_time: start, refund_done_end_time: end },
  ]
  for (const range of ranges)
    yield* cursorPages({
      first: '0',
      signal: deps.signal,
      keyOf,
      read: async (cursor) => {
        const { data } = await query(deps, refundPath, { ...range, cursor, page_size: refundSize })
        const reply = readEnvelope(refundPage, data, { connector: connectorId, operation: refundPath })
        return {
          records: reply.after_sale_order_list ?? [],
          next: reply.has_more === true ? reply.cursor : undefined,
        }
      },
    })
}

const listed = z.object({
  after_sale_id: optionalId,
  order_id: optionalId,
  update_time: optionalId,
  update_order_time: optionalId,
})

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(record: unknown): string {
  const seen = listed.safeParse(record).data
  const number = seen?.after_sale_id ?? seen?.order_id
  return number === undefined
    ? JSON.stringify(record)
    : `${number}@${seen?.update_time ?? seen?.update_order_time ?? ''}`
}
