import { randomUUID } from 'node:crypto'
import { alerts } from '../alerts.ts'
import type { TableLayout } from '../base/layout.ts'
import { repairTable } from '../read-back/repair.ts'
import { type Attempt, type AttemptRow, openAttempt } from './attempts.ts'
import { present, send } from './send.ts'
import { raise, type Session } from './session.ts'

/** Feishu docs: 批量删除记录. */
const maxDeletes = 500
/** Room that is kept for rows people add. */
const fillUpTo = 0.9
const fullPauseMs = 60_000
const freshEnoughMs = 60_000

/**
 * Keeps a table below its cap: the oldest rows nobody works on leave (the database keeps them), open rows never do.
 * @returns how many rows may be created now
 */
export async function makeRoom(session: Session, table: TableLayout): Promise<number> {
  const { ctx } = session
  const health = session.health(table)
  const limit = Math.floor(health.cap * fillUpTo)
  const excess = (await wantedRows(session, table)) - limit
  let evicted = 0
  if (excess > 0) {
    const leaving = await chooseLeaving(session, table, excess)
    evicted = leaving.length
    if (leaving.length > 0) await evict(session, table, leaving)
  }
  const here = await present(session, table)
  const free = limit - here
  if (free > 0) return free
  // Nothing more can leave: open rows may use what is kept free, up to the cap itself.
  const last = evicted > 0 ? 0 : health.cap - here
  if (last > 0) return last
  if (evicted === 0) {
    health.createsPausedUntil = ctx.clock.now() + fullPauseMs
    await raise(session, table, alerts.tableFull(table.def, health.cap))
  }
  return 0
}

/** Rows that want to be in the table, and all that are in it already. */
async function wantedRows(session: Session, table: TableLayout): Promise<number> {
  const { rows } = await session.ctx.database.pool.query(
    `select (select count(*) from table_rows where table_id = $1 and state = 'in')
          + (select count(*) from table_rows where table_id = $1 and record_id is not null and state <> 'in')
          + (select count(*) from foreign_rows where table_id = $1) as n`,
    [table.def.id],
  )
  return Number(rows[0]?.n)
}

/** Of the oldest closed rows, those never written simply stay out; the others must be deleted there. */
async function chooseLeaving(session: Session, table: TableLayout, excess: number): Promise<AttemptRow[]> {
  const { rows } = await session.ctx.database.pool.query(
    `with oldest as (
       select row_key, record_id, version from table_rows r
       where table_id = $1 and state = 'in' and closed and attempt_id is null
         and not exists (select from row_reads e where e.table_id = r.table_id and e.record_id = r.record_id)
       order by changed_at, row_key limit $2),
     never as (
       update table_rows t set state = 'out', written_version = t.version from oldest
       where t.table_id = $1 and t.row_key = oldest.row_key and oldest.record_id is null
         and t.record_id is null and t.attempt_id is null)
     select row_key, record_id, version from oldest where record_id is not null limit $3`,
    [table.def.id, excess, maxDeletes],
  )
  return rows.map((row) => ({ key: row.row_key, version: row.version, recordId: row.record_id, sent: {} }))
}

async function evict(session: Session, table: TableLayout, rows: AttemptRow[]): Promise<void> {
  const { ctx, layout } = session
  const now = ctx.clock.now()
  // What people wrote last must not leave unread: events may have been lost.
  if (now - session.health(table).repairedAt > freshEnoughMs) await repairTable(session, table)
  const attempt: Attempt = {
    id: randomUUID(),
    table: table.def.id,
    operation: 'delete',
    rows,
    body: { records: rows.map((row) => row.recordId) },
    startedAt: now,
  }
  await ctx.database.db.transaction((tx) => openAttempt(tx, layout.appToken, attempt))
  await send(session, table, attempt)
}
