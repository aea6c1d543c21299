import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { numberedPages, splitWindow } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import { callErp, connectorId, type Deps } from './api.ts'
import { queries, replyPage } from './fetch.ts'
import { optionalId, optionalText } from './wire.ts'

const day = 86_400_000

/** The platform takes at most 7 days at once; a day keeps one pull small. How far back it answers is UNVERIFIED. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: day, overlapMs: 5 * 60_000, lookbackMs: 90 * day },
  refunds: { maxWindowMs: day, overlapMs: 5 * 60_000, lookbackMs: 90 * day },
}

/** Pages of what changed in the window, only of the shops the configuration maps. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  for (const part of splitWindow(window, 7 * day)) yield* pullPart(kind, part, deps)
}

const listed = z.object({
  as_id: optionalId,
  o_id: optionalId,
  shop_id: optionalId,
  modified: optionalText,
})

async function* pullPart(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const { path, size, list } = queries[kind]
  const read = async (index: number) => {
    const biz = {
      modified_begin: gmt8FromInstant(window.from),
      modified_end: gmt8FromInstant(window.to),
      page_index: index,
      page_size: size,
    }
    const { data } = await callErp(deps, { path, biz, reads: true })
    const reply = readEnvelope(replyPage, data, { connector: connectorId, operation: path })
    return {
      records: reply[list] ?? [],
      total: reply.data_count ?? undefined,
      hasMore: reply.has_next === true || reply.has_next === 'true',
    }
  }
  const pages = numberedPages({ firstPage: 1, size, read, keyOf, signal: deps.signal })
  for await (const page of pages) {
    const records = page.records.filter((record) => isMapped(record, deps))
    if (records.length > 0) yield { ...page, records }
  }
}

function keyOf(record: unknown): string {
  const seen = listed.safeParse(record).data
  const id = seen?.as_id ?? seen?.o_id
  return id === undefined ? JSON.stringify(record) : `${id}@${seen?.modified ?? ''}`
}

/** A record that names no shop goes on, to be parked with its reason. */
function isMapped(record: unknown, deps: Deps): boolean {
  const shopId = listed.safeParse(record).data?.shop_id
  return shopId === undefined || deps.config.shops[shopId] !== undefined
}
