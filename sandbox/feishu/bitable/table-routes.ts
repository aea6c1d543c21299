import type { ApiCall } from '../../kernel/types.ts'
import { requireStructure } from './app-rights.ts'
import { addFields, createFields } from './field-writes.ts'
import { baseOf, spotOf, tableOf } from './find.ts'
import { limits, rates } from './limits.ts'
import { defaultFields } from './new-base.ts'
import { newTable } from './new-table.ts'
import { page } from './paging.ts'
import { listPageSize, queryText, violation } from './query.ts'
import { refuse } from './refusal.ts'
import { paths, serve } from './route.ts'
import { type Base, dropRows, type Spot, structureChanged, type Table, type World } from './state.ts'
import { readViewName } from './view-name.ts'
import { oneWriteAtATime } from './write-guard.ts'

const text = { type: 'string' }
const create = {
  type: 'object',
  required: ['table'],
  properties: {
    table: {
      type: 'object',
      required: ['name'],
      properties: {
        name: text,
        default_view_name: text,
        fields: { type: 'array', items: { type: 'object' } },
      },
    },
  },
}
const createMany = {
  type: 'object',
  required: ['tables'],
  properties: {
    tables: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', required: ['name'], properties: { name: text } },
    },
  },
}
const deleteMany = {
  type: 'object',
  required: ['table_ids'],
  properties: { table_ids: { type: 'array', minItems: 1, items: text } },
}

/** 数据表：列出、新增、更新、删除、批量 */
export function registerTables(world: World): void {
  const limit = rates.structureWrite
  serve(world, 'tables', { method: 'GET', path: paths.tables, limit: rates.read }, ({ params, query }) => {
    const tables = baseOf(world, params).tables.map(({ table_id, revision, name }) => ({
      table_id,
      revision,
      name,
    }))
    return page(
      tables,
      { token: queryText(query, 'page_token'), size: listPageSize(query) },
      (t) => t.table_id,
    )
  })
  const write = (call: ApiCall, change: (base: Base) => unknown) => {
    const base = baseOf(world, call.params)
    requireStructure(world, base)
    return oneWriteAtATime(world, base, () => change(base))
  }
  serve(world, 'tableCreate', { method: 'POST', path: paths.tables, limit, body: create }, (call) =>
    write(call, (base) => addTable(world, base, call.body.table as Record<string, unknown>)),
  )
  serve(
    world,
    'tables',
    { method: 'POST', path: `${paths.tables}/batch_create`, limit, body: createMany },
    (call) => write(call, (base) => addTables(world, base, call.body.tables as { name: unknown }[])),
  )
  serve(
    world,
    'tablePatch',
    { method: 'PATCH', path: paths.table, limit, body: { type: 'object', properties: { name: text } } },
    (call) => write(call, () => rename(world, call)),
  )
  serve(world, 'tables', { method: 'DELETE', path: paths.table, limit }, (call) =>
    write(call, (base) => removeTables(world, base, [tableOf(base, call.params.table_id ?? '')])),
  )
  serve(
    world,
    'tables',
    { method: 'POST', path: `${paths.tables}/batch_delete`, limit, body: deleteMany },
    (call) =>
      write(call, (base) => {
        const ids = [...new Set(call.body.table_ids as string[])]
        if (ids.length > limits.tablesPerDelete)
          refuse(1254104, `at most ${limits.tablesPerDelete} tables per call`)
        return removeTables(
          world,
          base,
          ids.map((id) => tableOf(base, id)),
        )
      }),
  )
}

/** Makes a table from `{name, default_view_name, fields}`, whoever asks. */
export function addTable(world: World, base: Base, given: Record<string, unknown>) {
  const name = tableName(base, given.name)
  if (base.tables.length >= limits.tables) refuse(1254100, `a base has at most ${limits.tables} tables`)
  const viewName = given.default_view_name === undefined ? undefined : readViewName(given.default_view_name)
  if (viewName !== undefined && given.fields === undefined) refuse(1254001, 'default_view_name needs fields')
  const table = newTable(world, { name, viewName: viewName ?? '表格', fields: [] })
  base.tables.push(table)
  try {
    if (given.fields === undefined) table.fields = defaultFields(world)
    else addFields(world, { base, table }, createFields(world, { base, table }, given.fields as unknown[]))
  } catch (error) {
    base.tables.splice(base.tables.indexOf(table), 1)
    throw error
  }
  base.revision++
  structureChanged(world)
  return {
    table_id: table.table_id,
    ...(given.fields === undefined
      ? {}
      : { default_view_id: table.views[0]?.view_id, field_id_list: table.fields.map((f) => f.field_id) }),
  }
}

function addTables(world: World, base: Base, given: { name: unknown }[]) {
  if (base.tables.length + given.length > limits.tables)
    refuse(1254100, `a base has at most ${limits.tables} tables`)
  const names = given.map(({ name }) => tableName(base, name))
  if (new Set(names).size < names.length) refuse(1254013, 'two tables of this call have one name')
  const tables = names.map((name) =>
    newTable(world, { name, viewName: '表格', fields: defaultFields(world) }),
  )
  base.tables.push(...tables)
  base.revision++
  structureChanged(world)
  return { table_ids: tables.map((t) => t.table_id) }
}

function rename(world: World, call: ApiCall) {
  const spot = spotOf(world, call.params)
  return renameTable(world, spot, call.body.name)
}

/** Gives a table another name, whoever asks. */
export function renameTable(world: World, { base, table }: Spot, wanted: unknown) {
  const given = typeof wanted === 'string' ? wanted.trim() : ''
  // An empty or unchanged name succeeds and changes nothing. Feishu docs: 更新数据表.
  if (given !== '' && given !== table.name) {
    table.name = tableName(base, given)
    table.revision++
    base.revision++
    structureChanged(world)
  }
  return { name: table.name }
}

/** Deletes tables with their rows, whoever asks. @throws Refusal 1254034 when none would be left */
export function removeTables(world: World, base: Base, doomed: Table[]) {
  if (doomed.length >= base.tables.length) refuse(1254034, 'a base keeps at least one table')
  for (const table of doomed) {
    dropRows(world, base, table)
    base.tables.splice(base.tables.indexOf(table), 1)
  }
  base.revision++
  structureChanged(world)
  return {}
}

function tableName(base: Base, given: unknown): string {
  const name = String(given).trim()
  if (name.length < 1 || name.length > limits.nameChars)
    throw violation('name', 'the length must be 1 to 100')
  // UNVERIFIED: the answer for a name with a character that is not allowed.
  if (/[/\\?*:[\]]/.test(name)) throw violation('name', 'must not contain / \\ ? * : [ ]')
  if (base.tables.some((table) => table.name === name)) refuse(1254013, `there is a table named "${name}"`)
  return name
}
