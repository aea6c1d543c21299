import { cellOf } from './cell-read.ts'
import { type IdType, toOpenId } from './directory.ts'
import { factsOf, fieldType, isDate, isLink, isSelect } from './field-types.ts'
import { dateTest } from './filter-date.ts'
import { limits } from './limits.ts'
import { refuse } from './refusal.ts'
import { optionsOf } from './select-options.ts'
import type { Base, Cell, Field, Place, Row, Table, View, World } from './state.ts'

export type RowTest = (row: Row) => boolean

export interface Condition {
  field: Field
  operator: string
  values: string[]
}

/** Whose words a condition is in: callers name options and people, views keep ids. */
export interface FilterCall {
  world: World
  base: Base
  table: Table
  idType: IdType
  optionsById: boolean
}

const operators = [
  'is',
  'isNot',
  'contains',
  'doesNotContain',
  'isEmpty',
  'isNotEmpty',
  'isGreater',
  'isGreaterEqual',
  'isLess',
  'isLessEqual',
]
const inText = ['is', 'isNot', 'contains', 'doesNotContain']
const inNumber = ['is', 'isNot', 'isGreater', 'isGreaterEqual', 'isLess', 'isLessEqual']
const inList = inText

/** A search filter as a test of rows. Feishu docs: 记录筛选参数填写说明. */
export function compileFilter(call: FilterCall, filter: unknown): RowTest {
  if (JSON.stringify(filter).length > limits.filterChars)
    refuse(1254107, `filter is over ${limits.filterChars} characters`)
  return compileGroup(call, filter, 0)
}

function compileGroup(call: FilterCall, group: unknown, depth: number): RowTest {
  const { conjunction, conditions = [], children = [] } = (group ?? {}) as Record<string, unknown>
  if (conjunction !== 'and' && conjunction !== 'or') invalid('conjunction must be "and" or "or"')
  if (!Array.isArray(conditions) || !Array.isArray(children))
    return invalid('conditions and children are lists')
  if (depth > 0 && children.length > 0) invalid('children cannot have children')
  const tests = [
    ...conditions.map((condition) => compileCondition(call, readCondition(call.table, condition))),
    ...children.map((child) => compileGroup(call, child, depth + 1)),
  ]
  if (tests.length === 0) return () => true
  return conjunction === 'and' ? (row) => tests.every((t) => t(row)) : (row) => tests.some((t) => t(row))
}

function readCondition(table: Table, condition: unknown): Condition {
  const { field_name, operator, value } = (condition ?? {}) as Record<string, unknown>
  const field =
    table.fields.find((f) => f.field_name === field_name) ??
    refuse(1254045, `filter: no field named "${field_name}"`)
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'string')) {
    return invalid(`the value for "${field_name}" must be a list of text ([] for isEmpty)`)
  }
  return { field, operator: String(operator), values: value }
}

/** A view's own filter; conditions on fields that are gone are ignored. */
export function compileView(call: FilterCall, view: View): RowTest {
  const info = view.property.filter_info
  if (!info) return () => true
  const tests = info.conditions.flatMap((condition) => {
    const field = call.table.fields.find((f) => f.field_id === condition.field_id)
    if (!field) return []
    const values = condition.value === null ? [] : (JSON.parse(condition.value) as unknown[]).map(String)
    return [compileCondition(call, { field, operator: condition.operator, values })]
  })
  if (tests.length === 0) return () => true
  return info.conjunction === 'or' ? (row) => tests.some((t) => t(row)) : (row) => tests.every((t) => t(row))
}

/** One condition as a test; refuses operators and values the field's type does not know. */
export function compileCondition(call: FilterCall, condition: Condition): RowTest {
  const { field, operator, values } = condition
  if (!operators.includes(operator)) invalid(`operator ${operator} is not supported`)
  if (
    [fieldType.formula, fieldType.lookup, fieldType.stage, fieldType.button].some(
      (type) => type === field.type,
    )
  ) {
    invalid(`field "${field.field_name}" (${factsOf(field.type)?.uiTypes[0]}) cannot be filtered`)
  }
  if (field.type === fieldType.checkbox) return checkboxTest(condition)
  if (operator === 'isEmpty' || operator === 'isNotEmpty') {
    if (values.length > 0) invalid(`${operator} needs the value []`)
    const wanted = operator === 'isEmpty'
    return (row) => isEmpty(cellOf(field, row)) === wanted
  }
  if (values.length === 0) invalid(`${operator} on "${field.field_name}" needs a value`)
  if (isDate(field.type))
    return dateTest(condition, { zone: call.base.time_zone, now: call.world.kernel.clock.now() })
  if (field.type === fieldType.number) return numberTest(condition)
  if (field.type === fieldType.attachment) return invalid('attachments only know isEmpty and isNotEmpty')
  if (isSelect(field.type) || isLink(field.type) || isPeople(field.type)) return listTest(call, condition)
  return textTest(condition)
}

function isPeople(type: number): boolean {
  return [fieldType.user, fieldType.createdUser, fieldType.modifiedUser, fieldType.groupChat].some(
    (t) => t === type,
  )
}

function isEmpty(cell: Cell | undefined): boolean {
  return cell === undefined || (Array.isArray(cell) && cell.length === 0)
}

function checkboxTest({ field, operator, values }: Condition): RowTest {
  if (operator !== 'is' || values.length !== 1 || !['true', 'false'].includes(values[0] ?? '')) {
    invalid('a checkbox only knows is ["true"] and is ["false"]')
  }
  const wanted = values[0] === 'true'
  return (row) => (cellOf(field, row) === true) === wanted
}

function numberTest({ field, operator, values }: Condition): RowTest {
  allow(operator, inNumber, field)
  const operand = single(values, field)
  const limit = operand.trim() === '' ? Number.NaN : Number(operand)
  if (Number.isNaN(limit)) invalid(`"${operand}" is not a number`)
  const tests: Record<string, (n: number) => boolean> = {
    is: (n) => n === limit,
    isGreater: (n) => n > limit,
    isGreaterEqual: (n) => n >= limit,
    isLess: (n) => n < limit,
    isLessEqual: (n) => n <= limit,
  }
  if (operator === 'isNot') return (row) => cellOf(field, row) !== limit
  const test = tests[operator] ?? invalid(operator)
  return (row) => {
    const cell = cellOf(field, row)
    return typeof cell === 'number' && test(cell)
  }
}

function textTest({ field, operator, values }: Condition): RowTest {
  allow(operator, inText, field)
  const wanted = single(values, field)
  const shown = (row: Row) => shownText(field, cellOf(field, row))
  if (operator === 'is') return (row) => shown(row) === wanted
  if (operator === 'isNot') return (row) => shown(row) !== wanted
  if (operator === 'contains') return (row) => shown(row).includes(wanted)
  return (row) => !shown(row).includes(wanted)
}

function shownText(field: Field, cell: Cell | undefined): string {
  if (cell === undefined) return ''
  if (field.type === fieldType.url) return (cell as { text: string }).text
  if (field.type === fieldType.location) return (cell as Place).full_address
  return String(cell)
}

/** Options, people, groups and links: `is` means exactly this one, `contains` any of them. */
function listTest(call: FilterCall, { field, operator, values }: Condition): RowTest {
  allow(operator, inList, field)
  if ((operator === 'is' || operator === 'isNot') && values.length !== 1)
    invalid(`${operator} takes one value`)
  const wanted = new Set(values.flatMap((value) => storedIds(call, field, value)))
  const held = (row: Row): readonly string[] => {
    const cell = cellOf(field, row)
    return Array.isArray(cell) ? cell : cell === undefined ? [] : [String(cell)]
  }
  const only = (row: Row) => {
    const ids = held(row)
    return ids.length === 1 && wanted.has(ids[0] ?? '')
  }
  if (operator === 'is') return only
  if (operator === 'isNot') return (row) => !only(row)
  const any = (row: Row) => held(row).some((id) => wanted.has(id))
  return operator === 'contains' ? any : (row) => !any(row)
}

function storedIds(call: FilterCall, field: Field, value: string): string[] {
  if (isSelect(field.type)) {
    // UNVERIFIED: a name that is no option might also just match nothing.
    const matching = optionsOf(field).filter((o) => (call.optionsById ? o.id : o.name) === value)
    if (matching.length === 0) invalid(`"${value}" is no option of "${field.field_name}"`)
    return matching.map((option) => option.id)
  }
  if (isLink(field.type) || field.type === fieldType.groupChat) return [value]
  return [toOpenId(call.world.directory, value, call.idType) ?? value]
}

function allow(operator: string, allowed: readonly string[], field: Field): void {
  if (!allowed.includes(operator)) invalid(`"${field.field_name}" does not know ${operator}`)
}

function single(values: string[], field: Field): string {
  const [value] = values
  if (values.length !== 1 || value === undefined) return invalid(`"${field.field_name}" takes one value`)
  return value
}

function invalid(why: string): never {
  return refuse(1254018, `filter: ${why}`)
}
