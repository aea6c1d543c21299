import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { lastPageFirst, splitWindow } from '../kit/pagers.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import type { Deps } from './api.ts'
import { listedTrade } from './order-record.ts'
import { pageSize, search } from './queries.ts'
import { listedRefund } from './refund-record.ts'
import { wholeOrders } from './whole-orders.ts'

const minute = 60_000
const day = 86_400_000

/** UNVERIFIED: at most an hour at once is advised; how far back the ERP answers is not told. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: 60 * minute, overlapMs: 5 * minute, lookbackMs: 90 * day },
  refunds: { maxWindowMs: 60 * minute, overlapMs: 5 * minute, lookbackMs: 90 * day },
}

/** Pages of what changed in the window, only of the shops the configuration maps. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const seen = new Set<string>()
  for (const part of splitWindow(window, 60 * minute)) {
    for await (const page of pullPart(kind, part, deps)) {
      const mapped = page.records.filter((record) => isMapped(record, deps))
      const records = kind === 'orders' ? await wholeOrders(mapped, seen, deps) : mapped
      if (records.length > 0) yield { ...page, records }
    }
  }
}

/** Both ends count there, and times are whole seconds; our windows are half open. */
const lastSecondBefore = (to: number) => Math.ceil(to / 1000) * 1000 - 1000

/** From the last page down: what changes meanwhile leaves the window, and the others slide towards pages still to come. */
function pullPart(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const wanted = {
    from: gmt8FromInstant(window.from),
    to: gmt8FromInstant(lastSecondBefore(window.to)),
  }
  return lastPageFirst({
    firstPage: 0,
    size: pageSize,
    signal: deps.signal,
    keyOf,
    // The count is only sure on page 0.
    count: async () => (await search(deps, kind, { wanted, page: { no: 0, size: 1 } })).total,
    read: async (no) => {
      const { records } = await search(deps, kind, { wanted, page: { no, size: pageSize } })
      return { records }
    },
  })
}

function keyOf(record: unknown): string {
  const trade = listedTrade.safeParse(record).data
  const number = listedRefund.safeParse(record).data?.refund_no ?? trade?.trade_no
  return number === undefined ? JSON.stringify(record) : `${number}@${trade?.modified ?? ''}`
}

/** A record that names no shop goes on, to be parked with its reason. */
function isMapped(record: unknown, deps: Deps): boolean {
  const shopNo = listedTrade.safeParse(record).data?.shop_no
  return shopNo === undefined || Object.hasOwn(deps.config.shops, shopNo)
}
