import { isLink } from './field-types.ts'
import { compileCondition } from './filter.ts'
import { fieldOf } from './find.ts'
import { refuse } from './refusal.ts'
import type { Spot, View, ViewCondition, World } from './state.ts'

type Given = Record<string, unknown>

/**
 * A view's property after a patch: what the patch leaves out stays, null clears (UNVERIFIED). Conditions name fields
 * and options by id, and `value` is a list encoded as JSON text. Feishu docs: 更新视图.
 */
export function readViewProperty(world: World, spot: Spot, view: View, given: unknown): View['property'] {
  const patch = (given ?? {}) as Given
  const property = { ...view.property }
  if ('filter_info' in patch) property.filter_info = readFilter(world, spot, patch.filter_info)
  if ('hidden_fields' in patch) property.hidden_fields = readHidden(spot, patch.hidden_fields)
  if ('hierarchy_config' in patch) property.hierarchy_config = readHierarchy(spot, patch.hierarchy_config)
  return property
}

function readFilter(world: World, spot: Spot, given: unknown): View['property']['filter_info'] {
  const { conjunction, conditions } = (given ?? {}) as { conjunction?: string; conditions?: Given[] }
  if (given === null || !conditions || conditions.length === 0) return null
  return {
    conjunction: conjunction ?? 'and',
    conditions: conditions.map((condition) => readCondition(world, spot, condition)),
    condition_omitted: null,
  }
}

function readCondition(world: World, spot: Spot, given: Given): ViewCondition {
  const field = fieldOf(spot.table, String(given.field_id))
  const operator = String(given.operator)
  const bare = operator === 'isEmpty' || operator === 'isNotEmpty'
  const values = given.value === undefined || given.value === null ? [] : parseList(given.value)
  compileCondition(
    { world, base: spot.base, table: spot.table, idType: 'open_id', optionsById: true },
    { field, operator, values: values.map(String) },
  )
  return {
    condition_id: world.kernel.id('con'),
    field_id: field.field_id,
    field_type: field.type,
    operator,
    value: bare ? null : JSON.stringify(values),
  }
}

function parseList(value: unknown): (string | number)[] {
  try {
    const list: unknown = JSON.parse(String(value))
    if (Array.isArray(list) && list.every((v) => typeof v === 'string' || typeof v === 'number')) return list
  } catch {
    // Falls through to the refusal that explains the encoding.
  }
  return refuse(1254018, 'a view condition\'s value is a list encoded as JSON text, e.g. "[\\"opt…\\"]"')
}

function readHidden(spot: Spot, given: unknown): string[] | null {
  if (!Array.isArray(given) || given.length === 0) return null
  const fields = given.map((id) => fieldOf(spot.table, String(id)))
  // UNVERIFIED: the code for hiding the first field.
  if (fields.some((field) => field.is_primary)) refuse(1254001, 'the first field cannot be hidden')
  return fields.map((field) => field.field_id)
}

function readHierarchy(spot: Spot, given: unknown): { field_id: string } | null {
  const id = (given as Given | null)?.field_id
  if (id === undefined || id === null || id === '') return null
  const field = fieldOf(spot.table, String(id))
  if (!isLink(field.type) || field.property?.table_id !== spot.table.table_id) {
    refuse(1254012, 'hierarchy_config needs a link field to the same table')
  }
  return { field_id: field.field_id }
}
