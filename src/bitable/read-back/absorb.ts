import { and, eq } from 'drizzle-orm'
import type { EventPayloads } from '#src/contracts/event.ts'
import type { Tx } from '#src/db/database.ts'
import { tableRows } from '#src/db/schema/index.ts'
import type { WireRecord } from '#src/feishu/types.ts'
import { raiseEvent } from '#src/runtime/raise-event.ts'
import { alerts } from '../alerts.ts'
import type { TableLayout } from '../base/layout.ts'
import { merged, sameField } from '../row-values.ts'
import type { Session } from '../writer/session.ts'
import { mayPutBack } from './put-back.ts'
import { valuesOf } from './values.ts'

export interface ReadRecord {
  record: WireRecord
  /** open_id of who changed it, when known. */
  by: string | undefined
  /** ms since the epoch */
  at: number
}

type Row = typeof tableRows.$inferSelect
type Changes = EventPayloads['row.edited']['changes']

/** What a read record means for our row. */
interface Difference {
  /** Values of people, by field key. */
  edits: Changes
  /** System fields that must be written again. */
  putBack: string[]
  /** System fields that somebody keeps changing: given up. */
  contested: string[]
  written: Record<string, unknown>
}

/**
 * Compares a record that was just read with what we last wrote: our own echo changes nothing, fields of people flow
 * into the row and become `row.edited`, fields of the system are written again.
 * @returns false when the record is not one of our rows
 */
export async function absorb(session: Session, table: TableLayout, read: ReadRecord): Promise<boolean> {
  const { ctx } = session
  const found = await ctx.database.db.transaction(async (tx) => {
    const row = await lockRow(tx, table, read.record.recordId)
    if (row === undefined) return undefined
    const difference = compare(session, table, { row, read })
    await apply(tx, { session, table, row, read, difference })
    return { key: row.key, difference }
  })
  if (found === undefined) return false
  const { key, difference } = found
  const names = (keys: string[]) => keys.map((k) => table.def.fields[k]?.name ?? k)
  if (difference.putBack.length > 0)
    await ctx.alert(alerts.valuePutBack(table.def, key, names(difference.putBack)))
  if (difference.contested.length > 0) {
    await ctx.alert(alerts.columnContested(table.def, key, names(difference.contested)))
  }
  return true
}

async function lockRow(tx: Tx, table: TableLayout, recordId: string): Promise<Row | undefined> {
  const where = and(eq(tableRows.table, table.def.id), eq(tableRows.recordId, recordId))
  const [row] = await tx.select().from(tableRows).where(where).for('update')
  return row
}

function compare(session: Session, table: TableLayout, at: { row: Row; read: ReadRecord }): Difference {
  const { row, read } = at
  const actual = valuesOf(table, read.record.fields)
  const before = row.written ?? {}
  const difference: Difference = { edits: {}, putBack: [], contested: [], written: {} }
  for (const { key, def, paused } of table.columns) {
    if (paused || sameField(def, actual[key], before[key])) continue
    difference.written[key] = actual[key] ?? null
    if (sameField(def, actual[key], row.values[key])) continue
    // A change of ours that is still on its way and is younger than theirs wins (shared fields: latest wins).
    const ours = !sameField(def, row.values[key], before[key])
    const theirs = def.owner === 'staff' || (def.owner === 'shared' && !(ours && row.changedAt > read.at))
    if (theirs) difference.edits[key] = { before: row.values[key] ?? null, after: actual[key] ?? null }
    else if (ours) continue
    else if (mayPutBack(session, `${table.def.id}/${row.key}/${key}`, actual[key]))
      difference.putBack.push(key)
    else difference.contested.push(key)
  }
  return difference
}

interface Applying {
  session: Session
  table: TableLayout
  row: Row
  read: ReadRecord
  difference: Difference
}

async function apply(tx: Tx, { session, table, row, read, difference }: Applying): Promise<void> {
  if (Object.keys(difference.written).length === 0) return
  const now = session.ctx.clock.now()
  const edited = Object.keys(difference.edits).length > 0
  const after = Object.fromEntries(
    Object.entries(difference.edits).map(([key, change]) => [key, change.after]),
  )
  const values = merged(row.values, after)
  const dirty = difference.putBack.length > 0
  await tx
    .update(tableRows)
    .set({
      values,
      written: merged(row.written ?? {}, difference.written),
      closed: table.def.window.closed(values),
      ...(edited ? { changedAt: now } : {}),
      ...(dirty ? { version: row.version + 1, dueAt: now } : {}),
    })
    .where(and(eq(tableRows.table, row.table), eq(tableRows.key, row.key)))
  if (!edited) return
  const payload: EventPayloads['row.edited'] = {
    table: table.def.id,
    key: row.key,
    changes: difference.edits,
    ...(read.by === undefined ? {} : { editedBy: read.by }),
    editedAt: read.at,
  }
  const subject = `row:${table.def.id}:${row.key}`
  await raiseEvent(tx, { type: 'row.edited', subject, payload, at: read.at, now, trace: row.trace })
}
