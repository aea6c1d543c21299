import { sql } from 'drizzle-orm'
import type { Executor } from '#src/db/database.ts'
import { tasks } from '#src/db/schema/index.ts'
import { isClaimed } from './claim.ts'
import type { TaskRequest } from './task.ts'

/**
 * States in the tasks table that the work is wanted. A waiting task of the same key takes the new input and the
 * earlier instant; a running one runs again, not before `at`; a done or dead one starts anew.
 */
export async function writeTask(
  executor: Executor,
  request: TaskRequest,
  now: number,
): Promise<{ id: number; dueAt: number }> {
  const { rows } = await executor.execute<{ id: string; due_at: string }>(sql`
    insert into ${tasks} (job, task_key, input, due_at, created_at, trace)
    values (${request.job}, ${request.key}, ${JSON.stringify(request.input)}::jsonb,
            ${Math.max(request.at ?? now, now)}, ${now}, ${request.trace})
    on conflict (job, task_key) do update set
      input = excluded.input,
      trace = excluded.trace,
      wanted = ${tasks.wanted} + 1,
      due_at = case when ${tasks.state} = 'new' and not ${isClaimed}
        then least(${tasks.dueAt}, excluded.due_at) else excluded.due_at end,
      attempts = case when ${tasks.state} = 'new' then ${tasks.attempts} else 0 end,
      first_failed_at = case when ${tasks.state} = 'new' then ${tasks.firstFailedAt} end,
      error = case when ${tasks.state} = 'new' then ${tasks.error} end,
      state = 'new',
      done_at = null
    returning id, due_at`)
  const row = rows[0]
  if (row === undefined) throw new Error('an upsert returns its row')
  return { id: Number(row.id), dueAt: Number(row.due_at) }
}
