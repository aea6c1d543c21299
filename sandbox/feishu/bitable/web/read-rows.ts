import { startRead } from '../cell-read.ts'
import { personOf } from '../directory.ts'
import { refuse } from '../refusal.ts'
import { bases, type Field, type Row, rowsOf, type View, type World } from '../state.ts'
import { eyesIn } from './access.ts'
import { answerAs, answerForTable, queryNumber, queryText, type TableCall } from './answer.ts'
import type { WebFound, WebOutline, WebRecord, WebRef, WebRows } from './base-shapes.ts'
import { type OrderedRows, orderedRows, placeOf } from './ordered-rows.ts'
import { cellText, rowTitle, webRow } from './web-cell.ts'

const widestWindow = 500
const mostFound = 1_000
const mostCandidates = 50

/** Windows of a view's rows, its groups, searches in it, single records, and records to link to. */
export function registerRowReads(world: World): void {
  answerForTable(world, 'GET', '/rows', (call) => rowWindow(world, call))
  answerForTable(world, 'GET', '/outline', (call): WebOutline => {
    const { ids, groups } = orderOf(world, call)
    return { total: ids.length, groups }
  })
  answerForTable(world, 'GET', '/ids', (call) => ({ ids: orderOf(world, call).ids }))
  answerForTable(world, 'GET', '/find', (call) => find(world, call))
  answerForTable(world, 'GET', '/records/:record', (call) => record(world, call))
  answerForTable(world, 'GET', '/titles', (call) => titles(world, call))
  answerAs(world, 'GET', 'records/:record', ({ params }, openId) =>
    whereIs(world, params.record ?? '', openId),
  )
}

function viewOf({ spot, query }: TableCall): View | undefined {
  const id = queryText({ query }, 'view')
  if (id === '') return undefined
  return spot.table.views.find((view) => view.view_id === id) ?? refuse(1254042, `no view ${id}`)
}

function orderOf(world: World, call: TableCall): OrderedRows {
  return orderedRows(world, call.spot, viewOf(call), call.eyes)
}

function fieldsOf({ spot, eyes }: TableCall): Field[] {
  return eyes.fields(spot.table)
}

/** Only the rows of the window are read; the order is kept between questions. */
function rowWindow(world: World, call: TableCall): WebRows {
  const { ids } = orderOf(world, call)
  const from = queryNumber(call, 'from', { otherwise: 0, most: ids.length })
  const count = queryNumber(call, 'count', { otherwise: 100, most: widestWindow })
  const read = startRead(world, call.spot.base, 'open_id')
  const rows = rowsOf(world, call.spot.base, call.spot.table)
  const fields = fieldsOf(call)
  return {
    total: ids.length,
    from,
    rows: ids.slice(from, from + count).flatMap((id) => (rows[id] ? [webRow(read, fields, rows[id])] : [])),
  }
}

/** Rows with the searched text in a field the view shows. */
function find(world: World, call: TableCall): WebFound {
  const wanted = queryText(call, 'text').trim().toLowerCase()
  if (wanted === '') return { places: [], ids: [] }
  const { ids } = orderOf(world, call)
  const hidden = new Set(viewOf(call)?.property.hidden_fields)
  const fields = fieldsOf(call).filter((field) => !hidden.has(field.field_id))
  const rows = rowsOf(world, call.spot.base, call.spot.table)
  const read = startRead(world, call.spot.base, 'open_id')
  const found: WebFound = { places: [], ids: [] }
  for (const [place, id] of ids.entries()) {
    const row = rows[id]
    if (!row || !fields.some((field) => cellText(read, field, row).toLowerCase().includes(wanted))) continue
    found.places.push(place)
    found.ids.push(id)
    if (found.ids.length === mostFound) break
  }
  return found
}

function record(world: World, call: TableCall): WebRecord {
  const { spot, eyes } = call
  const id = call.params.record ?? ''
  const rows = rowsOf(world, spot.base, spot.table)
  const row = Object.hasOwn(rows, id) ? rows[id] : undefined
  if (!row || !eyes.sight(spot.table).seesRow(row)) return refuse(1254043, `no record ${id}`)
  const ordered = orderOf(world, call)
  const place = placeOf(ordered, id)
  const name = (openId: string) => personOf(world.kernel, world.directory, openId).name
  return {
    row: webRow(startRead(world, spot.base, 'open_id'), fieldsOf(call), row),
    created_time: row.created_time,
    created_by: name(row.created_by),
    last_modified_time: row.last_modified_time,
    last_modified_by: name(row.last_modified_by),
    previous: place === undefined ? null : (ordered.ids[place - 1] ?? null),
    next: place === undefined ? null : (ordered.ids[place + 1] ?? null),
  }
}

/** Records of a table to choose a link from, by their first field. */
function titles(world: World, call: TableCall): WebRef[] {
  const wanted = queryText(call, 'text').trim().toLowerCase()
  const { spot, eyes } = call
  const read = startRead(world, spot.base, 'open_id')
  const { seesRow } = eyes.sight(spot.table)
  const found: WebRef[] = []
  for (const row of Object.values(rowsOf(world, spot.base, spot.table)) as Row[]) {
    if (!seesRow(row)) continue
    const name = rowTitle(read, spot.table, row)
    if (wanted !== '' && !name.toLowerCase().includes(wanted)) continue
    found.push({ id: row.record_id, name })
    if (found.length === mostCandidates) break
  }
  return found
}

/** The base and table of a record: what a link to a record opens. */
function whereIs(world: World, recordId: string, openId: string) {
  for (const base of bases(world)) {
    for (const table of base.tables) {
      const rows = rowsOf(world, base, table)
      const row = Object.hasOwn(rows, recordId) ? rows[recordId] : undefined
      if (!row) continue
      const eyes = eyesIn(world, base, openId)
      if (!eyes?.tables.includes(table) || !eyes.sight(table).seesRow(row)) continue
      return { app_token: base.app_token, table_id: table.table_id, record_id: recordId }
    }
  }
  return refuse(1254043, `no record ${recordId}`)
}
