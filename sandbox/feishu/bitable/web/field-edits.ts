import { addFieldAs, changeFieldAs, copyFieldAs, deleteFieldAs } from '../by-hand.ts'
import { refuse } from '../refusal.ts'
import type { Field, World } from '../state.ts'
import { answerForTable, type TableCall } from './answer.ts'
import { changeLayout, layoutOf } from './layout.ts'

/**
 * People's work on fields, through the code the open API uses.
 * - `POST fields {name, type, ui_type?, property?, description?, view?, after?|before?}` → `{field_id}`
 * - `PATCH fields/:field {name?, type?, ui_type?, property?, description?}`: what is left out stays
 * - `POST fields/:field/copy {view?}` → `{field_id}`; `DELETE fields/:field`
 */
export function registerFieldEdits(world: World): void {
  const on = (method: 'POST' | 'PATCH' | 'DELETE', path: string, act: (call: TableCall) => unknown) =>
    answerForTable(world, method, path, (call) => {
      call.eyes.mustMay(call.spot.table, 'manage')
      return act(call) ?? {}
    })
  on('POST', '/fields', (call) => {
    const { name, type, ui_type, property, description } = call.body
    const given = { field_name: name, type, ui_type, property, description: described(description) }
    const field = addFieldAs(world, call.spot, call.openId, given)
    placeField(world, call, field)
    return { field_id: field.field_id }
  })
  on('PATCH', '/fields/:field', (call) => {
    const { name, type, ui_type, property, description } = call.body
    changeFieldAs(world, call.spot, call.openId, {
      field: fieldOf(call),
      ...(typeof name === 'string' && { name }),
      ...(typeof type === 'number' && { type }),
      ...(typeof ui_type === 'string' && { uiType: ui_type }),
      ...(property !== undefined && { property }),
      ...(typeof description === 'string' && { description }),
    })
  })
  on('POST', '/fields/:field/copy', (call) => {
    const source = fieldOf(call)
    const field = copyFieldAs(world, call.spot, call.openId, source)
    placeField(world, { ...call, body: { ...call.body, after: source.field_id } }, field)
    return { field_id: field.field_id }
  })
  on('DELETE', '/fields/:field', (call) => deleteFieldAs(world, call.spot, call.openId, fieldOf(call)))
}

function described(text: unknown): { text: string } | null {
  return typeof text === 'string' && text !== '' ? { text } : null
}

function fieldOf({ spot, params }: TableCall): Field {
  const found = spot.table.fields.find((field) => field.field_id === params.field)
  return found ?? refuse(1254044, 'the field is gone')
}

/** Beside the field it was inserted next to, in the view where that was done; elsewhere it comes last. */
function placeField(world: World, { spot, body }: TableCall, field: Field): void {
  const view = spot.table.views.find((one) => one.view_id === body.view)
  const neighbour = body.after ?? body.before
  if (!view || typeof neighbour !== 'string') return
  const { order } = layoutOf(world, spot.table, view.view_id)
  const ids = [...new Set([...order, ...spot.table.fields.map((one) => one.field_id)])].filter(
    (id) => id !== field.field_id,
  )
  const at = ids.indexOf(neighbour) + (body.after === undefined ? 0 : 1)
  changeLayout(world, spot.table, view.view_id, { order: ids.toSpliced(at, 0, field.field_id) })
}
