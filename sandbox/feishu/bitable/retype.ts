import { plainValue, startRead } from './cell-read.ts'
import { createOptions, startWrite, toCell } from './cell-write.ts'
import { fieldType, isReadOnly } from './field-types.ts'
import { Refusal } from './refusal.ts'
import { type Cell, type Field, rowsChanged, rowsOf, type Spot, type World } from './state.ts'

/** Carries cells over to a field's new type as far as their text allows; the others become empty. UNVERIFIED in detail. */
export function convertCells(world: World, spot: Spot, before: Field, after: Field): void {
  const read = startRead(world, spot.base, 'open_id')
  const write = startWrite(world, spot, 'open_id')
  for (const row of Object.values(rowsOf(world, spot.base, spot.table))) {
    const text = asText(plainValue(read, before, row))
    const cell =
      text === '' || isReadOnly(after.type)
        ? null
        : convert(text, () => toCell(write, after, wanted(after, text)))
    if (cell === null) delete row.cells[after.field_id]
    else row.cells[after.field_id] = cell
  }
  createOptions(write)
  rowsChanged(world, spot.base, spot.table)
}

function convert(text: string, attempt: () => Cell | null): Cell | null {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof Refusal && text !== '') return null
    throw error
  }
}

function wanted(field: Field, text: string): unknown {
  switch (field.type) {
    case fieldType.number:
      return Number(text)
    case fieldType.dateTime:
      return /^-?\d+$/.test(text) ? Number(text) : Date.parse(text)
    case fieldType.multiSelect:
      return text.split(',')
    case fieldType.url:
      return { text, link: text }
    case fieldType.checkbox:
      return text === 'true'
    default:
      return text
  }
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(asText).join(',')
  if (typeof value !== 'object') return String(value)
  const { name, text, full_address } = value as Record<string, unknown>
  return String(name ?? text ?? full_address ?? '')
}
