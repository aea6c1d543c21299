import { isDeepStrictEqual } from 'node:util'
import { sql } from 'drizzle-orm'
import type { AnyTable } from '#src/contracts/table.ts'
import { tableRows } from '#src/db/schema/index.ts'
import type { WireField } from '#src/feishu/types.ts'
import { alerts } from '../alerts.ts'
import { fieldsOf } from '../row-values.ts'
import type { MirrorContext } from '../types.ts'
import { type Binding, knownField, readBindings, saveBinding } from './bindings.ts'
import {
  describeField,
  liveOptions,
  missingOptions,
  newField,
  type WantedColumn,
  wantedColumns,
  withOptions,
} from './wire-field.ts'

export interface TableSpot {
  appToken: string
  /** Feishu's table_id. */
  tableId: string
  def: AnyTable
}

/**
 * Compares the live columns with our bindings (by id, so a rename is no event) and brings the bindings up to date.
 * A column that people deleted or retyped is paused and told once; one that is back is resumed. With `create`,
 * columns and options that never existed are made. Nothing is ever dropped.
 * @returns whether any binding changed
 */
export async function reconcileColumns(
  ctx: MirrorContext,
  spot: TableSpot,
  create: boolean,
): Promise<boolean> {
  const live = await ctx.feishu.bitable.listFields(spot.appToken, spot.tableId, { purpose: 'setup' })
  const all = await readBindings(ctx.database.db)
  const bound = new Map(all.filter((b) => b.kind === 'field').map((b) => [b.key, b]))
  const taken = new Set(all.filter((b) => b.parentId === spot.tableId).map((b) => b.feishuId))
  const search = { live, taken }
  let changed = false
  for (const column of wantedColumns(fieldsOf(spot.def))) {
    const binding = bound.get(bindingKey(spot, column))
    changed = (await reconcile(ctx, { spot, column, binding, search, create })) || changed
  }
  return changed
}

interface Case {
  spot: TableSpot
  column: WantedColumn
  binding: Binding | undefined
  search: { live: WireField[]; taken: ReadonlySet<string> }
  create: boolean
}

const bindingKey = (spot: TableSpot, column: WantedColumn) => `${spot.def.id}.${column.key}`

async function reconcile(ctx: MirrorContext, c: Case): Promise<boolean> {
  const field = findField(c)
  if (field !== undefined) {
    if (field.type !== c.column.wire.type) return pause(ctx, c, { reason: 'retyped', fieldId: field.fieldId })
    return bind(ctx, c, field)
  }
  // A column of people's is theirs to delete; one that only the mirror uses is made again.
  if (c.binding !== undefined && c.column.def !== undefined) {
    return pause(ctx, c, { reason: 'deleted', fieldId: c.binding.feishuId })
  }
  if (c.binding === undefined && !c.create) return false
  const { appToken, tableId } = c.spot
  const made = await ctx.feishu.bitable.createField(appToken, tableId, newField(c.column), {
    purpose: 'setup',
  })
  return bind(ctx, c, made)
}

function findField({ binding, column, search }: Case): WireField | undefined {
  const byId = search.live.find((field) => field.fieldId === binding?.feishuId)
  if (byId !== undefined) return byId
  const names = [binding === undefined ? undefined : knownField(binding).name, column.name]
  return search.live.find((field) => names.includes(field.name) && !search.taken.has(field.fieldId))
}

async function bind(ctx: MirrorContext, c: Case, found: WireField): Promise<boolean> {
  const before = c.binding === undefined ? undefined : knownField(c.binding)
  let field = found
  let known = describeField(c.column, field, before)
  const missing = missingOptions(c.column, known)
  if (c.create && missing.length > 0) {
    field = await addOptions(ctx, c, { field, missing })
    known = describeField(c.column, field, before)
  }
  const resumed = c.binding?.state === 'paused'
  const same = c.binding?.feishuId === field.fieldId && isDeepStrictEqual(before, known)
  if (same && !resumed) return false
  await saveBinding(ctx.database.db, {
    kind: 'field',
    key: bindingKey(c.spot, c.column),
    feishuId: field.fieldId,
    parentId: c.spot.tableId,
    known: { ...known },
    checkedAt: ctx.clock.now(),
  })
  if (before !== undefined && before.name !== known.name) {
    ctx.log.info(
      { table: c.spot.def.id, column: c.column.key, name: known.name },
      'column renamed, binding healed',
    )
  }
  if (resumed) await resume(ctx, c)
  return true
}

async function addOptions(
  ctx: MirrorContext,
  c: Case,
  wanted: { field: WireField; missing: string[] },
): Promise<WireField> {
  const { appToken, tableId } = c.spot
  const body = withOptions(c.column, wanted.field, wanted.missing)
  await ctx.feishu.bitable.updateField(appToken, tableId, wanted.field.fieldId, body, { purpose: 'setup' })
  // Read again instead of trusting the answer: the ids of new options are needed for views and events.
  const fields = await ctx.feishu.bitable.listFields(appToken, tableId, { purpose: 'setup' })
  const updated = fields.find((field) => field.fieldId === wanted.field.fieldId) ?? wanted.field
  ctx.log.info(
    { table: c.spot.def.id, column: c.column.key, options: liveOptions(updated).length },
    'options added',
  )
  return updated
}

async function pause(
  ctx: MirrorContext,
  c: Case,
  found: { reason: 'deleted' | 'retyped'; fieldId: string },
): Promise<boolean> {
  if (c.binding?.state === 'paused') return false
  await saveBinding(ctx.database.db, {
    kind: 'field',
    key: bindingKey(c.spot, c.column),
    feishuId: found.fieldId,
    parentId: c.spot.tableId,
    known: c.binding?.known ?? { name: c.column.name, type: c.column.wire.type, options: [] },
    state: 'paused',
    checkedAt: ctx.clock.now(),
  })
  ctx.log.warn({ table: c.spot.def.id, column: c.column.key, reason: found.reason }, 'column paused')
  await ctx.alert(alerts.columnPaused(c.spot.def, c.column, found.reason))
  return true
}

/** Everything the column missed while it was paused is written now. */
async function resume(ctx: MirrorContext, c: Case): Promise<void> {
  const field = sql`${c.column.key}::text`
  await ctx.database.db
    .update(tableRows)
    .set({ version: sql`${tableRows.version} + 1`, dueAt: ctx.clock.now() })
    .where(
      sql`${tableRows.table} = ${c.spot.def.id} and ${tableRows.state} = 'in' and ${tableRows.values} -> ${field} is distinct from ${tableRows.written} -> ${field}`,
    )
  await ctx.resolve({ code: 'bitable_column_paused', subject: bindingKey(c.spot, c.column) })
}
