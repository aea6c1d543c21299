import type { ApiCall } from '../../kernel/types.ts'
import { requireStructure } from './app-rights.ts'
import { callerOf } from './caller.ts'
import { shownProperty } from './field-property.ts'
import { addFields, createFields, overwriteField, removeField } from './field-writes.ts'
import { fieldOf, spotOf, viewOf } from './find.ts'
import { rates } from './limits.ts'
import { page } from './paging.ts'
import { listPageSize, queryFlag, queryText } from './query.ts'
import { paths, serve } from './route.ts'
import { announceField, eventField } from './row-events.ts'
import type { Base, Field, Spot, World } from './state.ts'
import { oncePerToken, oneWriteAtATime } from './write-guard.ts'

const body = {
  type: 'object',
  required: ['field_name', 'type'],
  properties: {
    field_name: { type: 'string' },
    type: { type: 'integer' },
    ui_type: { type: 'string' },
    property: { type: ['object', 'null'] },
    description: { type: ['object', 'null'] },
  },
}

/** 字段：列出、新增、更新（全量覆盖）、删除 */
export function registerFields(world: World): void {
  const path = `${paths.table}/fields`
  const limit = rates.structureWrite
  serve(world, 'fields', { method: 'GET', path, limit: rates.read }, (call) => list(world, call))
  serve(world, 'fields', { method: 'POST', path, limit, body }, (call) => {
    const spot = writable(world, call)
    return oncePerToken(world, spot.base, call, () =>
      oneWriteAtATime(world, spot.base, () => create(world, spot, call.body)),
    )
  })
  const unverified = ['which cells survive a change of type', 'formulas: only common functions, else "#"']
  serve(world, 'fields', { method: 'PUT', path: `${path}/:field_id`, limit, body, unverified }, (call) => {
    const spot = writable(world, call)
    const field = fieldOf(spot.table, call.params.field_id ?? '')
    return oneWriteAtATime(world, spot.base, () => {
      changeField(world, spot, field, { given: call.body, by: callerOf(world) })
      return { field: shown(spot.base, field) }
    })
  })
  serve(world, 'fields', { method: 'DELETE', path: `${path}/:field_id`, limit }, (call) => {
    const spot = writable(world, call)
    const field = fieldOf(spot.table, call.params.field_id ?? '')
    return oneWriteAtATime(world, spot.base, () => {
      dropField(world, spot, field, callerOf(world))
      return { field_id: field.field_id, deleted: true }
    })
  })
}

function writable(world: World, call: ApiCall): Spot {
  const spot = spotOf(world, call.params)
  requireStructure(world, spot.base)
  return spot
}

function create(world: World, spot: Spot, given: Record<string, unknown>) {
  const fields = createFields(world, spot, [given])
  addFields(world, spot, fields)
  const by = callerOf(world)
  for (const field of fields) {
    announceField(world, spot, { action: 'field_added', after: eventField(spot.base, field) }, by)
  }
  return { field: fields[0] && shown(spot.base, fields[0]) }
}

/** Overwrites a field and tells subscribers, whoever did it. */
export function changeField(
  world: World,
  spot: Spot,
  field: Field,
  change: { given: Record<string, unknown>; by: string },
): void {
  const before = eventField(spot.base, field)
  overwriteField(world, spot, field, change.given)
  announceField(
    world,
    spot,
    { action: 'field_edited', before, after: eventField(spot.base, field) },
    change.by,
  )
}

/** Removes a field and tells subscribers, whoever did it. */
export function dropField(world: World, spot: Spot, field: Field, by: string): void {
  const before = eventField(spot.base, field)
  removeField(world, spot, field)
  announceField(world, spot, { action: 'field_deleted', before }, by)
}

function list(world: World, { params, query }: ApiCall) {
  const { base, table } = spotOf(world, params)
  const viewId = queryText(query, 'view_id')
  const hidden = viewId ? new Set(viewOf(table, viewId).property.hidden_fields) : undefined
  const asArray = queryFlag(query, 'text_field_as_array')
  const wanted = { token: queryText(query, 'page_token'), size: listPageSize(query) }
  const { items, ...rest } = page(table.fields, wanted, (field) => field.field_id)
  return { ...rest, items: items.map((field) => listed(base, field, { hidden, asArray })) }
}

function listed(base: Base, field: Field, how: { hidden: Set<string> | undefined; asArray: boolean }) {
  const text = field.description?.text
  const description = how.asArray && text !== undefined ? [{ type: 'text', text }] : text
  return {
    ...shown(base, field),
    description,
    ...(how.hidden ? { is_hidden: how.hidden.has(field.field_id) } : {}),
  }
}

function shown(base: Base, field: Field) {
  const { field_id, field_name, type, ui_type, is_primary, description } = field
  return {
    field_id,
    field_name,
    type,
    ui_type,
    is_primary,
    property: shownProperty(base, field),
    ...(description ? { description } : {}),
  }
}
