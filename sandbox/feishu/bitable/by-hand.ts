import { plainValue, startRead } from './cell-read.ts'
import { createOptions, readFields, startWrite } from './cell-write.ts'
import { toOpenId } from './directory.ts'
import { changeField, dropField } from './field-routes.ts'
import { createBase } from './new-base.ts'
import { refuse } from './refusal.ts'
import { deleteRows, insertRows, updateRows } from './row-writes.ts'
import {
  type Base,
  bases,
  type Field,
  type Row,
  rowsOf,
  type Spot,
  structureChanged,
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
  const by = person(world, openId)
  const write = startWrite(world, spot, 'open_id')
  const cells = readFields(write, fields)
  const [row] = insertRows(world, spot, [cells], by)
  createOptions(write)
  return row?.record_id ?? ''
}

export function editRowAs(
  world: World,
  spot: Spot,
  openId: string,
  change: { recordId: string; fields: Record<string, unknown> },
): void {
  const by = person(world, openId)
  const row = rowById(world, spot, change.recordId)
  const write = startWrite(world, spot, 'open_id')
  const cells = readFields(write, change.fields)
  createOptions(write)
  updateRows(world, spot, [{ row, cells }], by)
}

export function deleteRowAs(world: World, spot: Spot, openId: string, recordId: string): void {
  const by = person(world, openId)
  deleteRows(world, spot, [rowById(world, spot, recordId)], by)
}

/** Renames, retypes or otherwise changes a field; what is left out stays as it is. */
export function changeFieldAs(
  world: World,
  spot: Spot,
  openId: string,
  change: { field: Field; name?: string; type?: number; uiType?: string; property?: unknown },
): void {
  const { field } = change
  const retyped = change.type !== undefined && change.type !== field.type
  const kept = retyped ? undefined : field.property
  const given = {
    field_name: change.name ?? field.field_name,
    type: change.type ?? field.type,
    ui_type: change.uiType ?? (retyped ? undefined : field.ui_type),
    property: change.property ?? kept,
    description: field.description,
  }
  changeField(world, spot, field, { given, by: person(world, openId) })
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
