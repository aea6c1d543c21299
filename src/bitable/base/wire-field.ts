import type { FieldDef, FieldType } from '#src/contracts/table.ts'
import type { WireField } from '#src/feishu/types.ts'
import type { KnownField } from './bindings.ts'

interface WireType {
  type: number
  ui_type: string
  property?: Record<string, unknown>
}

/** Feishu docs: 字段编辑指南. */
const wireTypes: Record<FieldType, (def: FieldDef) => WireType> = {
  text: () => ({ type: 1, ui_type: 'Text' }),
  number: (def) => ({ type: 2, ui_type: 'Number', property: { formatter: def.format ?? '0' } }),
  money: () => ({ type: 2, ui_type: 'Currency', property: { formatter: '0.00', currency_code: 'CNY' } }),
  select: (def) => ({ type: 3, ui_type: 'SingleSelect', property: { options: [...def.options] } }),
  multiSelect: (def) => ({ type: 4, ui_type: 'MultiSelect', property: { options: [...def.options] } }),
  date: (def) => ({
    type: 5,
    ui_type: 'DateTime',
    property: { date_formatter: def.format ?? 'yyyy/MM/dd HH:mm', auto_fill: false },
  }),
  checkbox: () => ({ type: 7, ui_type: 'Checkbox' }),
  person: () => ({ type: 11, ui_type: 'User', property: { multiple: false } }),
  phone: () => ({ type: 13, ui_type: 'Phone' }),
  link: () => ({ type: 15, ui_type: 'Url' }),
  group: () => ({ type: 23, ui_type: 'GroupChat', property: { multiple: false } }),
}

/** A column as we want it: one of the definition's fields, or one the mirror needs for itself. */
export interface WantedColumn {
  /** Field key, or `_attempt`, `_modified`. */
  key: string
  name: string
  def: FieldDef | undefined
  wire: WireType
  description: string | undefined
}

export const attemptColumn = '_attempt'
export const modifiedColumn = '_modified'

/** Hidden in every view. The first tells which write made a row, the second lets lost edits be found cheaply. */
const systemColumns: readonly WantedColumn[] = [
  {
    key: attemptColumn,
    name: '写入批次',
    def: undefined,
    wire: { type: 1, ui_type: 'Text' },
    description: '系统用来核对每一次写入，请不要修改或删除',
  },
  {
    key: modifiedColumn,
    name: '最后修改',
    def: undefined,
    wire: { type: 1002, ui_type: 'ModifiedTime', property: { date_formatter: 'yyyy/MM/dd HH:mm' } },
    description: undefined,
  },
]

export function wantedColumns(fields: readonly [string, FieldDef][]): WantedColumn[] {
  const own = fields.map(([key, def]) => ({
    key,
    name: def.name,
    def,
    wire: wireTypes[def.type](def),
    description: def.description,
  }))
  return [...own, ...systemColumns]
}

/** Body of a field create, or of one field in a table create. */
export function newField(column: WantedColumn): Record<string, unknown> {
  return {
    field_name: column.name,
    ...column.wire,
    ...(column.description === undefined
      ? {}
      : { description: { disable_sync: true, text: column.description } }),
  }
}

interface LiveOption {
  id: string
  name: string
  color?: number
}

export function liveOptions(field: WireField): LiveOption[] {
  const options = field.property?.options
  return Array.isArray(options) ? options : []
}

/** Options of the definition that the live field lacks, seen through renames we know of. */
export function missingOptions(column: WantedColumn, known: KnownField): string[] {
  const present = new Set(known.options.map((option) => option.our))
  return (column.def?.options ?? []).map((option) => option.name).filter((name) => !present.has(name))
}

/** Body that adds options. PUT overwrites the whole field, so what is there is sent back with its ids. */
export function withOptions(
  column: WantedColumn,
  live: WireField,
  names: readonly string[],
): Record<string, unknown> {
  const added = column.def?.options.filter((option) => names.includes(option.name)) ?? []
  return {
    ...newField(column),
    field_name: live.name,
    property: { ...live.property, options: [...liveOptions(live), ...added] },
  }
}

/** What we remember of a live field; an option keeps our name for as long as its id lives. */
export function describeField(
  column: WantedColumn,
  live: WireField,
  before: KnownField | undefined,
): KnownField {
  const ours = new Map(before?.options.map((option) => [option.id, option.our]))
  const options = liveOptions(live).map(({ id, name }) => ({ our: ours.get(id) ?? name, id, name }))
  return { name: live.name, type: live.type, options: column.def?.options.length ? options : [] }
}
