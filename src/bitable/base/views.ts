import type { ViewDef } from '#src/contracts/table.ts'
import type { MirrorContext } from '../types.ts'
import { type Binding, readBindings, saveBinding } from './bindings.ts'
import type { TableSpot } from './columns.ts'
import { type Column, loadLayout, type TableLayout } from './layout.ts'

/** Creates the views that are missing and sets filter and hidden columns; a view that people changed is left alone. */
export async function ensureViews(ctx: MirrorContext, spot: TableSpot): Promise<void> {
  const layout = await loadLayout(ctx.database.db, [spot.def])
  const table = layout?.tables[0]
  if (table === undefined || spot.def.views.length === 0) return
  const live = await ctx.feishu.bitable.listViews(spot.appToken, spot.tableId, { purpose: 'setup' })
  const bound = new Map(
    (await readBindings(ctx.database.db)).filter((b) => b.kind === 'view').map((b) => [b.key, b]),
  )
  for (const view of spot.def.views) {
    const binding = bound.get(`${spot.def.id}/${view.name}`)
    const found =
      live.find((v) => v.viewId === binding?.feishuId) ??
      live.find((v) => v.name === view.name && v.type === view.kind)
    await ensureView(ctx, spot, { view, table, binding, viewId: found?.viewId })
  }
}

interface Wanted {
  view: ViewDef
  table: TableLayout
  binding: Binding | undefined
  viewId: string | undefined
}

async function ensureView(ctx: MirrorContext, spot: TableSpot, wanted: Wanted): Promise<void> {
  const { view, table, binding } = wanted
  const { bitable } = ctx.feishu
  const property = viewProperty(view, table)
  const applied = JSON.stringify(property)
  if (wanted.viewId !== undefined && binding?.feishuId === wanted.viewId && binding.known.applied === applied)
    return
  const viewId =
    wanted.viewId ??
    (await bitable.createView(
      spot.appToken,
      spot.tableId,
      { view_name: view.name, view_type: view.kind },
      { purpose: 'setup' },
    ))
  const save = (known: Record<string, unknown>) =>
    saveBinding(ctx.database.db, {
      kind: 'view',
      key: `${spot.def.id}/${view.name}`,
      feishuId: viewId,
      parentId: spot.tableId,
      known,
      checkedAt: ctx.clock.now(),
    })
  await save({ name: view.name })
  // A form has no filter and no hidden columns.
  if (view.kind !== 'form') {
    await bitable.patchView(spot.appToken, spot.tableId, viewId, { property }, { purpose: 'setup' })
  }
  await save({ name: view.name, applied })
}

/** Feishu docs: 更新视图. Conditions name fields and options by id; `value` is a JSON text. */
function viewProperty(view: ViewDef, table: TableLayout): Record<string, unknown> {
  const conditions = view.where.flatMap((condition): Record<string, string>[] => {
    const column = table.columns.find((c) => c.key === condition.field && !c.paused)
    if (column === undefined) return []
    const { operator } = condition
    if (operator === 'isEmpty' || operator === 'isNotEmpty') return [{ field_id: column.fieldId, operator }]
    const value = JSON.stringify(condition.values.map((wanted) => conditionValue(column, wanted)))
    return [{ field_id: column.fieldId, operator, value }]
  })
  const hidden = table.columns.filter((c) => view.hidden.includes(c.key) && !c.paused).map((c) => c.fieldId)
  return {
    ...(conditions.length === 0 ? {} : { filter_info: { conjunction: 'and', conditions } }),
    hidden_fields: [...hidden, table.attempt.fieldId, table.modified.fieldId],
  }
}

function conditionValue(column: Column, wanted: string): string {
  for (const [id, our] of column.optionsById) if (our === wanted) return id
  return wanted
}
