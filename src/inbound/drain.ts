/** Works the inbox off: the inbox is the queue. */
import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import type { Clock } from '#src/clock.ts'
import type { Database, Tx } from '#src/db/database.ts'
import type { Wakeups } from '#src/db/wake.ts'
import { type AppError, toAppError } from '#src/errors.ts'
import { storableJson } from '#src/intake/storable-json.ts'
import type { Loop, LoopOutcome } from '#src/jobs/loop.ts'
import { createWorkers } from '#src/jobs/workers.ts'
import type { Logger } from '#src/log.ts'

/** Lane that wakes the drain. */
export const inboxLane = 'inbox'

/** One received thing as handlers get it. */
export interface InboxMessage {
  id: number
  source: string
  dedupeKey: string
  kind: 'event' | 'card' | 'push'
  eventType: string
  /** Verified, decrypted bytes. */
  raw: Buffer
  headers: Record<string, string>
  /** ms */
  receivedAt: number
  trace: string
}

export type InboxHandler = (tx: Tx, message: InboxMessage) => Promise<void>

/** By `<source kind>:<event type>`, e.g. `feishu:im.message.receive_v1`, `channel:push`. */
export type InboxHandlers = Readonly<Record<string, InboxHandler>>

export interface DrainDeps {
  database: Database
  handlers: InboxHandlers
  wakeups: Pick<Wakeups, 'on'>
  clock: Clock
  log: Logger
  /** Rows handled side by side in this process. */
  concurrency?: number
  /** Tries before a row is parked; 20 take about two hours. */
  maxAttempts?: number
  pollMs?: number
  /** In the row's transaction: make it known to a person. */
  onParked?: (tx: Tx, message: InboxMessage, error: AppError) => Promise<void>
}

/** Several workers: a handler that waits for a lock holds up nobody else. */
export function createInboxDrain(deps: DrainDeps): Loop {
  const backlog: boolean[] = []
  const run = async (worker: number): Promise<LoopOutcome> => {
    const drained = await drainSome(deps, backlog[worker] === true)
    backlog[worker] = drained === 'backlog'
    if (drained === 'some' || drained === 'backlog') return 'more'
    return worker === 0 ? await untilNextDue(deps) : 'idle'
  }
  return createWorkers({
    name: 'inbox',
    count: deps.concurrency ?? 4,
    lanes: [inboxLane],
    wakeups: deps.wakeups,
    pollMs: deps.pollMs ?? 2000,
    run,
    onError: (error) => deps.log.error({ err: error }, 'inbox drain failed'),
  })
}

/** Rows of one transaction: one commit for many. */
const batchSize = 20

/** `all`: nothing waits any more; `some`: more may wait; `backlog`: more than fits into one batch. */
type Drained = 'none' | 'all' | 'some' | 'backlog'

/** The next rows together, or, when one of them fails, each by itself: it must not hold up the others. */
async function drainSome(deps: DrainDeps, backlog: boolean): Promise<Drained> {
  const together = await drainTogether(deps, backlog)
  if (together !== 'failed') return together
  for (let handled = 0; handled < batchSize; handled += 1) if (!(await drainOne(deps))) return 'all'
  return 'some'
}

/** Handles several rows in one transaction; nothing is done when the handler of any of them fails. */
async function drainTogether(deps: DrainDeps, backlog: boolean): Promise<Drained | 'failed'> {
  let failed = false
  try {
    return await deps.database.db.transaction(async (tx) => {
      // The planner's statistics know nothing of a sudden backlog: it would sort all of it, bodies included.
      if (backlog) await tx.execute(sql`set local enable_sort = off`)
      const { rows } = await tx.execute<Row & Record<string, unknown>>(claimNext(deps.clock.now(), batchSize))
      if (rows.length === 0) return 'none'
      failed = true
      for (const row of rows) await handlerOf(deps, row)?.(tx, messageOf(row))
      failed = false
      await finish(deps, tx, rows)
      if (rows.length === batchSize) return 'backlog'
      return rows.some((row) => row.lane !== null) ? 'some' : 'all'
    })
  } catch (error) {
    if (!failed) throw error
    return 'failed'
  }
}

async function finish(deps: DrainDeps, tx: Tx, rows: readonly Row[]): Promise<void> {
  const ids = JSON.stringify(rows.map((row) => row.id))
  await tx.execute(sql`
    update inbox set state = 'done', done_at = ${deps.clock.now()}, error = null
    where id in (select value::bigint from jsonb_array_elements_text(${ids}::jsonb))`)
}

interface Row {
  id: string
  source: string
  dedupe_key: string
  kind: InboxMessage['kind']
  event_type: string | null
  lane: string | null
  raw: Buffer
  headers: Record<string, string>
  received_at: string
  attempts: number
  trace: string
}

/** Handles the next due row; false when there is none. An earlier unfinished row of its lane holds a row back. */
export async function drainOne(deps: DrainDeps): Promise<boolean> {
  let failed: Failed | undefined
  try {
    return await deps.database.db.transaction(async (tx) => {
      const { rows } = await tx.execute<Row & Record<string, unknown>>(claimNext(deps.clock.now(), 1))
      const row = rows[0]
      if (row === undefined) return false
      const message = messageOf(row)
      try {
        await handlerOf(deps, row)?.(tx, message)
      } catch (error) {
        failed = { message, attempts: row.attempts + 1, error: toAppError(error) }
        throw error
      }
      await finish(deps, tx, [row])
      return true
    })
  } catch (error) {
    if (failed === undefined) throw error
    await recordFailure(deps, failed)
    return true
  }
}

/** All the handler did is rolled back, its lock on the row too: whoever has taken the row since then records it. */
async function recordFailure(deps: DrainDeps, failed: Failed): Promise<void> {
  await deps.database.db.transaction(async (tx) => {
    const { rows } = await tx.execute(
      sql`select id from inbox where id = ${failed.message.id} and state = 'new' for update skip locked`,
    )
    if (rows.length > 0) await fail(deps, tx, failed)
  })
}

function claimNext(now: number, limit: number): SQL {
  return sql`
    select id, source, dedupe_key, kind, event_type, lane, raw, headers, received_at, attempts, trace
    from inbox i
    where state = 'new' and due_at <= ${now}
      and (lane is null or not exists (
        select 1 from inbox earlier
        where earlier.lane = i.lane and earlier.state = 'new' and earlier.id < i.id))
    order by due_at, id
    limit ${limit}
    for update skip locked`
}

const messageOf = (row: Row): InboxMessage => ({
  id: Number(row.id),
  source: row.source,
  dedupeKey: row.dedupe_key,
  kind: row.kind,
  eventType: row.event_type ?? '',
  raw: row.raw,
  headers: row.headers,
  receivedAt: Number(row.received_at),
  trace: row.trace,
})

const handlerOf = (deps: DrainDeps, row: Row) =>
  deps.handlers[`${row.source.split(':', 1)[0]}:${row.event_type ?? ''}`]

interface Failed {
  message: InboxMessage
  attempts: number
  error: AppError
}

/** The row keeps why, and when it is tried again. */
async function fail(deps: DrainDeps, tx: Tx, failed: Failed): Promise<void> {
  const { message, attempts, error } = failed
  const parked = error.retry === 'never' || attempts >= (deps.maxAttempts ?? 20)
  const { trace, eventType } = message
  deps.log.error({ trace, eventType, attempts, parked, err: error }, 'inbox handler failed')
  const kept = storableJson({ code: error.code, message: error.message, context: error.context })
  await tx.execute(sql`
    update inbox set attempts = ${attempts}, state = ${parked ? 'parked' : 'new'}, due_at = ${retryAt(deps, failed)},
      error = ${kept}::jsonb
    where id = ${message.id}`)
  if (parked) await deps.onParked?.(tx, message, error)
}

/** 0.5 s, 1 s, 2 s … 15 min, each between half and the whole of it; or when the error says so. */
function retryAt(deps: DrainDeps, { attempts, error }: Failed): number {
  const now = deps.clock.now()
  if (typeof error.retry === 'object') return Math.max(now, error.retry.after.getTime())
  const ceiling = Math.min(15 * 60_000, 500 * 2 ** Math.min(attempts - 1, 20))
  return now + Math.ceil(ceiling * (0.5 + Math.random() / 2))
}

/** Rows that are due but held (by their lane, or by another process) are left to the poll. */
async function untilNextDue(deps: DrainDeps): Promise<LoopOutcome> {
  const now = deps.clock.now()
  const { rows } = await deps.database.db.execute<{ due_at: string | null }>(
    sql`select min(due_at) as due_at from inbox where state = 'new' and due_at > ${now}`,
  )
  const due = rows[0]?.due_at
  return due === null || due === undefined ? 'idle' : { waitMs: Math.max(10, Number(due) - now) }
}
