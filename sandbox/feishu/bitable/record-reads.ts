import type { ApiCall } from '../../kernel/types.ts'
import { appSight } from './app-rights.ts'
import { legacyFields, type ReadCall, searchFields, startRead } from './cell-read.ts'
import { personCell, personOf } from './directory.ts'
import { compileFilter, compileView, type FilterCall } from './filter.ts'
import { rowOf, spotOf, viewOf } from './find.ts'
import { limits, rates } from './limits.ts'
import { page } from './paging.ts'
import { idTypeOf, queryFlag, queryText, searchPageSize, violation } from './query.ts'
import { refuse } from './refusal.ts'
import { paths, serve } from './route.ts'
import { sortRows } from './sort.ts'
import { type Field, type Row, rowsOf, type Spot, type World } from './state.ts'

const text = { type: 'string' }
const condition = {
  type: 'object',
  required: ['field_name', 'operator'],
  properties: { field_name: text, operator: text, value: { type: 'array', maxItems: 10, items: text } },
}
const group = { conjunction: text, conditions: { type: 'array', maxItems: 50, items: condition } }
const searchBody = {
  type: 'object',
  properties: {
    view_id: text,
    field_names: { type: 'array', maxItems: 200, items: text },
    sort: {
      type: 'array',
      maxItems: 100,
      items: { type: 'object', properties: { field_name: text, desc: { type: 'boolean' } } },
    },
    filter: {
      type: ['object', 'null'],
      properties: { ...group, children: { type: 'array', items: { type: 'object', properties: group } } },
    },
    automatic_fields: { type: 'boolean' },
  },
}
const batchGetBody = {
  type: 'object',
  required: ['record_ids'],
  properties: {
    record_ids: { type: 'array', minItems: 1, maxItems: limits.batchGet, items: text },
    user_id_type: text,
    with_shared_url: { type: 'boolean' },
    automatic_fields: { type: 'boolean' },
  },
}

/** 记录：查询、批量获取，以及历史版本的列出、检索 */
export function registerRecordReads(world: World): void {
  const path = `${paths.table}/records`
  const limit = rates.read
  const unverified = [
    'an unticked box is left out',
    'a filter on a name that is no option answers 1254018',
    'weeks start on Monday',
  ]
  serve(
    world,
    'search',
    { method: 'POST', path: `${path}/search`, limit, body: searchBody, unverified },
    (call) => search(world, call),
  )
  serve(world, 'batchGet', { method: 'POST', path: `${path}/batch_get`, limit, body: batchGetBody }, (call) =>
    batchGet(world, call),
  )
  serve(world, 'records', { method: 'GET', path, limit }, (call) => legacyList(world, call))
  serve(world, 'records', { method: 'GET', path: `${path}/:record_id`, limit }, (call) => {
    const spot = spotOf(world, call.params)
    const row = rowOf(world, spot, call.params.record_id ?? '')
    if (seenRows(world, spot, [row]).length === 0) refuse(1254302, 'the app may not read this record')
    return { record: { ...legacyRecord(world, call, spot)(row) } }
  })
}

function search(world: World, call: ApiCall) {
  const spot = spotOf(world, call.params)
  const { body, query } = call
  const idType = idTypeOf(queryText(query, 'user_id_type'))
  const read = startRead(world, spot.base, idType)
  const fields = chosen(seenFields(world, spot), body.field_names)
  const rows = selected(world, spot, { idType, read, body })
  const wanted = { token: queryText(query, 'page_token'), size: searchPageSize(query) }
  const { items, ...rest } = page(rows, wanted, (row) => row.record_id)
  return {
    ...rest,
    items: items.map((row) => ({
      fields: searchFields(read, fields, row),
      record_id: row.record_id,
      ...(body.automatic_fields === true ? automatic(read, row) : {}),
    })),
  }
}

/** With a filter or a sort the view is ignored and the whole table is meant. Feishu docs: 查询记录. */
function selected(
  world: World,
  spot: Spot,
  how: { idType: FilterCall['idType']; read: ReadCall; body: Record<string, unknown> },
): Row[] {
  const { filter, sort, view_id } = how.body
  const call = { world, base: spot.base, table: spot.table, idType: how.idType, optionsById: false }
  let rows = seenRows(world, spot)
  const filtered = filter !== undefined && filter !== null && Object.keys(filter).length > 0
  const sorted = Array.isArray(sort) && sort.length > 0
  if (filtered) rows = rows.filter(compileFilter(call, filter))
  if (sorted) rows = sortRows(how.read, spot.table, rows, sort)
  if (!filtered && !sorted && typeof view_id === 'string' && view_id !== '') {
    rows = rows.filter(compileView({ ...call, optionsById: true }, viewOf(spot.table, view_id)))
  }
  return rows
}

/** With advanced permissions the app gets what its roles show, which may be nothing at all. Feishu docs: 查询记录. */
function seenRows(
  world: World,
  spot: Spot,
  rows = Object.values(rowsOf(world, spot.base, spot.table)),
): Row[] {
  return spot.base.is_advanced ? rows.filter(appSight(world, spot)?.seesRow ?? (() => false)) : rows
}

function seenFields(world: World, spot: Spot): Field[] {
  if (!spot.base.is_advanced) return spot.table.fields
  const sight = appSight(world, spot)
  return spot.table.fields.filter((field) => sight && sight.field(field) !== 'none')
}

function chosen(fields: Field[], names: unknown): Field[] {
  if (!Array.isArray(names) || names.length === 0) return fields
  return names.map(
    (name) =>
      fields.find((field) => field.field_name === name) ?? refuse(1254024, `field_names: no field "${name}"`),
  )
}

function batchGet(world: World, { params, body }: ApiCall) {
  const spot = spotOf(world, params)
  const read = startRead(world, spot.base, idTypeOf(body.user_id_type))
  const rows = rowsOf(world, spot.base, spot.table)
  const ids = [...new Set(body.record_ids as string[])]
  const all = ids.flatMap((id) => (Object.hasOwn(rows, id) ? (rows[id] ?? []) : []))
  const seen = new Set(seenRows(world, spot, all))
  const found = all.filter((row) => seen.has(row))
  const fields = seenFields(world, spot)
  return {
    records: found.map((row) => ({
      fields: searchFields(read, fields, row),
      record_id: row.record_id,
      ...(body.automatic_fields === true ? automatic(read, row) : {}),
      ...(body.with_shared_url === true
        ? { shared_url: `${world.kernel.baseUrl()}/record/${row.record_id}` }
        : {}),
    })),
    forbidden_record_ids: all.filter((row) => !seen.has(row)).map((row) => row.record_id),
    absent_record_ids: ids.filter((id) => !Object.hasOwn(rows, id)),
  }
}

function automatic(read: ReadCall, row: Row) {
  const who = (id: string) => personCell(personOf(read.world.kernel, read.world.directory, id), read.idType)
  return {
    created_by: who(row.created_by),
    created_time: row.created_time,
    last_modified_by: who(row.last_modified_by),
    last_modified_time: row.last_modified_time,
  }
}

/** The older list: names and orders come as JSON text, its formula filter is not played here. */
function legacyList(world: World, call: ApiCall) {
  const spot = spotOf(world, call.params)
  const { query } = call
  if (queryText(query, 'filter'))
    throw violation('filter', 'the sandbox plays filters of records/search only')
  const idType = idTypeOf(queryText(query, 'user_id_type'))
  const body = { view_id: queryText(query, 'view_id') }
  const rows = selected(world, spot, { idType, read: startRead(world, spot.base, idType), body })
  const wanted = { token: queryText(query, 'page_token'), size: searchPageSize(query) }
  const { items, ...rest } = page(rows, wanted, (row) => row.record_id)
  return { ...rest, items: items.map(legacyRecord(world, call, spot)) }
}

function legacyRecord(world: World, { query }: ApiCall, spot: Spot) {
  const read = startRead(world, spot.base, idTypeOf(queryText(query, 'user_id_type')))
  const fields = chosen(seenFields(world, spot), parseNames(queryText(query, 'field_names')))
  const show = queryFlag(query, 'text_field_as_array') ? searchFields : legacyFields
  return (row: Row) => ({
    fields: show(read, fields, row),
    id: row.record_id,
    record_id: row.record_id,
    ...(queryFlag(query, 'automatic_fields') ? automatic(read, row) : {}),
  })
}

function parseNames(names: string | undefined): unknown {
  if (names === undefined || names === '') return undefined
  try {
    return JSON.parse(names)
  } catch {
    return refuse(1254024, 'field_names must be a JSON list of names')
  }
}
