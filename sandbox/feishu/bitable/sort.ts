import { cellOf, liveLinks, optionNames, type ReadCall } from './cell-read.ts'
import { personOf } from './directory.ts'
import { fieldType, isLink } from './field-types.ts'
import { limits } from './limits.ts'
import { refuse } from './refusal.ts'
import { optionsOf } from './select-options.ts'
import type { Field, Place, Row, Table } from './state.ts'

type Key = string | number | undefined

/** Rows in the order a search asks for; ties keep the order rows were added in. Empty cells come last. */
export function sortRows(call: ReadCall, table: Table, rows: Row[], sort: unknown): Row[] {
  if (!Array.isArray(sort)) return refuse(1254016, 'sort must be a list')
  if (JSON.stringify(sort).length > limits.sortChars)
    refuse(1254108, `sort is over ${limits.sortChars} characters`)
  const orders = sort.map((item) => order(table, item))
  const keyed = rows.map((row) => ({ row, keys: orders.map(({ field }) => keyOf(call, field, row)) }))
  keyed.sort((a, b) => {
    for (const [i, { desc }] of orders.entries()) {
      const difference = compare(a.keys[i], b.keys[i], desc)
      if (difference !== 0) return difference
    }
    return 0
  })
  return keyed.map(({ row }) => row)
}

function order(table: Table, item: unknown): { field: Field; desc: boolean } {
  const { field_name, desc } = (item ?? {}) as Record<string, unknown>
  const field = table.fields.find((f) => f.field_name === field_name)
  if (!field) return refuse(1254016, `sort: no field named "${field_name}"`)
  return { field, desc: desc === true }
}

// UNVERIFIED: where the platform puts empty cells.
function compare(a: Key, b: Key, desc: boolean): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b === desc ? 1 : -1
}

function keyOf(call: ReadCall, field: Field, row: Row): Key {
  if (field.type === fieldType.autoNumber) return row.serial
  const cell = cellOf(field, row)
  if (cell === undefined) return undefined
  if (typeof cell === 'number') return cell
  if (typeof cell === 'boolean') return cell ? 1 : undefined
  // Options sort in the order an admin arranged them.
  if (field.type === fieldType.singleSelect) return place(field, String(cell))
  if (typeof cell === 'string') return cell
  if (!Array.isArray(cell)) return 'text' in cell ? cell.text : (cell as Place).full_address
  if (field.type === fieldType.multiSelect) return optionNames(call, field, cell).join(',')
  if (isLink(field.type)) return liveLinks(call.world, call.base, field, cell).join(',')
  if (field.type === fieldType.attachment || field.type === fieldType.groupChat) return cell.join(',')
  return cell.map((id) => personOf(call.world.kernel, call.world.directory, id).name).join(',')
}

const places = new WeakMap<object, Map<string, number>>()

function place(field: Field, id: string): number | undefined {
  const options = optionsOf(field)
  const known = places.get(options) ?? new Map(options.map((option, i) => [option.id, i]))
  places.set(options, known)
  return known.get(id)
}
