import { addRowsAs, deleteRowsAs, editRowsAs } from '../by-hand.ts'
import { isSelect } from '../field-types.ts'
import { refuse } from '../refusal.ts'
import { optionsOf } from '../select-options.ts'
import { type Field, type Row, rowsOf, type World } from '../state.ts'
import { answerForTable, type TableCall } from './answer.ts'
import type { WebPasted } from './base-shapes.ts'
import { textReader } from './text-cell.ts'

type Values = Record<string, unknown>
const mostPasted = 5_000

/**
 * People's edits of rows; cells are named by field id and hold values as in the open API.
 * - `POST rows {rows:[{field_id: value}]}` → `{record_ids}`
 * - `PATCH rows {changes:[{record_id, cells}]}`
 * - `POST rows/paste {rows:[{record_id?, texts}]}`: text becomes what each field can read; rows without an id are added
 * - `POST rows/delete {record_ids}`
 */
export function registerRowEdits(world: World): void {
  answerForTable(world, 'POST', '/rows', (call) => addRows(world, call))
  answerForTable(world, 'PATCH', '/rows', (call) => {
    const changes = listOf(call.body.changes).map(({ record_id, cells }) => {
      const row = rowOf(world, call, record_id)
      return { recordId: row.record_id, fields: editedFields(call, cells as Values) }
    })
    editRowsAs(world, call.spot, call.openId, changes)
    return {}
  })
  answerForTable(world, 'POST', '/rows/paste', (call) => paste(world, call))
  answerForTable(world, 'POST', '/rows/delete', (call) => {
    call.eyes.mustMay(call.spot.table, 'delete')
    const { deletesRow } = call.eyes.sight(call.spot.table)
    const ids = Array.isArray(call.body.record_ids) ? call.body.record_ids : []
    const rows = ids.map((id) => rowOf(world, call, id, { deleting: true }))
    if (!rows.every(deletesRow)) refuse(1254302, 'you may not delete this record')
    deleteRowsAs(
      world,
      call.spot,
      call.openId,
      rows.map((row) => row.record_id),
    )
    return {}
  })
}

function addRows(world: World, call: TableCall) {
  call.eyes.mustMay(call.spot.table, 'add')
  const drafts = listOf(call.body.rows).map((values) => addedFields(call, values))
  return { record_ids: addRowsAs(world, call.spot, call.openId, drafts) }
}

function listOf(given: unknown): Values[] {
  if (!Array.isArray(given) || given.length === 0 || given.length > mostPasted)
    return refuse(1254001, `a list of 1 to ${mostPasted} rows is needed`)
  return given.map((item) => (typeof item === 'object' && item !== null ? (item as Values) : {}))
}

/** The row, if the person sees it and may change it. */
function rowOf(world: World, call: TableCall, id: unknown, { deleting = false } = {}): Row {
  const rows = rowsOf(world, call.spot.base, call.spot.table)
  const row = typeof id === 'string' && Object.hasOwn(rows, id) ? rows[id] : undefined
  const { seesRow, editsRow } = call.eyes.sight(call.spot.table)
  if (!row || !seesRow(row)) return refuse(1254043, `no record ${String(id)}`)
  if (!deleting && !editsRow(row)) return refuse(1254302, 'you may not edit this record')
  return row
}

/** Values by field id become values by name, once the person may write each of them. */
function named(call: TableCall, cells: Values | undefined, may: (field: Field) => boolean): Values {
  const { table } = call.spot
  const fields: Values = {}
  for (const [id, value] of Object.entries(cells ?? {})) {
    const field =
      table.fields.find((one) => one.field_id === id) ?? refuse(1254044, `the field ${id} is gone`)
    if (!may(field)) refuse(1254302, `you may not edit the field "${field.field_name}"`)
    if (isSelect(field.type) && !call.eyes.sight(table).canAddOptions(field)) mustKnow(field, value)
    fields[field.field_name] = value
  }
  return fields
}

function mustKnow(field: Field, value: unknown): void {
  const known = new Set(optionsOf(field).map((option) => option.name))
  for (const name of [value].flat())
    if (typeof name === 'string' && name !== '' && !known.has(name))
      refuse(1254302, `you may not add the option "${name}"`)
}

function editedFields(call: TableCall, cells: Values | undefined): Values {
  return named(call, cells, (field) => call.eyes.edits(call.spot.table, field))
}

function addedFields(call: TableCall, cells: Values): Values {
  const { field } = call.eyes.sight(call.spot.table)
  return named(call, cells, (one) => ['add', 'edit'].includes(field(one)))
}

function paste(world: World, call: TableCall): WebPasted {
  const { table } = call.spot
  const read = textReader(world, call.spot)
  const answer: WebPasted = { changed: 0, added: 0, skipped: 0 }
  const values = (texts: unknown): Values => {
    const cells: Values = {}
    for (const [id, text] of Object.entries((texts ?? {}) as Values)) {
      const field = table.fields.find((one) => one.field_id === id)
      const value = field && call.eyes.edits(table, field) ? read(field, String(text)) : undefined
      if (value?.fits) cells[id] = value.value
      else answer.skipped++
    }
    return cells
  }
  const rows = listOf(call.body.rows)
  const edits = rows
    .filter((row) => row.record_id !== undefined)
    .map((row) => ({
      recordId: rowOf(world, call, row.record_id).record_id,
      fields: editedFields(call, values(row.texts)),
    }))
  const drafts = rows
    .filter((row) => row.record_id === undefined)
    .map((row) => addedFields(call, values(row.texts)))
  if (drafts.length > 0) call.eyes.mustMay(table, 'add')
  if (edits.length > 0) editRowsAs(world, call.spot, call.openId, edits)
  if (drafts.length > 0) addRowsAs(world, call.spot, call.openId, drafts)
  return { ...answer, changed: edits.length, added: drafts.length }
}
