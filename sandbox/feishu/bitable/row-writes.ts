import { isDeepStrictEqual } from 'node:util'
import type { CellChanges } from './cell-write.ts'
import { filled } from './cell-write.ts'
import { fieldType } from './field-types.ts'
import { refuse } from './refusal.ts'
import { announceRows, type RowChange } from './row-events.ts'
import {
  type Base,
  type Cell,
  type Cells,
  type Field,
  type Row,
  rowsChanged,
  rowsOf,
  type Spot,
  type Table,
  type World,
} from './state.ts'

/** Adds one row per set of changes; all or none. `by` is an open_id. */
export function insertRows(world: World, spot: Spot, drafts: CellChanges[], by: string): Row[] {
  const { base, table } = spot
  const cap = world.kernel.settings.rowCap
  if (table.row_count + drafts.length > cap) refuse(1254103, `table ${table.name} may hold ${cap} records`)
  const rows = rowsOf(world, base, table)
  const now = world.kernel.clock.now()
  const autoFill = table.fields.filter((f) => f.type === fieldType.dateTime && f.property?.auto_fill)
  const added = drafts.map((draft) => {
    const cells = filled(draft)
    for (const field of autoFill) if (!(field.field_id in draft)) cells[field.field_id] = now
    const row: Row = {
      record_id: world.kernel.id('rec'),
      cells,
      serial: table.next_serial++,
      created_time: now,
      created_by: by,
      last_modified_time: now,
      last_modified_by: by,
    }
    rows[row.record_id] = row
    return row
  })
  table.row_count += added.length
  const changes = added.map(
    (row): RowChange => ({
      record_id: row.record_id,
      action: 'record_added',
      before: {},
      after: { ...row.cells },
    }),
  )
  finish(world, spot, changes, by)
  return added
}

/** Applies changes to rows; only cells that really differ count as an edit. */
export function updateRows(
  world: World,
  spot: Spot,
  edits: { row: Row; cells: CellChanges }[],
  by: string,
): void {
  const changes: RowChange[] = []
  for (const { row, cells } of edits) {
    const change = editRow(row, cells)
    if (!change) continue
    row.last_modified_time = world.kernel.clock.now()
    row.last_modified_by = by
    changes.push(change)
  }
  if (changes.length > 0) finish(world, spot, changes, by)
}

function editRow(row: Row, cells: CellChanges): RowChange | undefined {
  const before: Cells = {}
  const after: Cells = {}
  for (const [fieldId, value] of Object.entries(cells)) {
    const old = row.cells[fieldId]
    if (old === (value ?? undefined) || isDeepStrictEqual(old, value ?? undefined)) continue
    if (old !== undefined) before[fieldId] = old
    if (value === null) delete row.cells[fieldId]
    else {
      row.cells[fieldId] = value
      after[fieldId] = value
    }
  }
  if (Object.keys(before).length + Object.keys(after).length === 0) return undefined
  return { record_id: row.record_id, action: 'record_edited', before, after }
}

export function deleteRows(world: World, spot: Spot, doomed: Row[], by: string): void {
  const rows = rowsOf(world, spot.base, spot.table)
  const changes = doomed.map((row): RowChange => {
    delete rows[row.record_id]
    return { record_id: row.record_id, action: 'record_deleted', before: row.cells, after: {} }
  })
  spot.table.row_count -= changes.length
  finish(world, spot, changes, by)
}

function finish(world: World, spot: Spot, changes: RowChange[], by: string): void {
  spot.table.revision++
  rowsChanged(world, spot.base, spot.table)
  announceRows(world, spot, changes, by)
  for (const field of spot.table.fields) {
    if (field.type === fieldType.duplexLink) mirrorLinks(world, spot, field, { changes, by })
  }
}

/** Keeps the other side of a two-way link in step. */
function mirrorLinks(
  world: World,
  spot: Spot,
  field: Field,
  edit: { changes: RowChange[]; by: string },
): void {
  const other = otherSide(spot.base, field)
  if (!other) return
  const rows = rowsOf(world, spot.base, other.table)
  const mirrored = new Map<string, { row: Row; before: string[]; links: Set<string> }>()
  const entryOf = (row: Row) => {
    const before = ids(row.cells[other.field.field_id])
    const entry = mirrored.get(row.record_id) ?? { row, before, links: new Set(before) }
    mirrored.set(row.record_id, entry)
    return entry
  }
  for (const change of edit.changes) {
    for (const id of ids(change.before[field.field_id]))
      if (rows[id]) entryOf(rows[id]).links.delete(change.record_id)
    for (const id of ids(change.after[field.field_id]))
      if (rows[id]) entryOf(rows[id]).links.add(change.record_id)
  }
  const changes: RowChange[] = []
  for (const { row, before, links } of mirrored.values()) {
    const after = [...links]
    if (isDeepStrictEqual(before, after)) continue
    const cells = { [other.field.field_id]: after.length > 0 ? after : null }
    const change = editRow(row, cells)
    if (change) changes.push(change)
  }
  if (changes.length === 0) return
  rowsChanged(world, spot.base, other.table)
  announceRows(world, { base: spot.base, table: other.table }, changes, edit.by)
}

function otherSide(base: Base, field: Field): { table: Table; field: Field } | undefined {
  const table = base.tables.find((t) => t.table_id === field.property?.table_id)
  const back = table?.fields.find((f) => f.field_id === field.property?.back_field_id)
  return table && back ? { table, field: back } : undefined
}

function ids(cell: Cell | undefined): string[] {
  return Array.isArray(cell) ? cell : []
}
