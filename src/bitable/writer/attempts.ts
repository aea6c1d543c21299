import { and, asc, eq, sql } from 'drizzle-orm'
import type { Executor, Tx } from '#src/db/database.ts'
import { rowAttempts, tableRows } from '#src/db/schema/index.ts'

export interface AttemptRow {
  key: string
  /** Version of the desired row that is sent. */
  version: number
  recordId?: string
  /** Values sent, by field key; `null` empties. */
  sent: Record<string, unknown>
  /** Of an update: what the cells held before, by field key. */
  before?: Record<string, unknown>
}

/** One batch call, persisted before it leaves. Its id is the client_token. */
export interface Attempt {
  id: string
  /** Our table id. */
  table: string
  operation: 'create' | 'update' | 'delete'
  rows: AttemptRow[]
  body: unknown
  startedAt: number
}

/** Inside the transaction that picked the rows: they belong to this attempt until its result is known. */
export async function openAttempt(tx: Tx, base: string, attempt: Attempt): Promise<void> {
  await tx.insert(rowAttempts).values({ base, ...attempt })
  await tx.execute(sql`
    update table_rows set attempt_id = ${attempt.id}
    where table_id = ${attempt.table} and row_key in
      (select jsonb_array_elements_text(${JSON.stringify(attempt.rows.map((row) => row.key))}::jsonb))`)
}

export async function openAttempts(executor: Executor, base: string): Promise<Attempt[]> {
  const rows = await executor
    .select()
    .from(rowAttempts)
    .where(and(eq(rowAttempts.base, base), eq(rowAttempts.state, 'open')))
    .orderBy(asc(rowAttempts.startedAt))
  return rows.map((row) => ({
    id: row.id,
    table: row.table,
    operation: row.operation as Attempt['operation'],
    rows: row.rows as AttemptRow[],
    body: row.body,
    startedAt: row.startedAt,
  }))
}

/**
 * Ends an attempt. False: somebody else has already settled it, so its result must not be recorded again.
 * The body is not kept: it is only needed while the result is open.
 */
async function close(
  tx: Tx,
  attempt: Attempt,
  end: { state: 'done' | 'failed'; now: number; error?: Record<string, unknown> },
): Promise<boolean> {
  const closed = await tx
    .update(rowAttempts)
    .set({ state: end.state, endedAt: end.now, error: end.error ?? null, rows: [], body: {} })
    .where(and(eq(rowAttempts.id, attempt.id), eq(rowAttempts.state, 'open')))
    .returning({ id: rowAttempts.id })
  if (closed.length === 0) return false
  await lockRows(tx, attempt)
  return true
}

/** In the order of the keys, which is how events lock them too: a bulk update by itself takes any order, and deadlocks. */
async function lockRows(tx: Tx, attempt: Attempt): Promise<void> {
  await tx.execute(sql`
    select 1 from table_rows where table_id = ${attempt.table} and attempt_id = ${attempt.id}
    order by row_key collate "C" for update`)
}

/** Rows that were not written are free again from `dueAt` on. */
export async function giveBack(
  tx: Tx,
  attempt: Attempt,
  end: { now: number; dueAt: number; error: Record<string, unknown> },
): Promise<void> {
  if (!(await close(tx, attempt, { state: 'failed', now: end.now, error: end.error }))) return
  await tx
    .update(tableRows)
    .set({ attemptId: null, dueAt: end.dueAt })
    .where(and(eq(tableRows.table, attempt.table), eq(tableRows.attemptId, attempt.id)))
}

/**
 * Records created rows. Rows of the attempt that `recordIds` does not name are free again: they were not created.
 * A row that people once deleted keeps that note.
 */
export async function recordCreated(
  tx: Tx,
  attempt: Attempt,
  result: { recordIds: ReadonlyMap<string, string>; now: number },
): Promise<boolean> {
  if (!(await close(tx, attempt, { state: 'done', now: result.now }))) return false
  const rows = attempt.rows.flatMap(({ key, version, sent }) => {
    const recordId = result.recordIds.get(key)
    return recordId === undefined ? [] : [{ key, version, sent, record_id: recordId }]
  })
  await tx.execute(sql`
    update table_rows t set record_id = r.record_id, written = r.sent, written_version = r.version,
      error = case when t.error ->> 'code' = 'bitable_row_deleted' then t.error end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(key text, version int, sent jsonb, record_id text)
    where t.table_id = ${attempt.table} and t.row_key = r.key and t.attempt_id = ${attempt.id}`)
  await free(tx, attempt)
  return true
}

export async function recordUpdated(tx: Tx, attempt: Attempt, now: number): Promise<void> {
  if (!(await close(tx, attempt, { state: 'done', now }))) return
  const rows = attempt.rows.map(({ key, version, sent }) => ({ key, version, sent }))
  await tx.execute(sql`
    update table_rows t set written_version = r.version,
      written = jsonb_strip_nulls(coalesce(t.written, '{}'::jsonb) || r.sent),
      error = case when t.error ->> 'code' = 'bitable_row_deleted' then t.error end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(key text, version int, sent jsonb)
    where t.table_id = ${attempt.table} and t.row_key = r.key and t.attempt_id = ${attempt.id}`)
  await free(tx, attempt)
}

/** Rows that left the table; one that became open again meanwhile is made anew. */
export async function recordDeleted(tx: Tx, attempt: Attempt, now: number): Promise<void> {
  if (!(await close(tx, attempt, { state: 'done', now }))) return
  await tx.execute(sql`
    update table_rows set record_id = null, written = null, attempt_id = null,
      state = case when closed then 'out' else 'in' end,
      written_version = case when closed then version else 0 end
    where table_id = ${attempt.table} and attempt_id = ${attempt.id}`)
}

/** A single row that Feishu refuses, out of the way until its values change. */
export async function parkRow(
  tx: Tx,
  attempt: Attempt,
  now: number,
  error: Record<string, unknown>,
): Promise<void> {
  if (!(await close(tx, attempt, { state: 'failed', now, error }))) return
  await tx
    .update(tableRows)
    .set({ state: 'parked', attemptId: null, error })
    .where(and(eq(tableRows.table, attempt.table), eq(tableRows.attemptId, attempt.id)))
}

async function free(tx: Tx, attempt: Attempt): Promise<void> {
  await tx
    .update(tableRows)
    .set({ attemptId: null })
    .where(and(eq(tableRows.table, attempt.table), eq(tableRows.attemptId, attempt.id)))
}
