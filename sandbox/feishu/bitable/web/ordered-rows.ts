import { cellOf, type ReadCall, startRead } from '../cell-read.ts'
import { isDate } from '../field-types.ts'
import { compileCondition, type RowTest } from '../filter.ts'
import { Refusal } from '../refusal.ts'
import { sortRows } from '../sort.ts'
import {
  type Base,
  type Field,
  type Row,
  rowsOf,
  rowsPart,
  type Spot,
  type Table,
  type View,
  type World,
} from '../state.ts'
import { dayParts } from '../zoned-day.ts'
import type { Eyes } from './access.ts'
import type { WebGroup, WebLayout } from './base-shapes.ts'
import { isCalendarTime } from './date-text.ts'
import { layoutOf } from './layout.ts'
import { webCell } from './web-cell.ts'

export interface OrderedRows {
  ids: string[]
  groups: WebGroup[]
  /** place by record id, made when first asked for */
  places?: Map<string, number>
}

interface Kept {
  stamp: readonly unknown[]
  ordered: OrderedRows
}

/** Orders kept per table; more views than this at once are computed again. */
const mostKept = 12
const hourMs = 3_600_000

/** Counts the changes of each part, so that an order is computed once per change and not once per question. */
export interface RowVersions {
  of(part: string): number
}

const counters = new WeakMap<World, RowVersions>()
const kept = new WeakMap<Table, Map<string, Kept>>()

/** Starts counting; called once when the base's pages are registered. */
export function countChanges(world: World): void {
  const counts = new Map<string, number>()
  world.kernel.onChange((part) => {
    if (part.startsWith('bitable-rows-') || part === 'contact') counts.set(part, (counts.get(part) ?? 0) + 1)
  })
  counters.set(world, { of: (part) => counts.get(part) ?? 0 })
}

/**
 * The record ids of a view in its order: filtered, grouped and sorted. Kept until a row of the table, the view, its
 * fields, the people's names or (for filters such as "today") the hour changes.
 */
export function orderedRows(world: World, spot: Spot, view: View | undefined, eyes: Eyes): OrderedRows {
  const { base, table } = spot
  const layout = layoutOf(world, table, view?.view_id ?? '')
  const wanted = JSON.stringify([view?.property.filter_info, layout.sort, layout.group])
  const versions = counters.get(world)
  const stamp = [
    versions?.of(rowsPart(base, table)),
    versions?.of('contact'),
    wanted,
    view?.property.filter_info ? Math.floor(world.kernel.clock.now() / hourMs) : 0,
    rowsOf(world, base, table),
    ...table.fields.flatMap((field) => [field.field_id, field.type, field.property]),
  ]
  const orders = kept.get(table) ?? new Map<string, Kept>()
  kept.set(table, orders)
  const key = `${view?.view_id ?? ''} ${eyes.key}`
  const known = orders.get(key)
  if (known && sameStamp(known.stamp, stamp)) return known.ordered
  const ordered = computeOrder(world, spot, { view, layout, eyes })
  orders.delete(key)
  orders.set(key, { stamp, ordered })
  const [oldest] = orders.keys()
  if (orders.size > mostKept && oldest !== undefined) orders.delete(oldest)
  return ordered
}

/** Where a record stands in an order; undefined: not in it. */
export function placeOf(ordered: OrderedRows, recordId: string): number | undefined {
  ordered.places ??= new Map(ordered.ids.map((id, i) => [id, i]))
  return ordered.places.get(recordId)
}

function sameStamp(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}

function computeOrder(
  world: World,
  { base, table }: Spot,
  how: { view: View | undefined; layout: WebLayout; eyes: Eyes },
): OrderedRows {
  const all = rowsOf(world, base, table)
  const tests = [
    ...(how.view ? [viewTest(world, { base, table }, how.view)] : []),
    how.eyes.key === '' ? undefined : how.eyes.sight(table).seesRow,
  ].filter((test) => test !== undefined)
  const orders = [...how.layout.group, ...how.layout.sort].flatMap(({ field_id, desc }) => {
    const field = table.fields.find((f) => f.field_id === field_id)
    return field ? [{ field_name: field.field_name, desc }] : []
  })
  if (tests.length === 0 && orders.length === 0) return { ids: Object.keys(all), groups: [] }
  let rows = Object.values(all)
  if (tests.length > 0) rows = rows.filter((row) => tests.every((test) => test(row)))
  const read = startRead(world, base, 'open_id')
  if (orders.length > 0) rows = sortRows(read, table, rows, orders)
  const fields = how.layout.group.flatMap(
    ({ field_id }) => table.fields.find((f) => f.field_id === field_id) ?? [],
  )
  return {
    ids: rows.map((row) => row.record_id),
    groups: fields.length > 0 ? groupRows(read, fields, rows) : [],
  }
}

/** Conditions whose field was given another type since mean nothing any more and are left out. */
function viewTest(
  world: World,
  { base, table }: { base: Base; table: Table },
  view: View,
): RowTest | undefined {
  const info = view.property.filter_info
  if (!info) return undefined
  const call = { world, base, table, idType: 'open_id', optionsById: true } as const
  const tests = info.conditions.flatMap((condition) => {
    const field = table.fields.find((f) => f.field_id === condition.field_id)
    if (!field) return []
    const values = condition.value === null ? [] : (JSON.parse(condition.value) as unknown[]).map(String)
    try {
      return [compileCondition(call, { field, operator: condition.operator, values })]
    } catch (error) {
      if (error instanceof Refusal) return []
      throw error
    }
  })
  if (tests.length === 0) return undefined
  return info.conjunction === 'or'
    ? (row) => tests.some((test) => test(row))
    : (row) => tests.every((test) => test(row))
}

function groupRows(read: ReadCall, fields: readonly Field[], rows: readonly Row[]): WebGroup[] {
  const groups: WebGroup[] = []
  let last: string | undefined
  rows.forEach((row, i) => {
    const key = fields.map((field) => groupKey(read, field, row)).join('\n')
    const open = groups.at(-1)
    if (open && key === last) open.count++
    else groups.push({ values: fields.map((field) => webCell(read, field, row) ?? null), start: i, count: 1 })
    last = key
  })
  return groups
}

/** Dates group by day of the base's time zone. */
function groupKey(read: ReadCall, field: Field, row: Row): string {
  const cell = cellOf(field, row)
  if (typeof cell !== 'number' || !isDate(field.type) || !isCalendarTime(cell))
    return JSON.stringify(cell) ?? ''
  const { year, month, day } = dayParts(cell, read.base.time_zone)
  return `${year}-${month}-${day}`
}
