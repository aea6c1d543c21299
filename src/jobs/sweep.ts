import { and, asc, eq, gt, lt, lte, not, sql } from 'drizzle-orm'
import type { Db } from '#src/db/database.ts'
import { tasks } from '#src/db/schema/index.ts'
import { isClaimed } from './claim.ts'
import type { LoopOutcome } from './loop.ts'
import type { TriggerQueue } from './trigger-queue.ts'

const batch = 500
const keptDoneMs = 30 * 86_400_000

/** Triggers every task that is due, not done, and not running; says when the next one is due. */
export async function sweep(db: Db, queue: TriggerQueue, now: number): Promise<LoopOutcome> {
  const due = await db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.state, 'new'), lte(tasks.dueAt, now), not(isClaimed)))
    .orderBy(asc(tasks.dueAt))
    .limit(batch)
  await queue.sendMany(due.map(({ id }) => id))
  if (due.length === batch) return { waitMs: 1000 }
  const [next] = await db
    .select({ dueAt: sql<string | null>`min(${tasks.dueAt})` })
    .from(tasks)
    .where(and(eq(tasks.state, 'new'), gt(tasks.dueAt, now)))
  return next?.dueAt == null ? 'idle' : { waitMs: Number(next.dueAt) - now }
}

/** Removes what was done more than 30 days ago. */
export async function purgeDone(db: Db, now: number): Promise<void> {
  await db.delete(tasks).where(and(eq(tasks.state, 'done'), lt(tasks.doneAt, now - keptDoneMs)))
}
