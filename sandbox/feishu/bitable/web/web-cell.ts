import { cellOf, liveLinks, plainValue, type ReadCall } from '../cell-read.ts'
import { personOf } from '../directory.ts'
import { fieldType, isDate } from '../field-types.ts'
import { formulaCell } from '../formula.ts'
import { type Cell, type Field, type Place, type Row, rowsOf, type Table } from '../state.ts'
import type { WebCell, WebRow } from './base-shapes.ts'
import { dateText } from './date-text.ts'

/** A row as the client shows it: people, groups, files and linked records with their names. */
export function webRow(read: ReadCall, fields: readonly Field[], row: Row): WebRow {
  const cells: Record<string, WebCell> = {}
  for (const field of fields) {
    const cell = webCell(read, field, row)
    if (cell !== undefined) cells[field.field_id] = cell
  }
  return { record_id: row.record_id, cells }
}

export function webCell(read: ReadCall, field: Field, row: Row): WebCell | undefined {
  if (field.type === fieldType.formula) return formulaCell(read, field, row)
  const cell = cellOf(field, row)
  return cell === undefined ? undefined : shown(read, field, cell)
}

/** A stored cell as the client shows it. */
export function shown(read: ReadCall, field: Field, cell: Cell): WebCell | undefined {
  const { world, base } = read
  const ids = Array.isArray(cell) ? cell : []
  switch (field.type) {
    case fieldType.user:
    case fieldType.createdUser:
    case fieldType.modifiedUser:
      return ids.map((id) => ({ id, name: personOf(world.kernel, world.directory, id).name || id }))
    case fieldType.groupChat:
      return ids.map((id) => ({ id, name: world.directory.chat?.(id)?.name || id }))
    case fieldType.attachment:
      return ids.map((token) => {
        const media = world.directory.media?.(token)
        return { file_token: token, name: media?.name ?? '', size: media?.size ?? 0, type: media?.type ?? '' }
      })
    case fieldType.singleLink:
    case fieldType.duplexLink: {
      const target = base.tables.find((t) => t.table_id === field.property?.table_id)
      if (!target) return undefined
      const rows = rowsOf(world, base, target)
      const links = liveLinks(world, base, field, ids)
      return links.length === 0
        ? undefined
        : links.flatMap((id) => (rows[id] ? { id, name: rowTitle(read, target, rows[id]) } : []))
    }
    default:
      return cell
  }
}

/** The text of a row's first field: what links and search results are named by. */
export function rowTitle(read: ReadCall, table: Table, row: Row): string {
  const primary = table.fields.find((field) => field.is_primary)
  return primary ? cellText(read, primary, row) : ''
}

/** A cell as text: what search looks at. */
export function cellText(read: ReadCall, field: Field, row: Row): string {
  if (field.type === fieldType.formula) return String(formulaCell(read, field, row) ?? '')
  const cell = cellOf(field, row)
  if (cell === undefined) return ''
  if (typeof cell === 'number')
    return isDate(field.type) ? dateText(field, cell, read.base.time_zone) : String(cell)
  if (typeof cell === 'string' && field.type !== fieldType.singleSelect) return cell
  if (typeof cell === 'boolean') return ''
  if (field.type === fieldType.location) return (cell as Place).full_address
  const value = shown(read, field, cell)
  if (field.type === fieldType.singleSelect || field.type === fieldType.multiSelect)
    return names(plainValue(read, field, row))
  return names(value)
}

function names(value: unknown): string {
  if (Array.isArray(value)) return value.map(names).join(', ')
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  const { name, text } = value as Record<string, unknown>
  return String(name ?? text ?? '')
}
