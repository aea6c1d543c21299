import type { Column, TableLayout } from '../base/layout.ts'
import { codecOf } from '../codec/index.ts'

/** Our values of a record that was read, by field key; paused columns and empty cells are left out. */
export function valuesOf(
  table: TableLayout,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const column of table.columns) {
    if (column.paused || fields[column.name] === undefined || fields[column.name] === null) continue
    const value = underOurName(column, codecOf(column.def.type).fromWire(fields[column.name]))
    if (value !== undefined) values[column.key] = value
  }
  return values
}

/** People may have renamed an option; we go on calling it what the definition calls it. */
function underOurName(column: Column, value: unknown): unknown {
  if (column.options.size === 0) return value
  const ours = (name: unknown) => column.ourOptions.get(String(name)) ?? name
  if (Array.isArray(value)) return value.map(ours)
  return value === undefined ? undefined : ours(value)
}
