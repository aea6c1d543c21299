import type { TableLayout } from '../base/layout.ts'
import type { Attempt } from './attempts.ts'
import type { Session } from './session.ts'

type Written = Exclude<Attempt['operation'], 'delete'>

const perRowMs = 100
const longestMs = 5_000

/**
 * ms a table rests after a write of so many rows: a single row goes out at once, but where many change, waiting a
 * little turns dozens of calls into one. A full batch never waits.
 */
export function restAfter(rows: number): number {
  return rows <= 1 ? 0 : Math.min(longestMs, rows * perRowMs)
}

export function rest(session: Session, table: TableLayout, attempt: Attempt): void {
  if (attempt.operation === 'delete') return
  const { restsUntil } = session.health(table)
  restsUntil[attempt.operation] = session.ctx.clock.now() + restAfter(attempt.rows.length)
}

/** Whether the table may be written now: it does not rest, or a full batch waits. */
export async function mayWrite(session: Session, table: TableLayout, operation: Written): Promise<boolean> {
  const { restsUntil, batchSize } = session.health(table)
  const now = session.ctx.clock.now()
  if (restsUntil[operation] <= now) return true
  const { rows } = await session.ctx.database.pool.query(
    `select count(*) as n from (
       select 1 from table_rows where table_id = $1 and state = 'in' and version > written_version
         and (record_id is null) = $2 and attempt_id is null and due_at <= $3 limit $4) due`,
    [table.def.id, operation === 'create', now, batchSize],
  )
  return Number(rows[0]?.n) >= batchSize
}
