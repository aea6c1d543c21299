import type { ApiCall } from '../../kernel/types.ts'
import { requireWrite } from './app-rights.ts'
import { callerOf } from './caller.ts'
import { type CellChanges, createOptions, readFields, startWrite, type WriteCall } from './cell-write.ts'
import { rowOf, spotOf } from './find.ts'
import { limits, rates } from './limits.ts'
import { idTypeOf, queryText } from './query.ts'
import { refuse } from './refusal.ts'
import type { FieldRight } from './roles.ts'
import { paths, serve } from './route.ts'
import { deleteRows, insertRows, updateRows } from './row-writes.ts'
import type { Row, World } from './state.ts'
import { oncePerToken, oneWriteAtATime } from './write-guard.ts'

type Fields = Record<string, unknown>

const list = (items: object) => ({
  type: 'object',
  required: ['records'],
  properties: { records: { type: 'array', items } },
})
const withFields = { type: 'object', required: ['fields'], properties: { fields: { type: 'object' } } }
const withId = {
  type: 'object',
  required: ['record_id', 'fields'],
  properties: { record_id: { type: 'string' }, fields: { type: 'object' } },
}

/** 记录：新增、更新、删除及其批量接口. A batch is read as a whole before any of it is applied. */
export function registerRecordWrites(world: World): void {
  const path = `${paths.table}/records`
  const limit = rates.recordWrite
  const unverified = [
    'a client_token is remembered for 24 h',
    'codes for places, groups and computed fields (1254015)',
  ]
  serve(world, 'records', { method: 'POST', path, limit, body: withFields, unverified }, (call) =>
    once(world, call, (write) => ({ record: add(write, [call.body as { fields: Fields }])[0] })),
  )
  serve(
    world,
    'records',
    { method: 'POST', path: `${path}/batch_create`, limit, body: list(withFields) },
    (call) => once(world, call, (write) => ({ records: add(write, batch(call, limits.batchWrite)) })),
  )
  serve(world, 'records', { method: 'PUT', path: `${path}/:record_id`, limit, body: withFields }, (call) =>
    locked(world, call, (write) => {
      const record_id = call.params.record_id ?? ''
      return { record: edit(write, [{ record_id, fields: call.body.fields as Fields }])[0] }
    }),
  )
  serve(
    world,
    'records',
    { method: 'POST', path: `${path}/batch_update`, limit, body: list(withId) },
    (call) => locked(world, call, (write) => ({ records: edit(write, batch(call, limits.batchWrite)) })),
  )
  serve(world, 'records', { method: 'DELETE', path: `${path}/:record_id`, limit }, (call) =>
    locked(world, call, (write) => remove(write, [call.params.record_id ?? ''])[0]),
  )
  serve(
    world,
    'records',
    { method: 'POST', path: `${path}/batch_delete`, limit, body: list({ type: 'string' }) },
    (call) => locked(world, call, (write) => ({ records: remove(write, batch(call, limits.batchDelete)) })),
  )
}

function once<T>(world: World, call: ApiCall, apply: (write: WriteCall) => T): Promise<T> {
  const { base } = spotOf(world, call.params)
  return oncePerToken(world, base, call, () => locked(world, call, apply))
}

async function locked<T>(world: World, call: ApiCall, apply: (write: WriteCall) => T): Promise<T> {
  const spot = spotOf(world, call.params)
  const idType = idTypeOf(queryText(call.query, 'user_id_type'))
  requireWrite(world, spot)
  return oneWriteAtATime(world, spot.base, () => apply(startWrite(world, spot, idType)))
}

function batch<T>(call: ApiCall, most: number): T[] {
  const records = call.body.records as T[]
  if (records.length === 0) refuse(1254001, 'records is empty')
  if (records.length > most)
    refuse(1254104, `at most ${most} records per call, this one has ${records.length}`)
  return records
}

function add(write: WriteCall, records: { fields: Fields }[]) {
  const { world, spot } = write
  const sight = requireWrite(world, spot)
  if (!sight.canAdd) refuse(1254302, 'the app may not add records here')
  const drafts = records.map(({ fields }) => writable(write, ['add', 'edit'], readFields(write, fields)))
  const by = callerOf(world)
  const rows = insertRows(world, spot, drafts, by)
  createOptions(write)
  return rows.map((row, i) => echo(row, records[i]?.fields ?? {}))
}

function edit(write: WriteCall, records: { record_id: string; fields: Fields }[]) {
  const { world, spot } = write
  const sight = requireWrite(world, spot)
  const edits = records.map(({ record_id, fields }) => {
    const row = rowOf(world, spot, record_id)
    if (!sight.editsRow(row)) refuse(1254302, `the app may not change record ${record_id}`)
    return { row, cells: writable(write, ['edit'], readFields(write, fields)) }
  })
  createOptions(write)
  updateRows(world, spot, edits, callerOf(world))
  return edits.map(({ row }, i) => echo(row, records[i]?.fields ?? {}))
}

function remove(write: WriteCall, ids: string[]) {
  const { world, spot } = write
  const rows = [...new Set(ids)].map((id) => rowOf(world, spot, id))
  const sight = requireWrite(world, spot)
  for (const row of rows)
    if (!sight.deletesRow(row)) refuse(1254302, `the app may not delete record ${row.record_id}`)
  deleteRows(world, spot, rows, callerOf(world))
  return rows.map(({ record_id }) => ({ deleted: true, record_id }))
}

/** A field the app may not write is as good as not there. Feishu docs: 新增多条记录, 1254045. */
function writable(write: WriteCall, rights: FieldRight[], cells: CellChanges): CellChanges {
  const sight = requireWrite(write.world, write.spot)
  for (const field of write.spot.table.fields) {
    if (field.field_id in cells && !rights.includes(sight.field(field)))
      refuse(1254045, `the app may not write field "${field.field_name}"`)
  }
  return cells
}

/** Writes answer with what was sent (text stays plain), not with what search would show; empty values are left out. */
function echo(row: Row, fields: Fields) {
  const shown = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
  return { fields: shown, id: row.record_id, record_id: row.record_id }
}
