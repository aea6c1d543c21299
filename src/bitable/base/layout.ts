import type { AnyTable, FieldDef } from '#src/contracts/table.ts'
import type { Executor } from '#src/db/database.ts'
import { fieldsOf, keyField } from '../row-values.ts'
import { type Binding, knownField, readBindings } from './bindings.ts'
import { attemptColumn, modifiedColumn } from './wire-field.ts'

/** A column of the live table that belongs to one of our fields. */
export interface Column {
  key: string
  def: FieldDef
  fieldId: string
  /** Its name now: what writes and reads use. */
  name: string
  /** Deleted or retyped by people: left alone until it is back. */
  paused: boolean
  /** Live option name by ours. */
  options: ReadonlyMap<string, string>
  /** Our option name by the live one. */
  ourOptions: ReadonlyMap<string, string>
  optionsById: ReadonlyMap<string, string>
}

export interface TableLayout {
  def: AnyTable
  /** Feishu's table_id. */
  tableId: string
  columns: readonly Column[]
  keyColumn: Column
  attempt: { name: string; fieldId: string }
  modified: { name: string; fieldId: string }
}

export interface Layout {
  appToken: string
  tables: readonly TableLayout[]
}

/** What is bound so far; undefined before a base is there. Tables that are not set up yet are left out. */
export async function loadLayout(
  executor: Executor,
  tables: readonly AnyTable[],
): Promise<Layout | undefined> {
  const all = await readBindings(executor)
  const find = (kind: string, key: string) => all.find((b) => b.kind === kind && b.key === key)
  const base = find('base', 'main')
  if (base === undefined) return undefined
  const layouts = tables.map((def) => tableLayout(def, find)).filter((table) => table !== undefined)
  return { appToken: base.feishuId, tables: layouts }
}

type Find = (kind: string, key: string) => Binding | undefined

function tableLayout(def: AnyTable, find: Find): TableLayout | undefined {
  const table = find('table', def.id)
  const attempt = find('field', `${def.id}.${attemptColumn}`)
  const modified = find('field', `${def.id}.${modifiedColumn}`)
  const columns = fieldsOf(def)
    .map(([key, field]) => column(key, field, find('field', `${def.id}.${key}`)))
    .filter((found) => found !== undefined)
  const keyColumn = columns.find((found) => found.key === keyField(def))
  if (!table || !attempt || !modified || !keyColumn) return undefined
  // Without the key and the attempt id no row could be recognised again, so nothing is written.
  if (keyColumn.paused || attempt.state === 'paused') return undefined
  const system = (binding: Binding) => ({ name: knownField(binding).name, fieldId: binding.feishuId })
  return {
    def,
    tableId: table.feishuId,
    columns,
    keyColumn,
    attempt: system(attempt),
    modified: system(modified),
  }
}

function column(key: string, def: FieldDef, binding: Binding | undefined): Column | undefined {
  if (binding === undefined) return undefined
  const { name, options } = knownField(binding)
  return {
    key,
    def,
    fieldId: binding.feishuId,
    name,
    paused: binding.state === 'paused',
    options: new Map(options.map((option) => [option.our, option.name])),
    ourOptions: new Map(options.map((option) => [option.name, option.our])),
    optionsById: new Map(options.map((option) => [option.id, option.our])),
  }
}
