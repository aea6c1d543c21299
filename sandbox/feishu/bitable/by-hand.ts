import { plainValue, startRead } from './cell-read.ts'
import { createOptions, readFields, startWrite } from './cell-write.ts'
import { toOpenId } from './directory.ts'
import { changeField, dropField } from './field-routes.ts'
import { fieldType } from './field-types.ts'
import { addFields, createFields } from './field-writes.ts'
import { limits } from './limits.ts'
import { createBase } from './new-base.ts'
import { Refusal, refuse } from './refusal.ts'
import { announceField, eventField } from './row-events.ts'
import { deleteRows, insertRows, updateRows } from './row-writes.ts'
import { optionsOf } from './select-options.ts'
import {
  type Base,
  bases,
  type Field,
  type Row,
  rowsOf,
  type Spot,
  structureChanged,
  type Table,
  type World,
} from './state.ts'

/** What people do in the client: no tokens, limits or write lock; the same values, the same events. */

export interface ShownTable {
  app_token: string
  table_id: string
  table: string
  count: number
  rows: { record_id: string; fields: Record<string, unknown> }[]
}

/** A table of a base, each named by id or by name. */
export function spotNamed(world: World, base: string, table: string): Spot {
  const found =
    bases(world).find((b) => b.app_token === base || b.name === base) ?? refuse(1254040, `no base ${base}`)
  const inside = found.tables.find((t) => t.table_id === table || t.name === table)
  return { base: found, table: inside ?? refuse(1254041, `no table ${table} in base ${base}`) }
}

export function fieldNamedOrId(spot: Spot, field: string): Field {
  const found = spot.table.fields.find((f) => f.field_id === field || f.field_name === field)
  return found ?? refuse(1254044, `no field ${field} in table ${spot.table.name}`)
}

/** A table's rows with fields by name and plain values. */
export function showTable(world: World, { base, table }: Spot): ShownTable {
  const read = startRead(world, base, 'open_id')
  const rows = Object.values(rowsOf(world, base, table)).map((row) => ({
    record_id: row.record_id,
    fields: plainFields(read, table.fields, row),
  }))
  return { app_token: base.app_token, table_id: table.table_id, table: table.name, count: rows.length, rows }
}

export function showAllTables(world: World): ShownTable[] {
  return bases(world).flatMap((base) => base.tables.map((table) => showTable(world, { base, table })))
}

function plainFields(read: ReturnType<typeof startRead>, fields: Field[], row: Row): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const field of fields) {
    const value = plainValue(read, field, row)
    if (value !== undefined) shown[field.field_name] = value
  }
  return shown
}

/** A person makes a base of their own; the app has no access until it is shared. */
export function createBaseAs(world: World, openId: string, name: string): Base {
  return createBase(world, { name, folder_token: '', time_zone: '', owner: person(world, openId) })
}

/** Lets the app into a person's base, or out of it. */
export function shareBase(world: World, appToken: string, shared: boolean): void {
  const base = bases(world).find((b) => b.app_token === appToken) ?? refuse(1254040, `no base ${appToken}`)
  base.shared_with_app = shared
  structureChanged(world)
}

/** Values as in the open API (`fields` by exact name); options a person types are created. Returns the record_id. */
export function addRowAs(world: World, spot: Spot, openId: string, fields: Record<string, unknown>): string {
  return addRowsAs(world, spot, openId, [fields])[0] ?? ''
}

/** Several rows at once, all or none. Returns their record_ids. */
export function addRowsAs(
  world: World,
  spot: Spot,
  openId: string,
  drafts: Record<string, unknown>[],
): string[] {
  const by = person(world, openId)
  const write = startWrite(world, spot, 'open_id')
  const cells = drafts.map((fields) => readFields(write, fields))
  const rows = insertRows(world, spot, cells, by)
  createOptions(write)
  return rows.map((row) => row.record_id)
}

export function editRowAs(
  world: World,
  spot: Spot,
  openId: string,
  change: { recordId: string; fields: Record<string, unknown> },
): void {
  editRowsAs(world, spot, openId, [change])
}

/** Several rows at once, as a paste does: all or none. */
export function editRowsAs(
  world: World,
  spot: Spot,
  openId: string,
  changes: { recordId: string; fields: Record<string, unknown> }[],
): void {
  const by = person(world, openId)
  const write = startWrite(world, spot, 'open_id')
  const edits = changes.map(({ recordId, fields }) => ({
    row: rowById(world, spot, recordId),
    cells: readFields(write, fields),
  }))
  createOptions(write)
  updateRows(world, spot, edits, by)
}

export function deleteRowAs(world: World, spot: Spot, openId: string, recordId: string): void {
  deleteRowsAs(world, spot, openId, [recordId])
}

export function deleteRowsAs(world: World, spot: Spot, openId: string, recordIds: string[]): void {
  const by = person(world, openId)
  const rows = [...new Set(recordIds)].map((id) => rowById(world, spot, id))
  if (rows.length > 0) deleteRows(world, spot, rows, by)
}

/** A new field from `{field_name, type, ui_type, property, description}`. */
export function addFieldAs(world: World, spot: Spot, openId: string, given: Record<string, unknown>): Field {
  const by = person(world, openId)
  const [field] = createFields(world, spot, [given])
  if (!field) return refuse(1254001, 'no field was described')
  addFields(world, spot, [field])
  announceField(world, spot, { action: 'field_added', after: eventField(spot.base, field) }, by)
  return field
}

/** The same field once more with its cells; a two-way link is copied as a one-way link, as there is one other side. */
export function copyFieldAs(world: World, spot: Spot, openId: string, source: Field): Field {
  const by = person(world, openId)
  const taken = new Set(spot.table.fields.map((one) => one.field_name))
  let name = `${source.field_name} 副本`
  for (let n = 2; taken.has(name); n++) name = `${source.field_name} 副本 ${n}`
  const options = optionsOf(source)
  const type = source.type === fieldType.duplexLink ? fieldType.singleLink : source.type
  const property =
    options.length > 0
      ? { options: options.map(({ name, color }) => ({ name, color })) }
      : structuredClone(source.property)
  const ui_type = type === source.type ? source.ui_type : undefined
  const field = addFieldAs(world, spot, openId, {
    field_name: name,
    type,
    ui_type,
    property,
    description: source.description,
  })
  const copies = new Map(options.map((option, i) => [option.id, optionsOf(field)[i]?.id ?? '']))
  const copied = (id: string) => copies.get(id) ?? id
  const edits = Object.values(rowsOf(world, spot.base, spot.table)).flatMap((row) => {
    const cell = row.cells[source.field_id]
    if (cell === undefined) return []
    const value = typeof cell === 'string' ? copied(cell) : Array.isArray(cell) ? cell.map(copied) : cell
    return [{ row, cells: { [field.field_id]: value } }]
  })
  updateRows(world, spot, edits, by)
  return field
}

export function renameBaseAs(world: World, base: Base, name: string): void {
  const wanted = name.trim()
  if (wanted === '' || wanted.length > limits.appNameChars)
    refuse(1254031, `a base's name has 1 to ${limits.appNameChars} characters`)
  base.name = wanted
  base.revision++
  structureChanged(world)
}

/** Says that something of a table (a view) is different now. */
export function changeTable(world: World, table: Table): void {
  table.revision++
  structureChanged(world)
}

/** Renames, retypes or otherwise changes a field; what is left out stays as it is. */
export function changeFieldAs(
  world: World,
  spot: Spot,
  openId: string,
  change: {
    field: Field
    name?: string
    type?: number
    uiType?: string
    property?: unknown
    description?: string
  },
): void {
  const { field } = change
  const retyped = change.type !== undefined && change.type !== field.type
  const kept = retyped ? undefined : field.property
  const given = {
    field_name: change.name ?? field.field_name,
    type: change.type ?? field.type,
    ui_type: change.uiType ?? (retyped ? undefined : field.ui_type),
    property: change.property ?? kept,
    description:
      change.description === undefined
        ? field.description
        : { ...field.description, text: change.description },
  }
  const by = person(world, openId)
  try {
    changeField(world, spot, field, { given, by })
  } catch (error) {
    // Saving a field as it already is changes nothing and is no mistake of a person.
    if (!(error instanceof Refusal) || error.code !== 1254606) throw error
  }
}

export function deleteFieldAs(world: World, spot: Spot, openId: string, field: Field): void {
  dropField(world, spot, field, person(world, openId))
}

function rowById(world: World, spot: Spot, recordId: string): Row {
  const rows = rowsOf(world, spot.base, spot.table)
  return (
    (Object.hasOwn(rows, recordId) ? rows[recordId] : undefined) ?? refuse(1254043, `no record ${recordId}`)
  )
}

function person(world: World, openId: string): string {
  return toOpenId(world.directory, openId, 'open_id') ?? refuse(1254066, `nobody has the open_id ${openId}`)
}
