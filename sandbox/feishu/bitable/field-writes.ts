import { isDeepStrictEqual } from 'node:util'
import { toProperty } from './field-property.ts'
import { factsOf, fieldType, isSelect } from './field-types.ts'
import { limits } from './limits.ts'
import { newField } from './new-table.ts'
import { refuse } from './refusal.ts'
import { convertCells } from './retype.ts'
import { optionsOf } from './select-options.ts'
import { type Field, rowsChanged, rowsOf, type Spot, structureChanged, type World } from './state.ts'

type Given = Record<string, unknown>

/** Fields from what a caller gave, checked as a whole; nothing is added to the table yet. */
export function createFields(world: World, spot: Spot, given: unknown[]): Field[] {
  const { table } = spot
  if (table.fields.length + given.length > limits.fields) refuse(1254105, `at most ${limits.fields} fields`)
  if (given.length === 0 && table.fields.length === 0) refuse(1254001, 'a table needs a first field')
  const made: Field[] = []
  for (const item of given as Given[]) {
    const name = fieldName(item.field_name, [...table.fields, ...made])
    const { type, uiType } = readType(item)
    const primary = table.fields.length + made.length === 0
    if (primary && !factsOf(type)?.primary) refuse(1254012, `"${name}" cannot be the first field`)
    const property = toProperty(world, spot.base, { type, uiType, property: item.property })
    const field = newField(world, { name, type, uiType, property, primary })
    field.description = readDescription(item.description)
    made.push(field)
  }
  const formulas = [...table.fields, ...made].filter((f) => f.type === fieldType.formula)
  if (formulas.length > limits.formulas) refuse(1254105, `at most ${limits.formulas} formulas`)
  return made
}

/** Adds checked fields; a two-way link also adds its field on the other side. */
export function addFields(world: World, spot: Spot, fields: Field[]): void {
  for (const field of fields) {
    spot.table.fields.push(field)
    if (field.type === fieldType.duplexLink) addBackField(world, spot, field)
  }
  spot.table.revision++
  structureChanged(world)
}

/** Full overwrite of a field. Feishu docs: 更新字段. */
export function overwriteField(world: World, spot: Spot, field: Field, given: Given): void {
  const others = spot.table.fields.filter((f) => f !== field)
  const name = fieldName(given.field_name, others)
  const { type, uiType } = readType(given)
  if (field.is_primary && !factsOf(type)?.primary) refuse(1254012, 'the first field cannot have this type')
  const property = toProperty(world, spot.base, { type, uiType, property: given.property, previous: field })
  const next: Field = {
    ...field,
    field_name: name,
    type,
    ui_type: uiType,
    property,
    description: readDescription(given.description),
  }
  if (isDeepStrictEqual(next, field)) refuse(1254606, 'the field already is like this')
  const before = { ...field }
  Object.assign(field, next)
  if (before.type !== type) convertCells(world, spot, before, field)
  else if (isSelect(type)) dropOptions(world, spot, field)
  if (type === fieldType.duplexLink && !field.property?.back_field_id) addBackField(world, spot, field)
  spot.table.revision++
  structureChanged(world)
}

/** Removes a field with its cells and whatever named it. */
export function removeField(world: World, spot: Spot, field: Field): void {
  if (field.is_primary) refuse(1254046, 'the first field stays')
  const { base, table } = spot
  table.fields.splice(table.fields.indexOf(field), 1)
  for (const row of Object.values(rowsOf(world, base, table))) delete row.cells[field.field_id]
  for (const view of table.views) {
    const { filter_info, hidden_fields, hierarchy_config } = view.property
    const conditions = filter_info?.conditions.filter((c) => c.field_id !== field.field_id) ?? []
    view.property.filter_info = filter_info && conditions.length > 0 ? { ...filter_info, conditions } : null
    view.property.hidden_fields = hidden_fields?.filter((id) => id !== field.field_id) ?? null
    if (hierarchy_config?.field_id === field.field_id) view.property.hierarchy_config = null
  }
  table.revision++
  rowsChanged(world, base, table)
  const other = base.tables.find((t) => t.table_id === field.property?.table_id)
  const back = other?.fields.find((f) => f.field_id === field.property?.back_field_id && !f.is_primary)
  // UNVERIFIED: that deleting one side of a two-way link deletes the other.
  if (other && back) removeField(world, { base, table: other }, back)
}

function addBackField(world: World, spot: Spot, field: Field): void {
  const { base, table } = spot
  const other = base.tables.find((t) => t.table_id === field.property?.table_id)
  if (!other) return
  const name = field.property?.back_field_name ?? `${table.name}-${field.field_name}`
  const taken = new Set(other.fields.map((f) => f.field_name))
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${name} ${n}`
  const link = { multiple: true, table_id: table.table_id, back_field_id: field.field_id }
  const back = newField(world, {
    name: free,
    type: fieldType.duplexLink,
    property: { ...link, back_field_name: field.field_name },
  })
  other.fields.push(back)
  other.revision++
  field.property = { ...field.property, back_field_id: back.field_id, back_field_name: free }
}

/** Empties cells whose option is gone. */
function dropOptions(world: World, spot: Spot, field: Field): void {
  const left = new Set(optionsOf(field).map((option) => option.id))
  for (const row of Object.values(rowsOf(world, spot.base, spot.table))) {
    const cell = row.cells[field.field_id]
    if (typeof cell === 'string' && !left.has(cell)) delete row.cells[field.field_id]
    if (!Array.isArray(cell)) continue
    const kept = cell.filter((id) => left.has(id))
    if (kept.length > 0) row.cells[field.field_id] = kept
    else delete row.cells[field.field_id]
  }
  rowsChanged(world, spot.base, spot.table)
}

function fieldName(given: unknown, others: Field[]): string {
  const name = typeof given === 'string' ? given.trim() : ''
  if (name === '') refuse(1254028, 'field_name is empty')
  if (name.length > limits.nameChars) refuse(1254029, 'field_name is longer than 100 characters')
  if (others.some((field) => field.field_name === name)) refuse(1254014, `there is a field named "${name}"`)
  return name
}

function readType(given: Given): { type: number; uiType: string } {
  const type = Number(given.type)
  const facts = factsOf(type)
  if (!facts || facts.noCreate)
    return refuse(1254012, `fields of type ${given.type} cannot be made through the API`)
  const uiType = given.ui_type ?? facts.uiTypes[0]
  // UNVERIFIED: the code for a ui_type that does not go with the type.
  if (typeof uiType !== 'string' || !facts.uiTypes.includes(uiType)) {
    return refuse(1254015, `ui_type ${given.ui_type} does not go with type ${type}`)
  }
  return { type, uiType }
}

function readDescription(given: unknown): Field['description'] {
  const { text, disable_sync } = (given ?? {}) as Given
  if (typeof text !== 'string' || text === '') return null
  return { disable_sync: disable_sync !== false, text }
}
