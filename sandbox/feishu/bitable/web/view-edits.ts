import { changeTable } from '../by-hand.ts'
import { newView } from '../new-table.ts'
import { refuse } from '../refusal.ts'
import type { View, World } from '../state.ts'
import { addView, changeView, removeView } from '../view-routes.ts'
import { answerForTable, type TableCall } from './answer.ts'
import { changeLayout, copyLayout, dropLayout } from './layout.ts'

/**
 * People's work on views.
 * - `POST views {name, type, copy_of?}` → `{view_id}`
 * - `PATCH views/:view {name?, filter?, hidden?, layout?}`: filter and hidden fields are seen by the open API
 * - `DELETE views/:view`
 */
export function registerViewEdits(world: World): void {
  answerForTable(world, 'POST', '/views', (call) => {
    call.eyes.mustMay(call.spot.table, 'views')
    return { view_id: makeView(world, call).view_id }
  })
  answerForTable(world, 'PATCH', '/views/:view', (call) => {
    call.eyes.mustMay(call.spot.table, 'views')
    change(world, call)
    return {}
  })
  answerForTable(world, 'DELETE', '/views/:view', (call) => {
    call.eyes.mustMay(call.spot.table, 'views')
    const view = viewOf(call, call.params.view)
    removeView(world, call.spot.table, view)
    dropLayout(world, view.view_id)
    return {}
  })
}

function makeView(world: World, { spot, body, ...call }: TableCall): View {
  const source = body.copy_of === undefined ? undefined : viewOf({ ...call, spot, body }, body.copy_of)
  const type = source?.view_type ?? body.type
  const view = addView(world, spot, { view_name: body.name, view_type: type })
  if (!source) return view
  view.property = structuredClone(source.property)
  view.form = structuredClone(source.form)
  if (view.form) Object.assign(view.form, newView(world, '', 'form').form, { ...view.form, shared: false })
  copyLayout(world, source.view_id, view.view_id)
  changeTable(world, spot.table)
  return view
}

function change(world: World, { spot, body, params, ...call }: TableCall): void {
  const view = viewOf({ ...call, spot, body, params }, params.view)
  const { name, filter, hidden, layout } = body
  const property = {
    ...(filter !== undefined && { filter_info: filterInfo(filter) }),
    ...(hidden !== undefined && { hidden_fields: hidden }),
  }
  if (name !== undefined || filter !== undefined || hidden !== undefined) {
    const patch = { ...(name !== undefined && name !== view.view_name && { view_name: name }), property }
    changeView(world, spot, { params: { view_id: view.view_id }, body: patch })
  }
  if (typeof layout === 'object' && layout !== null)
    changeLayout(world, spot.table, view.view_id, layout as Record<string, unknown>)
}

/** The open API keeps a condition's values as JSON text. */
function filterInfo(filter: unknown) {
  const { conjunction, conditions } = (filter ?? {}) as Record<string, unknown>
  if (filter === null || !Array.isArray(conditions) || conditions.length === 0) return null
  return {
    conjunction: conjunction === 'or' ? 'or' : 'and',
    conditions: (conditions as Record<string, unknown>[]).map(({ field_id, operator, values }) => ({
      field_id,
      operator,
      value: JSON.stringify(values ?? []),
    })),
  }
}

function viewOf({ spot, eyes }: TableCall, id: unknown): View {
  const view = eyes.views(spot.table).find((one) => one.view_id === id)
  return view ?? refuse(1254042, 'the view is gone')
}
