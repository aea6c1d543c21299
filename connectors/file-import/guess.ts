import type { RecordKind } from '#src/contracts/canonical.ts'
import type { ColumnGuess, SheetGuess } from '#src/contracts/connector.ts'
import { type Field, fields } from './fields.ts'

/** A header as it is compared: full width, spaces, brackets and units aside. */
export function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[((][^))]*[))]/g, '')
    .replace(/[\s*:：_\-/.。"'“”]/g, '')
}

const sure = 1
const likely = 0.8
const byLooks = 0.5

/** The kind of records the columns speak of, and which column is which field. */
export function guessColumns(header: readonly string[], samples: readonly (readonly string[])[]): SheetGuess {
  const isRefunds = scoreOf('refunds', header) > 0 && namesColumn('refunds', 'refundNo', header)
  const kind: RecordKind = isRefunds ? 'refunds' : 'orders'
  const columns = assign(fields[kind], header, samples)
  const missing = fields[kind]
    .filter((field) => field.required && !columns.some((column) => column.field === field.key))
    .map(({ label }) => label)
  return { kind, columns, missing }
}

/** How many columns of a row are headers we know: the header row has the most. */
export function scoreOf(kind: RecordKind, row: readonly string[]): number {
  return row.filter((cell) => fields[kind].some((field) => confidenceOf(field, cell) > 0)).length
}

function namesColumn(kind: RecordKind, key: string, header: readonly string[]): boolean {
  const field = fields[kind].find((one) => one.key === key)
  return field !== undefined && header.some((cell) => confidenceOf(field, cell) === sure)
}

function confidenceOf(field: Field, header: string): number {
  const plain = plainHeader(header)
  if (plain === '') return 0
  const names = [field.label, ...field.names].map(plainHeader)
  if (names.includes(plain)) return sure
  return names.some((name) => name.length >= 3 && plain.endsWith(name)) ? likely : 0
}

/** The surest pairs first; a column serves one field, a field has one column. */
function assign(
  all: readonly Field[],
  header: readonly string[],
  samples: readonly (readonly string[])[],
): ColumnGuess[] {
  const pairs = all.flatMap((field) =>
    header.map((text, column) => ({
      field,
      column,
      confidence: pairConfidence(
        field,
        text,
        samples.map((row) => row[column] ?? ''),
      ),
    })),
  )
  const chosen: ColumnGuess[] = []
  for (const { field, column, confidence } of pairs.toSorted((a, b) => b.confidence - a.confidence)) {
    if (confidence === 0) break
    if (chosen.some((one) => one.field === field.key || one.column === column)) continue
    chosen.push({ field: field.key, label: field.label, column, header: header[column] ?? '', confidence })
  }
  return chosen.toSorted((a, b) => a.column - b.column)
}

function pairConfidence(field: Field, header: string, values: readonly string[]): number {
  const named = confidenceOf(field, header)
  if (named > 0) return named
  const filled = values.filter((value) => value !== '')
  if (!field.required || field.looks === undefined || filled.length < 3) return 0
  return filled.every((value) => field.looks?.test(value)) ? byLooks : 0
}
