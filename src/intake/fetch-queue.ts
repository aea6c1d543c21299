/** The rows of `fetches`: claimed for a while, then done, tried again or parked. */
import { sql } from 'drizzle-orm'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Database } from '#src/db/database.ts'
import { appendEvents } from './append-events.ts'
import { storableJson } from './storable-json.ts'

export interface ClaimedFetch {
  shopId: string
  connector: string
  resource: RecordKind
  externalId: string
  /** Hints seen so far. */
  wanted: number
  /** Failed tries before this one. */
  attempts: number
  trace: string
}

export interface FetchFailure {
  code: string
  message: string
}

/** A fetch that takes longer than this died with its process, and is claimed again. Storing twice is harmless. */
const claimMs = 30_000

/** Takes up to `count` due rows, those waiting longest first. */
export async function claimFetches(database: Database, count: number, now: number): Promise<ClaimedFetch[]> {
  const { rows } = await database.pool.query<ClaimedFetch>(
    `update fetches f set due_at = $1
     from (
       select shop_id, connector, resource, external_id from fetches
       where state = 'new' and due_at <= $2 order by due_at limit $3 for update skip locked
     ) due
     where (f.shop_id, f.connector, f.resource, f.external_id)
         = (due.shop_id, due.connector, due.resource, due.external_id)
     returning f.shop_id as "shopId", f.connector, f.resource, f.external_id as "externalId", f.wanted,
       f.attempts, f.trace`,
    [now + claimMs, now, count],
  )
  return rows
}

/** Done, unless another hint came meanwhile: that one is due (or being fetched) already. */
export async function finishFetch(database: Database, fetch: ClaimedFetch, now: number): Promise<void> {
  await database.pool.query(
    `update fetches set fetched = greatest(fetched, $5), attempts = 0, error = null,
       due_at = case when wanted <= greatest(fetched, $5) then $6 else due_at end,
       state = case when wanted <= greatest(fetched, $5) then 'done' else state end
     where shop_id = $1 and connector = $2 and resource = $3 and external_id = $4`,
    [...keyOf(fetch), fetch.wanted, now],
  )
}

export async function retryFetch(
  database: Database,
  fetch: ClaimedFetch,
  retry: { dueAt: number; error: FetchFailure },
): Promise<void> {
  await database.pool.query(
    `update fetches set attempts = attempts + 1, error = $6,
       due_at = case when wanted = $7 then $5 else due_at end
     where shop_id = $1 and connector = $2 and resource = $3 and external_id = $4`,
    [...keyOf(fetch), retry.dueAt, storableJson(retry.error), fetch.wanted],
  )
}

/** Gives it up, unless another hint came meanwhile. `announce`: a person has to know. */
export async function parkFetch(
  database: Database,
  fetch: ClaimedFetch,
  parking: { error: FetchFailure; announce: boolean; now: number },
): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`
      update fetches set attempts = attempts + 1, error = ${storableJson(parking.error)}::jsonb, state = 'parked'
      where shop_id = ${fetch.shopId} and connector = ${fetch.connector} and resource = ${fetch.resource}
        and external_id = ${fetch.externalId} and wanted = ${fetch.wanted}`)
    if (!parking.announce) return
    const subject = `record:${fetch.connector}:${fetch.shopId}:${fetch.resource}:${fetch.externalId}`
    const payload = { area: 'intake', subject, ...parking.error }
    await appendEvents(tx, [{ type: 'work.parked', subject, trace: fetch.trace, payload }], parking.now)
  })
}

/** Forgets what was fetched more than a week ago. Returns how many rows went. */
export async function purgeFetches(database: Database, now: number): Promise<number> {
  const { rowCount } = await database.pool.query(`delete from fetches where state = 'done' and due_at < $1`, [
    now - 7 * 86_400_000,
  ])
  return rowCount ?? 0
}

const keyOf = (fetch: ClaimedFetch) => [fetch.shopId, fetch.connector, fetch.resource, fetch.externalId]
