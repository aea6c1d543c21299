import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { CanonicalEvent, EventType } from '#src/contracts/event.ts'
import type { Tx } from '#src/db/database.ts'
import { events } from '#src/db/schema/index.ts'
import { type Wakeups, wake } from '#src/db/wake.ts'
import { type AppError, toAppError } from '#src/errors.ts'
import { nextDelay } from '#src/jobs/backoff.ts'
import type { Loop, LoopOutcome } from '#src/jobs/loop.ts'
import { createWorkers } from '#src/jobs/workers.ts'
import { createContext, type RuntimeDeps } from './context.ts'
import { eventsLane } from './raise-event.ts'

const maxAttempts = 12
const workers = 4
const pollMs = 3_000
/** Events of one transaction: one commit for many, while the rows they lock are free again in a moment. */
const batchSize = 20

type Row = typeof events.$inferSelect

/**
 * The next events, at most one per subject and none before its earlier ones; locked, so that no other worker or process
 * takes them. Asking for the first of each subject by its index costs the same however many wait.
 */
async function claim(tx: Tx, which: { now: number; limit: number; backlog: boolean }): Promise<Row[]> {
  // The planner's statistics know nothing of a sudden backlog: it would check and sort all of a hundred thousand events.
  if (which.backlog) await tx.execute(sql`set local enable_sort = off`)
  const isFirst = sql`${events.id} = (select e.id from events e where e.subject = ${events.subject} and e.state = 'new' order by e.id limit 1)`
  return tx
    .select()
    .from(events)
    .where(and(eq(events.state, 'new'), lte(events.dueAt, which.now), isFirst))
    .orderBy(asc(events.id))
    .limit(which.limit)
    .for('update', { skipLocked: true })
}

const toEvent = (row: Row): CanonicalEvent => ({
  id: String(row.id),
  type: row.type as EventType,
  subject: row.subject,
  trace: row.trace,
  at: row.at,
  payload: row.payload as CanonicalEvent['payload'],
})

async function handle(deps: RuntimeDeps, tx: Tx, event: CanonicalEvent): Promise<void> {
  for (const { playbook, handle: run } of deps.registry.handlers(event.type)) {
    await run(createContext(deps, tx, { trace: event.trace, playbook }), event)
  }
}

async function recordFailure(deps: RuntimeDeps, tx: Tx, row: Row, thrown: unknown): Promise<void> {
  const error = toAppError(thrown)
  const attempts = row.attempts + 1
  const parked = error.retry === 'never' || attempts >= maxAttempts
  deps.log.error(
    { trace: row.trace, event: row.type, subject: row.subject, err: error, parked },
    'event handler failed',
  )
  await tx
    .update(events)
    .set({
      attempts,
      state: parked ? 'parked' : 'new',
      dueAt: deps.clock.now() + nextDelay(attempts, Math.random),
      error: { code: error.code, message: error.message },
    })
    .where(eq(events.id, row.id))
  if (parked) await tellParked(deps, tx, { row, error })
}

/** Telling must not undo what it tells of: a failing alert leaves the event parked all the same. */
async function tellParked(
  deps: RuntimeDeps,
  tx: Tx,
  { row, error }: { row: Row; error: AppError },
): Promise<void> {
  const alert = {
    code: 'event_parked',
    subject: row.subject,
    title: '有一条业务事件处理失败',
    text: `${row.type} ${row.subject}：${error.code} ${error.message}`,
    remedy: '请联系 IT 查看日志（追踪号见下），修复后可重放；其他订单不受影响。',
  }
  try {
    await tx.transaction((inner) =>
      createContext(deps, inner, { trace: row.trace, playbook: 'runtime' }).alert(alert),
    )
  } catch (thrown) {
    deps.log.error({ trace: row.trace, err: thrown }, 'a parked event could not be told of')
  }
}

/** Returns whether later events of the same subjects have been waiting for these. */
async function finish(deps: RuntimeDeps, tx: Tx, rows: readonly Row[]): Promise<boolean> {
  const ids = rows.map((row) => row.id)
  const follows = sql<boolean>`exists (select 1 from events e where e.subject = ${events.subject} and e.state = 'new' and e.id > ${events.id})`
  const done = await tx
    .update(events)
    .set({ state: 'done', doneAt: deps.clock.now() })
    .where(inArray(events.id, ids))
    .returning({ follows })
  return done.some((row) => row.follows)
}

/** Handles one event in one transaction; the failure of its handlers rolls back only what they did. Returns whether there was one. */
export async function drainOne(deps: RuntimeDeps): Promise<boolean> {
  return deps.database.db.transaction(async (tx) => {
    const [row] = await claim(tx, { now: deps.clock.now(), limit: 1, backlog: false })
    if (row === undefined) return false
    try {
      await tx.transaction((inner) => handle(deps, inner, toEvent(row)))
    } catch (error) {
      await recordFailure(deps, tx, row, error)
      return true
    }
    await finish(deps, tx, [row])
    return true
  })
}

/**
 * Rows are locked until the batch commits. Going by subject is going by row key, as the table writer does when it
 * records a batch of its own: the two then wait for each other instead of deadlocking. A batch has one event per subject.
 */
const bySubject = (rows: readonly Row[]) => rows.toSorted((a, b) => (a.subject < b.subject ? -1 : 1))

/** Handles several events in one transaction; throws, with nothing done, when a handler of any of them fails. */
async function drainTogether(deps: RuntimeDeps, backlog: boolean): Promise<Drained> {
  return deps.database.db.transaction(async (tx) => {
    const rows = await claim(tx, { now: deps.clock.now(), limit: batchSize, backlog })
    if (rows.length === 0) return 'none'
    for (const row of bySubject(rows)) await handle(deps, tx, toEvent(row))
    const follows = await finish(deps, tx, rows)
    return rows.length === batchSize ? 'backlog' : follows ? 'some' : 'all'
  })
}

/** `all`: nothing waits any more; `some`: more may wait; `backlog`: more than fits into one batch. */
type Drained = 'none' | 'all' | 'some' | 'backlog'

/** The next events together, or, when one of them fails, each by itself: it must not hold up the others. */
async function drainSome(deps: RuntimeDeps, backlog: boolean): Promise<Drained> {
  try {
    return await drainTogether(deps, backlog)
  } catch (error) {
    deps.log.debug({ err: error }, 'an event handler failed, its batch is handled one by one')
  }
  for (let handled = 0; handled < batchSize; handled += 1) if (!(await drainOne(deps))) return 'all'
  return 'some'
}

/** Runs the playbooks' handlers over new events, several batches side by side. */
export function createEventDrain(deps: RuntimeDeps, wakeups: Pick<Wakeups, 'on'>): Loop {
  const drained: Drained[] = []
  const run = async (worker: number): Promise<LoopOutcome> => {
    const result = await drainSome(deps, drained[worker] === 'backlog')
    drained[worker] = result
    return result === 'some' || result === 'backlog' ? 'more' : 'idle'
  }
  const onError = (error: unknown) => deps.log.error({ err: error }, 'event drain failed')
  return createWorkers({
    name: 'events',
    count: workers,
    lanes: [eventsLane],
    wakeups,
    pollMs,
    run,
    onError,
  })
}

/** Puts parked events back; `ids` absent means all of them. Returns how many. */
export async function replayParked(tx: Tx, now: number, ids?: readonly number[]): Promise<number> {
  const which = ids === undefined ? undefined : inArray(events.id, [...ids])
  const rows = await tx
    .update(events)
    .set({ state: 'new', attempts: 0, dueAt: now, error: null })
    .where(and(eq(events.state, 'parked'), which))
    .returning({ id: events.id })
  if (rows.length > 0) await wake(tx, eventsLane)
  return rows.length
}
