import { and, eq, lte, sql } from 'drizzle-orm'
import type { Clock } from '#src/clock.ts'
import type { Db } from '#src/db/database.ts'
import { tasks } from '#src/db/schema/index.ts'
import { AppError, toAppError } from '#src/errors.ts'
import type { Logger } from '#src/log.ts'
import { afterFailure } from './backoff.ts'
import type { Claims } from './claim.ts'
import type { OnDead, Task, TaskHandler } from './task.ts'

export interface TaskRunDeps {
  db: Db
  claims: Claims
  handlers: ReadonlyMap<string, TaskHandler>
  clock: Clock
  log: Logger
  onDead?: OnDead
  /** Told that a task is due again at some later instant. */
  onRetry(): void
  random?: () => number
}

type TaskRow = typeof tasks.$inferSelect

/**
 * Runs a task while it is due and no other process runs it. Called with any id at any time; a call too many finds
 * nothing to do. What was enqueued while another holder ran is seen by that holder after it let go.
 */
export async function runTask(deps: TaskRunDeps, id: number): Promise<void> {
  while ((await readDue(deps, id)) !== undefined) {
    if (!(await deps.claims.take(id))) return
    try {
      const row = await readDue(deps, id)
      if (row !== undefined) await runClaimed(deps, row)
    } finally {
      await deps.claims.release(id)
    }
  }
}

async function readDue(deps: TaskRunDeps, id: number): Promise<TaskRow | undefined> {
  const rows = await deps.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, id), eq(tasks.state, 'new'), lte(tasks.dueAt, deps.clock.now())))
  return rows[0]
}

async function runClaimed(deps: TaskRunDeps, row: TaskRow): Promise<void> {
  const task: Task = {
    id: row.id,
    job: row.job,
    key: row.key,
    input: row.input,
    trace: row.trace,
    attempts: row.attempts,
  }
  const started = deps.clock.now()
  try {
    const handler = deps.handlers.get(row.job)
    if (handler === undefined) throw unknownJob(row.job)
    await handler(task)
  } catch (error) {
    return recordFailure(deps, row, { task, error: toAppError(error) })
  }
  await recordSuccess(deps, row)
  deps.log.debug(
    { trace: row.trace, job: row.job, key: row.key, ms: deps.clock.now() - started },
    'task done',
  )
}

async function recordSuccess(deps: TaskRunDeps, row: TaskRow): Promise<void> {
  const asked = sql`${tasks.wanted} = ${row.wanted}`
  await deps.db
    .update(tasks)
    .set({
      state: sql`case when ${asked} then 'done' else 'new' end`,
      doneAt: sql`case when ${asked} then ${deps.clock.now()}::bigint end`,
      attempts: 0,
      firstFailedAt: null,
      error: null,
    })
    .where(and(eq(tasks.id, row.id), eq(tasks.state, 'new')))
}

async function recordFailure(
  deps: TaskRunDeps,
  row: TaskRow,
  failed: { task: Task; error: AppError },
): Promise<void> {
  const now = deps.clock.now()
  const firstFailedAt = row.firstFailedAt ?? now
  const attempts = row.attempts + 1
  const next = afterFailure(failed.error, {
    attempts,
    firstFailedAt,
    now,
    ...(deps.random && { random: deps.random }),
  })
  const error = { code: failed.error.code, message: failed.error.message }
  const about = { trace: row.trace, job: row.job, key: row.key, attempts, error }
  if (next !== 'dead') {
    deps.log.warn({ ...about, retryInMs: next.dueAt - now }, 'task failed, will be tried again')
    const dueAt = sql`case when ${tasks.wanted} = ${row.wanted} then ${next.dueAt}::bigint
      else least(${tasks.dueAt}, ${next.dueAt}::bigint) end`
    await deps.db
      .update(tasks)
      .set({ attempts, firstFailedAt, error, dueAt })
      .where(and(eq(tasks.id, row.id), eq(tasks.state, 'new')))
    deps.onRetry()
    return
  }
  deps.log.error(about, 'task given up')
  await deps.db.transaction(async (tx) => {
    // Asked for again meanwhile: that request gets its own tries.
    const state = sql`case when ${tasks.wanted} = ${row.wanted} then 'dead' else 'new' end`
    const updated = await tx
      .update(tasks)
      .set({ attempts, firstFailedAt, error, state })
      .where(and(eq(tasks.id, row.id), eq(tasks.state, 'new')))
      .returning({ state: tasks.state })
    if (updated[0]?.state === 'dead') await deps.onDead?.(tx, failed.task, failed.error)
  })
}

/** Retried, not dropped: during an upgrade an older process may meet the work of a newer one. */
function unknownJob(job: string): AppError {
  return new AppError('task_unknown_job', `No playbook of this version offers the job "${job}".`, {
    retry: 'backoff',
    outcome: 'not-sent',
  })
}
