import { cellOf, plainValue, type ReadCall } from './cell-read.ts'
import { fieldType, isDate } from './field-types.ts'
import { type FormulaPlace, type FormulaValue, functions, isMoment, isTrue } from './formula-functions.ts'
import { type Formula, FormulaError, parseFormula } from './formula-parse.ts'
import type { Field, Row, Table } from './state.ts'

/** What a formula that is not understood shows. */
export const unknownResult = '#'

const known = new Map<string, Formula | undefined>()
const mostKnown = 500
const deepest = 8

/**
 * A formula field's value in a row: undefined when the field has no expression, `#` when it cannot be computed.
 * UNVERIFIED: only the functions of formula-functions.ts are played.
 */
export function formulaValue(read: ReadCall, field: Field, row: Row): FormulaValue | undefined {
  const table = read.base.tables.find((one) => one.fields.includes(field))
  return table ? valueIn(read, { table, row, depth: 0 }, field) : undefined
}

interface Spot {
  table: Table
  row: Row
  depth: number
}

function valueIn(read: ReadCall, spot: Spot, field: Field): FormulaValue | undefined {
  const expression = field.property?.formula_expression?.trim() ?? ''
  if (expression === '') return undefined
  const formula = parsed(expression)
  if (!formula || spot.depth > deepest) return unknownResult
  try {
    const place = { zone: read.base.time_zone, now: read.world.kernel.clock.now() }
    const result = evaluate(read, spot, formula, place)
    return result === '' || result === null ? undefined : result
  } catch (error) {
    if (error instanceof FormulaError) return unknownResult
    throw error
  }
}

function parsed(expression: string): Formula | undefined {
  if (known.has(expression)) return known.get(expression)
  if (known.size >= mostKnown) known.clear()
  let formula: Formula | undefined
  try {
    formula = parseFormula(expression)
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
  }
  known.set(expression, formula)
  return formula
}

function evaluate(read: ReadCall, spot: Spot, formula: Formula, place: FormulaPlace): FormulaValue {
  if (formula.kind === 'value') return formula.value
  if (formula.kind === 'field') return fieldValue(read, spot, formula.name)
  const [first, second, third] = formula.args
  const of = (one: Formula | undefined): FormulaValue => (one ? evaluate(read, spot, one, place) : null)
  if (formula.name === 'IF') return isTrue(of(first)) ? of(second) : of(third)
  if (formula.name === 'IFERROR') {
    try {
      const value = of(first)
      return value === unknownResult ? of(second) : value
    } catch (error) {
      if (error instanceof FormulaError) return of(second)
      throw error
    }
  }
  const work = Object.hasOwn(functions, formula.name) ? functions[formula.name] : undefined
  if (!work) throw new FormulaError(`${formula.name} is not known here`)
  return work(formula.args.map(of), place)
}

function fieldValue(read: ReadCall, spot: Spot, name: string): FormulaValue {
  const field = spot.table.fields.find((one) => one.field_id === name || one.field_name === name)
  if (!field) throw new FormulaError(`no field ${name}`)
  if (field.type === fieldType.formula) {
    const value = valueIn(read, { ...spot, depth: spot.depth + 1 }, field) ?? null
    if (value === unknownResult) throw new FormulaError('a formula it needs is not understood')
    return value
  }
  const cell = cellOf(field, spot.row)
  if (isDate(field.type) && typeof cell === 'number') return { date: cell }
  const plain = plainValue(read, field, spot.row)
  return typeof plain === 'number' || typeof plain === 'boolean' ? plain : words(plain)
}

function words(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.map((one) => words(one) ?? '').join(',')
  if (typeof value !== 'object') return String(value)
  const { name, text } = value as { name?: unknown; text?: unknown }
  return String(name ?? text ?? '')
}

/** As search answers it. Feishu docs: 多维表格记录数据结构, 公式. */
export function shownFormula(value: FormulaValue): { type: number; value: unknown[] } {
  if (isMoment(value)) return { type: fieldType.dateTime, value: [value.date] }
  if (typeof value === 'number') return { type: fieldType.number, value: [value] }
  if (typeof value === 'boolean') return { type: fieldType.checkbox, value: [value] }
  return { type: fieldType.text, value: [{ type: 'text', text: String(value) }] }
}

/** One value for people: numbers stay numbers (dates in ms), everything else is text. */
export function plainFormula(value: FormulaValue): string | number {
  if (isMoment(value)) return value.date
  return typeof value === 'number' ? value : String(value)
}

/** As the client shows it: numbers by the field's formatter, dates as days, anything else as text. */
export function formulaCell(read: ReadCall, field: Field, row: Row): string | number | undefined {
  const value = formulaValue(read, field, row)
  if (value === undefined) return undefined
  const formatter = field.property?.formatter ?? ''
  if (isMoment(value)) {
    const format = formatter.includes('yyyy') ? formatter : 'yyyy/MM/dd'
    return String(functions.TEXT?.([value, format], { zone: read.base.time_zone, now: 0 }))
  }
  if (typeof value !== 'number') return String(value)
  return formatter === '' ? String(Number(value.toFixed(10))) : value
}
