import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { CanonicalEvent, EventType } from '#src/contracts/event.ts'
import type { Tx } from '#src/db/database.ts'
import { events } from '#src/db/schema/index.ts'
import type { Wakeups } from '#src/db/wake.ts'
import { toAppError } from '#src/errors.ts'
import { nextDelay } from '#src/jobs/backoff.ts'
import { createLoop, type Loop, type LoopOutcome } from '#src/jobs/loop.ts'
import { createContext, type RuntimeDeps } from './context.ts'
import { eventsLane } from './raise-event.ts'

const maxAttempts = 12
const workers = 4
const pollMs = 3_000

type Row = typeof events.$inferSelect

/** The next event whose subject has no earlier one waiting; locked, so that no other worker or process takes it. */
async function claim(tx: Tx, now: number): Promise<Row | undefined> {
  const earlier = sql`not exists (select 1 from events e where e.subject = ${events.subject} and e.id < ${events.id} and e.state = 'new')`
  const [row] = await tx
    .select()
    .from(events)
    .where(and(eq(events.state, 'new'), lte(events.dueAt, now), earlier))
    .orderBy(asc(events.id))
    .limit(1)
    .for('update', { skipLocked: true })
  return row
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
  if (!parked) return
  await createContext(deps, tx, { trace: row.trace, playbook: 'runtime' }).alert({
    code: 'event_parked',
    subject: row.subject,
    title: '有一条业务事件处理失败',
    text: `${row.type} ${row.subject}：${error.code} ${error.message}`,
    remedy: '请联系 IT 查看日志（追踪号见下），修复后可重放；其他订单不受影响。',
  })
}

/** Handles one event in one transaction; the failure of its handlers rolls back only what they did. Returns whether there was one. */
export async function drainOne(deps: RuntimeDeps): Promise<boolean> {
  return deps.database.db.transaction(async (tx) => {
    const row = await claim(tx, deps.clock.now())
    if (row === undefined) return false
    try {
      await tx.transaction((inner) => handle(deps, inner, toEvent(row)))
    } catch (error) {
      await recordFailure(deps, tx, row, error)
      return true
    }
    await tx.update(events).set({ state: 'done', doneAt: deps.clock.now() }).where(eq(events.id, row.id))
    return true
  })
}

/** Runs the playbooks' handlers over new events, several subjects side by side. */
export function createEventDrain(deps: RuntimeDeps, wakeups: Wakeups): Loop {
  const worker = async (): Promise<number> => {
    let handled = 0
    while (handled < 200 && (await drainOne(deps))) handled += 1
    return handled
  }
  const run = async (): Promise<LoopOutcome> => {
    const handled = await Promise.all(Array.from({ length: workers }, worker))
    return handled.some((n) => n > 0) ? 'more' : 'idle'
  }
  const onError = (error: unknown) => deps.log.error({ err: error }, 'event drain failed')
  return createLoop({ name: 'events', lanes: [eventsLane], wakeups, pollMs, run, onError })
}

/** Puts parked events back; `ids` absent means all of them. Returns how many. */
export async function replayParked(tx: Tx, now: number, ids?: readonly number[]): Promise<number> {
  const which = ids === undefined ? undefined : inArray(events.id, [...ids])
  const rows = await tx
    .update(events)
    .set({ state: 'new', attempts: 0, dueAt: now, error: null })
    .where(and(eq(events.state, 'parked'), which))
    .returning({ id: events.id })
  return rows.length
}
