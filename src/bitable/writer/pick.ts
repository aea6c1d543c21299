import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '#src/db/database.ts'
import { tableRows } from '#src/db/schema/index.ts'
import type { TableLayout } from '../base/layout.ts'
import { codecOf } from '../codec/index.ts'
import { differences, type Values } from '../row-values.ts'
import { type Attempt, type AttemptRow, openAttempt } from './attempts.ts'

export interface Pick {
  base: string
  table: TableLayout
  now: number
  limit: number
  /** Only these rows, due or not: the halves of a batch that was refused. */
  keys?: readonly string[]
}

type Row = typeof tableRows.$inferSelect

/** Rows handlers are working on right now are skipped: they will be dirty again in a moment. */
async function dirtyRows(tx: Tx, pick: Pick, extra: SQL): Promise<Row[]> {
  const chosen =
    pick.keys === undefined ? lte(tableRows.dueAt, pick.now) : inArray(tableRows.key, [...pick.keys])
  return tx
    .select()
    .from(tableRows)
    .where(
      and(
        eq(tableRows.table, pick.table.def.id),
        eq(tableRows.state, 'in'),
        sql`${tableRows.version} > ${tableRows.writtenVersion}`,
        isNull(tableRows.attemptId),
        chosen,
        extra,
      ),
    )
    .orderBy(asc(tableRows.closed), asc(tableRows.dueAt), asc(tableRows.key))
    .limit(pick.limit)
    .for('update', { skipLocked: true })
}

/** The next rows to create, as a recorded attempt; undefined when there are none. */
export async function pickCreates(db: Db, pick: Pick): Promise<Attempt | undefined> {
  return db.transaction(async (tx) => {
    const rows = await dirtyRows(tx, pick, isNull(tableRows.recordId))
    if (rows.length === 0) return undefined
    const id = randomUUID()
    const picked = rows.map((row): AttemptRow => {
      const sent = writable(pick.table, row.values)
      return { key: row.key, version: row.version, sent }
    })
    const records = picked.map(({ sent }) => ({
      fields: { ...wireFields(pick.table, sent), [pick.table.attempt.name]: id },
    }))
    return open(tx, pick, { id, operation: 'create', rows: picked, body: { records } })
  })
}

/** The next rows to update with only what differs; rows that are as they should be are ticked off without a call. */
export async function pickUpdates(db: Db, pick: Pick): Promise<Attempt | undefined> {
  return db.transaction(async (tx) => {
    const rows = await dirtyRows(tx, pick, isNotNull(tableRows.recordId) as SQL)
    const changed: AttemptRow[] = []
    const same: string[] = []
    for (const row of rows) {
      const { key, version, recordId, values } = row
      const written = row.written ?? {}
      const sent = writable(pick.table, differences(pick.table.def, written, values))
      const before = Object.fromEntries(Object.keys(sent).map((field) => [field, written[field] ?? null]))
      if (Object.keys(sent).length === 0) same.push(key)
      else changed.push({ key, version, recordId: recordId ?? '', sent, before })
    }
    await tickOff(tx, pick, same)
    if (changed.length === 0) return undefined
    const records = changed.map((row) => ({
      record_id: row.recordId,
      fields: wireFields(pick.table, row.sent),
    }))
    return open(tx, pick, { id: randomUUID(), operation: 'update', rows: changed, body: { records } })
  })
}

async function open(tx: Tx, pick: Pick, made: Omit<Attempt, 'table' | 'startedAt'>): Promise<Attempt> {
  const attempt = { ...made, table: pick.table.def.id, startedAt: pick.now }
  await openAttempt(tx, pick.base, attempt)
  return attempt
}

async function tickOff(tx: Tx, pick: Pick, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await tx
    .update(tableRows)
    .set({ writtenVersion: sql`${tableRows.version}` })
    .where(and(eq(tableRows.table, pick.table.def.id), inArray(tableRows.key, [...keys])))
}

/** Leaves out what has no column now: it is paused, and written once it is back. */
function writable(table: TableLayout, values: Values): Record<string, unknown> {
  const sent: Record<string, unknown> = {}
  for (const column of table.columns) {
    if (!column.paused && values[column.key] !== undefined) sent[column.key] = values[column.key]
  }
  return sent
}

function wireFields(table: TableLayout, sent: Values): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const column of table.columns) {
    const value = sent[column.key]
    if (value === undefined) continue
    fields[column.name] = value === null ? null : codecOf(column.def.type).toWire(value, column.options)
  }
  return fields
}
