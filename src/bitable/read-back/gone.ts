import { and, eq } from 'drizzle-orm'
import type { Tx } from '#src/db/database.ts'
import { tableRows } from '#src/db/schema/index.ts'
import { foreignRows } from '#src/db/schema/mirror-reads.ts'
import { raiseEvent } from '#src/runtime/raise-event.ts'
import { alerts } from '../alerts.ts'
import type { TableLayout } from '../base/layout.ts'
import type { MirrorContext } from '../types.ts'

type Row = typeof tableRows.$inferSelect

/**
 * A record of ours is no longer there: people deleted it. Where rows are theirs to delete, that is told and final.
 * Elsewhere an open row is made again once, with a note; a row that is done with, or is deleted a second time, is let go.
 */
export async function markGone(ctx: MirrorContext, table: TableLayout, recordId: string): Promise<void> {
  const now = ctx.clock.now()
  const recreated = await ctx.database.db.transaction(async (tx) => {
    const where = and(eq(tableRows.table, table.def.id), eq(tableRows.recordId, recordId))
    const [row] = await tx.select().from(tableRows).where(where).for('update')
    await tx
      .delete(foreignRows)
      .where(and(eq(foreignRows.table, table.def.id), eq(foreignRows.recordId, recordId)))
    if (row === undefined) return undefined
    if (table.def.deletable) return forget(tx, row, now)
    const again =
      ctx.settings.onRowDeleted === 'recreate' && !row.closed && row.error?.code !== 'bitable_row_deleted'
    await tx
      .update(tableRows)
      .set({
        recordId: null,
        written: null,
        writtenVersion: 0,
        state: again ? 'in' : 'deleted',
        dueAt: now,
        error: { code: 'bitable_row_deleted', at: now },
      })
      .where(where)
    return again ? row.key : undefined
  })
  ctx.log.info({ table: table.def.id, recordId, recreated: recreated !== undefined }, 'row deleted by people')
  if (recreated !== undefined) await ctx.alert(alerts.rowRecreated(table.def, recreated))
}

/** As if it had never been, so that people may add a row under the same key again. */
async function forget(tx: Tx, { table, key, trace }: Row, now: number): Promise<undefined> {
  await tx.delete(tableRows).where(and(eq(tableRows.table, table), eq(tableRows.key, key)))
  const subject = `row:${table}:${key}`
  await raiseEvent(tx, { type: 'row.removed', subject, payload: { table, key }, at: now, now, trace })
}
