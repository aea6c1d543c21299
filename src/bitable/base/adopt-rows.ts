import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { foreignRows } from '#src/db/schema/mirror-reads.ts'
import type { WireRecord } from '#src/feishu/types.ts'
import { storableJson } from '#src/intake/storable-json.ts'
import { valuesOf } from '../read-back/values.ts'
import { keyField } from '../row-values.ts'
import type { MirrorContext } from '../types.ts'
import { readBinding, saveBinding } from './bindings.ts'
import type { TableSpot } from './columns.ts'
import { loadLayout, type TableLayout } from './layout.ts'

/**
 * A table that was there before this database knew it (a new database for an old base) is not filled a second time:
 * its rows with a key become ours as they stand, the others stay people's.
 */
export async function adoptRows(ctx: MirrorContext, spot: TableSpot): Promise<void> {
  const binding = await readBinding(ctx.database.db, 'table', spot.def.id)
  const table = (await loadLayout(ctx.database.db, [spot.def]))?.tables[0]
  if (binding?.known.adopt !== true || table === undefined) return
  let rows = 0
  let pageToken: string | undefined
  do {
    const request = { pageSize: 500, ...(pageToken === undefined ? {} : { pageToken }) }
    const page = await ctx.feishu.bitable.search(spot.appToken, spot.tableId, request, { purpose: 'setup' })
    await adoptPage(ctx, table, page.items)
    rows += page.items.length
    pageToken = page.next
  } while (pageToken !== undefined)
  await saveBinding(ctx.database.db, { ...binding, known: { name: binding.known.name } })
  if (rows > 0) ctx.log.info({ table: spot.def.id, rows }, 'rows of an earlier installation adopted')
}

async function adoptPage(ctx: MirrorContext, table: TableLayout, records: WireRecord[]): Promise<void> {
  const now = ctx.clock.now()
  const read = records.map((record) => ({
    recordId: record.recordId,
    values: valuesOf(table, record.fields),
  }))
  const keyOf = (values: Record<string, unknown>) => values[keyField(table.def)]
  const ours = read.filter(({ values }) => typeof keyOf(values) === 'string')
  const theirs = read.filter(({ values }) => typeof keyOf(values) !== 'string')
  const rows = ours.map(({ recordId, values }) => ({
    key: keyOf(values),
    record: recordId,
    values,
    closed: table.def.window.closed(values),
    trace: randomUUID(),
  }))
  const list = storableJson(rows)
  await ctx.database.db.execute(sql`
    insert into table_rows as t (table_id, row_key, row_values, written, record_id, closed, trace,
                                 version, written_version, due_at, changed_at)
    select distinct on (r.key) ${table.def.id}, r.key, r."values", r."values", r.record, r.closed, r.trace,
           1, 1, ${now}::bigint, ${now}::bigint
    from jsonb_to_recordset(${list}::jsonb) as r(key text, record text, "values" jsonb, closed boolean, trace text)
    on conflict (table_id, row_key) do update set record_id = excluded.record_id, written = excluded.written
    where t.record_id is null`)
  if (theirs.length === 0) return
  const foreign = theirs.map((row) => ({ table: table.def.id, ...row, seenAt: now }))
  await ctx.database.db.insert(foreignRows).values(foreign).onConflictDoNothing()
}
