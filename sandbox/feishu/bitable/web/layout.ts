import type { Table, World } from '../state.ts'
import type { RowHeight, WebLayout, WebOrder } from './base-shapes.ts'

export const layoutPart = 'bitable-layout'

const heights: readonly RowHeight[] = ['low', 'medium', 'high', 'extra']
const widest = 800
const narrowest = 60
const most = { sort: 10, group: 3 }

function layouts(world: World): Record<string, Partial<WebLayout>> {
  return world.kernel.state<Record<string, Partial<WebLayout>>>(layoutPart, () => ({}))
}

/** A view's layout; whatever names a field that is gone is left out. */
export function layoutOf(world: World, table: Table, viewId: string): WebLayout {
  const known = new Set(table.fields.map((field) => field.field_id))
  const all = layouts(world)
  const kept = Object.hasOwn(all, viewId) ? (all[viewId] ?? {}) : {}
  const one = (id: string | null | undefined) => (id && known.has(id) ? id : null)
  return {
    sort: (kept.sort ?? []).filter(({ field_id }) => known.has(field_id)),
    group: (kept.group ?? []).filter(({ field_id }) => known.has(field_id)),
    order: (kept.order ?? []).filter((id) => known.has(id)),
    widths: kept.widths ?? {},
    row_height: kept.row_height ?? 'low',
    stack: one(kept.stack),
    cover: one(kept.cover),
    start: one(kept.start),
    end: one(kept.end),
  }
}

/** Takes over what `given` names of a layout; anything that is not a layout's shape is ignored. */
export function changeLayout(
  world: World,
  table: Table,
  viewId: string,
  given: Record<string, unknown>,
): void {
  const all = layouts(world)
  const layout = layoutOf(world, table, viewId)
  const known = new Set(table.fields.map((field) => field.field_id))
  const isField = (id: unknown): id is string => typeof id === 'string' && known.has(id)
  if (Array.isArray(given.sort)) layout.sort = orders(given.sort, isField).slice(0, most.sort)
  if (Array.isArray(given.group)) layout.group = orders(given.group, isField).slice(0, most.group)
  if (Array.isArray(given.order)) layout.order = [...new Set(given.order.filter(isField))]
  if (typeof given.widths === 'object' && given.widths !== null) {
    for (const [id, width] of Object.entries(given.widths))
      if (isField(id) && typeof width === 'number')
        layout.widths[id] = Math.round(Math.min(widest, Math.max(narrowest, width)))
  }
  const height = heights.find((one) => one === given.row_height)
  if (height) layout.row_height = height
  for (const name of ['stack', 'cover', 'start', 'end'] as const) {
    const id = given[name]
    if (id === null || isField(id)) layout[name] = id
  }
  all[viewId] = layout
  world.kernel.changed(layoutPart)
}

export function copyLayout(world: World, from: string, to: string): void {
  const all = layouts(world)
  if (Object.hasOwn(all, from)) all[to] = structuredClone(all[from] ?? {})
  world.kernel.changed(layoutPart)
}

export function dropLayout(world: World, viewId: string): void {
  delete layouts(world)[viewId]
  world.kernel.changed(layoutPart)
}

function orders(given: unknown[], isField: (id: unknown) => id is string): WebOrder[] {
  const seen = new Set<string>()
  return given.flatMap((item) => {
    const { field_id, desc } = (item ?? {}) as Record<string, unknown>
    if (!isField(field_id) || seen.has(field_id)) return []
    seen.add(field_id)
    return [{ field_id, desc: desc === true }]
  })
}
