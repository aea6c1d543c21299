/** Puts what was received into the inbox, many rows per statement, and says which of it is new. */
import type { Pool } from 'pg'
import type { Database } from '#src/db/database.ts'
import { AppError, messageOf } from '#src/errors.ts'
import { createBatcher } from './batcher.ts'
import type { InboxItem } from './inbox-item.ts'

export type Committed = 'new' | 'duplicate'

export interface InboxStore {
  /**
   * Resolves after COMMIT, one answer per item in order.
   * @throws AppError `inbox_unavailable`: nothing is promised, the sender must send again (HTTP 503)
   */
  commit(items: readonly InboxItem[]): Promise<Committed[]>
  /** Ends an item that was handled outside the drain (a card press). */
  finish(item: InboxItem, at: number): Promise<void>
  /** Gives an item to the drain at once. */
  release(item: InboxItem, at: number): Promise<void>
}

export interface InboxStoreOptions {
  /** Most rows of one statement. */
  maxRows?: number
  /** Statements in flight at a time. */
  connections?: number
  /** Items that may wait before further ones are turned away (the sender sends again). */
  maxWaiting?: number
  /** Told after every commit that brought something new. */
  onCommitted?: () => void
}

export function createInboxStore(database: Database, options: InboxStoreOptions = {}): InboxStore {
  const { pool } = database
  const maxWaiting = options.maxWaiting ?? 10_000
  const batcher = createBatcher<InboxItem, Committed | Error>({
    maxItems: options.maxRows ?? 200,
    maxBatches: options.connections ?? 3,
    run: async (items) => {
      const answers = await insertAll(pool, items)
      if (answers.includes('new')) options.onCommitted?.()
      return answers
    },
  })
  return {
    commit: async (items) => {
      if (batcher.size() + items.length > maxWaiting) throw unavailable('too many requests are waiting')
      try {
        return (await batcher.add(items)).map((answer) => {
          if (answer instanceof Error) throw answer
          return answer
        })
      } catch (error) {
        throw unavailable(messageOf(error), error)
      }
    },
    finish: async (item, at) => {
      await pool.query(
        `update inbox set state = 'done', done_at = $3 where source = $1 and dedupe_key = $2 and state = 'new'`,
        [item.source, item.dedupeKey, at],
      )
    },
    release: async (item, at) => {
      await pool.query(
        `update inbox set due_at = $3 where source = $1 and dedupe_key = $2 and state = 'new'`,
        [item.source, item.dedupeKey, at],
      )
      options.onCommitted?.()
    },
  }
}

function unavailable(reason: string, cause?: unknown): AppError {
  return new AppError('inbox_unavailable', `The inbox cannot take this now: ${reason}`, {
    retry: 'backoff',
    outcome: 'unknown',
    cause,
  })
}

/**
 * What is parked at the door is made known to people by an event of its own.
 * Ids follow the order of arrival, because lanes are handled by id. Rows go in by key: two processes that were given
 * the same events in another order then wait for each other instead of deadlocking.
 */
const insertText = `
  with created as (
    insert into inbox (id, source, dedupe_key, kind, event_type, lane, raw, headers, state, due_at, received_at, error, trace)
    select id, source, dedupe_key, kind, event_type, lane, raw, headers::jsonb, state, due_at, received_at, error::jsonb, trace
    from (
      select nextval('inbox_id_seq') as id, *
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::text[], $8::text[],
        $9::bigint[], $10::bigint[], $11::text[], $12::text[])
        as u(source, dedupe_key, kind, event_type, lane, raw, headers, state, due_at, received_at, error, trace)
    ) incoming
    order by source, dedupe_key
    on conflict (source, dedupe_key) do nothing
    returning source, dedupe_key, state, error, received_at, trace
  ), announced as (
    insert into events (type, subject, payload, at, due_at, trace)
    select 'work.parked', 'inbox:' || source || ':' || dedupe_key,
      jsonb_build_object('area', 'inbound', 'subject', 'inbox:' || source || ':' || dedupe_key, 'code', error->>'code',
        'message', concat_ws(': ', error->>'path', error->>'message')),
      received_at, received_at, trace
    from created where state = 'parked'
  )
  select source, dedupe_key from created`

/** One row the database cannot hold must not keep the others out: it alone gets the error. */
async function insertAll(pool: Pool, items: InboxItem[]): Promise<(Committed | Error)[]> {
  try {
    return await insert(pool, items)
  } catch (error) {
    if (items.length === 1 || !isAboutData(error)) throw error
    const answers: (Committed | Error)[] = []
    for (const item of items) answers.push(...(await insert(pool, [item]).catch((e: Error) => [e])))
    return answers
  }
}

async function insert(pool: Pool, items: InboxItem[]): Promise<Committed[]> {
  const { rows } = await pool.query<{ source: string; dedupe_key: string }>({
    name: 'inbox-insert',
    text: insertText,
    values: [
      items.map((i) => i.source),
      items.map((i) => i.dedupeKey),
      items.map((i) => i.kind),
      items.map((i) => i.eventType ?? null),
      items.map((i) => i.lane ?? null),
      items.map((i) => i.raw),
      items.map((i) => JSON.stringify(i.headers)),
      items.map((i) => i.state),
      items.map((i) => i.dueAt),
      items.map((i) => i.receivedAt),
      items.map((i) => (i.error === undefined ? null : JSON.stringify(i.error))),
      items.map((i) => i.trace),
    ],
  })
  const created = new Set(rows.map((row) => `${row.source}\n${row.dedupe_key}`))
  // Only the first of equal keys in this batch is the new one.
  return items.map((i) => (created.delete(`${i.source}\n${i.dedupeKey}`) ? 'new' : 'duplicate'))
}

/** Data exceptions, limits and serialisation failures: the next try with fewer rows may succeed. */
function isAboutData(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^(22|23|40|54)/.test(code)
}
