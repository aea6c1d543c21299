import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { and, eq } from 'drizzle-orm'
import type { EventPayloads } from '#src/contracts/event.ts'
import { tableRows } from '#src/db/schema/index.ts'
import { foreignRows } from '#src/db/schema/mirror-reads.ts'
import { raiseEvent } from '#src/runtime/raise-event.ts'
import type { TableLayout } from '../base/layout.ts'
import { keyField } from '../row-values.ts'
import type { Session } from '../writer/session.ts'
import type { ReadRecord } from './absorb.ts'
import { valuesOf } from './values.ts'

/**
 * A record people added. It is counted for the row cap and told as `row.added` once it holds anything, and again when
 * they change it. A copy of one of our rows is theirs too, but nothing new is told.
 */
export async function absorbForeign(session: Session, table: TableLayout, read: ReadRecord): Promise<void> {
  const now = session.ctx.clock.now()
  const { recordId } = read.record
  const values = valuesOf(table, read.record.fields)
  await session.ctx.database.db.transaction(async (tx) => {
    const where = and(eq(foreignRows.table, table.def.id), eq(foreignRows.recordId, recordId))
    const [known] = await tx.select().from(foreignRows).where(where)
    if (known !== undefined && isDeepStrictEqual(known.values, values)) return
    await tx
      .insert(foreignRows)
      .values({ table: table.def.id, recordId, values, seenAt: now })
      .onConflictDoUpdate({ target: [foreignRows.table, foreignRows.recordId], set: { values, seenAt: now } })
    if (Object.keys(values).length === 0) return
    const key = String(values[keyField(table.def)] ?? '')
    const [ours] = await tx
      .select({ key: tableRows.key })
      .from(tableRows)
      .where(and(eq(tableRows.table, table.def.id), eq(tableRows.key, key)))
    if (ours !== undefined) return
    const payload: EventPayloads['row.added'] = {
      table: table.def.id,
      recordId,
      values,
      ...(read.by === undefined ? {} : { addedBy: read.by }),
      addedAt: read.at,
    }
    const subject = `row:${table.def.id}:${recordId}`
    await raiseEvent(tx, { type: 'row.added', subject, payload, at: read.at, now, trace: randomUUID() })
  })
}
