import { and, eq } from 'drizzle-orm'
import type { Rows } from '#src/contracts/playbook.ts'
import type { AnyTable, RowOf } from '#src/contracts/table.ts'
import type { Tx } from '#src/db/database.ts'
import { tableRows } from '#src/db/schema/index.ts'
import { foreignRows } from '#src/db/schema/mirror-reads.ts'
import { wake } from '#src/db/wake.ts'
import { DataError } from '#src/errors.ts'
import { checkKey, differences, fieldOf, keyField, merged, normalChanges, type Values } from './row-values.ts'

export interface RowsContext {
  /** Trace id of the subject; a new row keeps it. */
  trace: string
  /** ms since the epoch */
  now: number
  tables: readonly AnyTable[]
}

/** Changes of one row within this time become one write. */
export const lingerMs = 250

/**
 * Desired rows, bound to the caller's transaction: nothing here calls Feishu, the table writer does once the
 * transaction has committed.
 */
export function createRows(tx: Tx, context: RowsContext): Rows {
  const known = new Set(context.tables.map((table) => table.id))
  const refuseUnknown = (table: AnyTable) => {
    if (known.has(table.id)) return
    throw new DataError(
      'bitable_table_unknown',
      `Table ${table.id} is not part of the base; add it to its index.`,
    )
  }
  const newRow = (table: AnyTable, key: string, values: Values) => ({
    table: table.id,
    key,
    values: { ...values },
    closed: table.window.closed(values),
    dueAt: context.now + lingerMs,
    changedAt: context.now,
    trace: context.trace,
  })
  const insert = async (table: AnyTable, key: string, values: Values): Promise<boolean> => {
    refuseUnknown(table)
    checkKey(table, key)
    const all = merged({ [keyField(table)]: key }, normalChanges(table, key, values))
    const added = await tx
      .insert(tableRows)
      .values(newRow(table, key, all))
      .onConflictDoNothing()
      .returning({ key: tableRows.key })
    if (added.length > 0) await wake(tx, 'rows')
    return added.length > 0
  }
  const write = async (table: AnyTable, key: string, values: Values, asPerson: boolean): Promise<void> => {
    if (await insert(table, key, values)) return
    const row = await lockRow(tx, table, key)
    if (row === undefined) return
    const change = rowChange(table, row, {
      values: normalChanges(table, key, values),
      asPerson,
      now: context.now,
    })
    if (change === undefined) return
    await tx.update(tableRows).set(change).where(rowIs(table, key))
    await wake(tx, 'rows')
  }
  const adopt = async (table: AnyTable, key: string, theirs: { recordId: string; values: Values }) => {
    refuseUnknown(table)
    checkKey(table, key)
    const written = await takeForeign(tx, table, theirs.recordId)
    const all = merged({ ...written, [keyField(table)]: key }, normalChanges(table, key, theirs.values))
    const added = await tx
      .insert(tableRows)
      .values({ ...newRow(table, key, all), recordId: theirs.recordId, written })
      .onConflictDoNothing()
      .returning({ key: tableRows.key })
    if (added.length === 0) return false
    await tx.delete(foreignRows).where(isForeign(table, theirs.recordId))
    await wake(tx, 'rows')
    return true
  }
  return {
    async get<T extends AnyTable>(table: T, key: string) {
      const [row] = await tx.select({ values: tableRows.values }).from(tableRows).where(rowIs(table, key))
      return row?.values as RowOf<T> | undefined
    },
    put: (table, key, values) => write(table, key, values, false),
    insert,
    adopt: (table, key, recordId, values) => adopt(table, key, { recordId, values }),
    act: (table, key, values, _by) => write(table, key, values, true),
  }
}

type Row = typeof tableRows.$inferSelect

const isForeign = (table: AnyTable, recordId: string) =>
  and(eq(foreignRows.table, table.id), eq(foreignRows.recordId, recordId))

/** What people's row holds, as last read: only what differs from it will be written. */
async function takeForeign(tx: Tx, table: AnyTable, recordId: string): Promise<Record<string, unknown>> {
  const [known] = await tx.select().from(foreignRows).where(isForeign(table, recordId)).for('update')
  return known?.values ?? {}
}

const rowIs = (table: AnyTable, key: string) => and(eq(tableRows.table, table.id), eq(tableRows.key, key))

async function lockRow(tx: Tx, table: AnyTable, key: string): Promise<Row | undefined> {
  const [row] = await tx.select().from(tableRows).where(rowIs(table, key)).for('update')
  return row
}

/** The columns to set, or undefined when nothing really changes. */
function rowChange(
  table: AnyTable,
  row: Row,
  wanted: { values: Values; asPerson: boolean; now: number },
): Partial<Row> | undefined {
  const mine = Object.entries(wanted.values).filter(
    ([name]) => wanted.asPerson || fieldOf(table, name)?.owner !== 'staff',
  )
  const values = merged(row.values, Object.fromEntries(mine))
  if (Object.keys(differences(table, row.values, values)).length === 0) return undefined
  const closed = table.window.closed(values)
  const wasClean = row.version <= row.writtenVersion
  return {
    values,
    closed,
    version: row.version + 1,
    changedAt: wanted.now,
    dueAt: wasClean || row.state !== 'in' ? wanted.now + lingerMs : row.dueAt,
    ...stateAfter(row, closed),
  }
}

/** A row outside the window comes back when somebody works on it again; a parked one may be healed by new values. */
function stateAfter(row: Row, closed: boolean): Partial<Row> {
  if (row.state === 'out' && !closed) return { state: 'in' }
  if (row.state === 'parked') return { state: 'in', error: null }
  return {}
}
