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

/** One transaction's rows. */
interface Scope {
  tx: Tx
  context: RowsContext
  known: ReadonlySet<string>
  /** Wakes the table writer once per transaction. */
  wakeOnce(): Promise<void>
}

/**
 * Desired rows, bound to the caller's transaction: nothing here calls Feishu, the table writer does once the
 * transaction has committed.
 */
export function createRows(tx: Tx, context: RowsContext): Rows {
  let woken = false
  const scope: Scope = {
    tx,
    context,
    known: new Set(context.tables.map((table) => table.id)),
    async wakeOnce() {
      if (!woken) await wake(tx, 'rows')
      woken = true
    },
  }
  return {
    async get<T extends AnyTable>(table: T, key: string) {
      return (await lockRow(tx, table, key))?.values as RowOf<T> | undefined
    },
    put: (table, key, values) => write(scope, table, { key, values, asPerson: false }),
    insert: (table, key, values) => insert(scope, table, { key, values }),
    adopt: (table, key, recordId, values) => adopt(scope, table, { key, values, recordId }),
    act: (table, key, values, _by) => write(scope, table, { key, values, asPerson: true }),
  }
}

interface Given {
  key: string
  values: Values
}

/** What the caller gave, in normal form; throws before anything is stored. */
function checked(scope: Scope, table: AnyTable, given: Given): Record<string, unknown> {
  if (!scope.known.has(table.id)) {
    throw new DataError(
      'bitable_table_unknown',
      `Table ${table.id} is not part of the base; add it to its index.`,
    )
  }
  return normalChanges(table, checkKey(table, given.key), given.values)
}

async function insert(scope: Scope, table: AnyTable, given: Given): Promise<boolean> {
  const normal = checked(scope, table, given)
  return add(scope, table, { key: given.key, values: merged({}, normal) })
}

async function add(
  scope: Scope,
  table: AnyTable,
  row: Given & { record?: { recordId: string; written: Record<string, unknown> } },
): Promise<boolean> {
  const { now, trace } = scope.context
  const values = { [keyField(table)]: row.key, ...row.values }
  const closed = table.window.closed(values)
  const fresh = {
    table: table.id,
    key: row.key,
    values,
    closed,
    trace,
    dueAt: now + lingerMs,
    changedAt: now,
  }
  const added = await scope.tx
    .insert(tableRows)
    .values({ ...fresh, ...row.record })
    .onConflictDoNothing()
    .returning({ key: tableRows.key })
  if (added.length > 0) await scope.wakeOnce()
  return added.length > 0
}

async function write(scope: Scope, table: AnyTable, given: Given & { asPerson: boolean }): Promise<void> {
  const { key, asPerson } = given
  const values = checked(scope, table, given)
  let row = await lockRow(scope.tx, table, key)
  if (row === undefined) {
    if (await add(scope, table, { key, values: merged({}, values) })) return
    // Somebody else has just made it.
    row = await lockRow(scope.tx, table, key)
  }
  if (row === undefined) return
  const change = rowChange(table, row, { values, asPerson, now: scope.context.now })
  if (change === undefined) return
  await scope.tx.update(tableRows).set(change).where(rowIs(table, key))
  await scope.wakeOnce()
}

/** The row of people becomes ours: what it holds already is not written again. */
async function adopt(scope: Scope, table: AnyTable, given: Given & { recordId: string }): Promise<boolean> {
  const { key, recordId } = given
  const normal = checked(scope, table, given)
  const written = await foreignValues(scope.tx, table, recordId)
  const { [keyField(table)]: _theirKey, ...theirs } = written
  const values = merged(theirs, normal)
  if (!(await add(scope, table, { key, values, record: { recordId, written } }))) return false
  await scope.tx.delete(foreignRows).where(isForeign(table, recordId))
  return true
}

type Row = typeof tableRows.$inferSelect

const isForeign = (table: AnyTable, recordId: string) =>
  and(eq(foreignRows.table, table.id), eq(foreignRows.recordId, recordId))

/** What people's row holds, as last read. */
async function foreignValues(tx: Tx, table: AnyTable, recordId: string): Promise<Record<string, unknown>> {
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
