/** Rows that belong together: one order may have a row for each of its lines. */
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { SheetRow } from '#src/contracts/connector.ts'
import type { Columns } from './columns.ts'
import type { SheetReader } from './header.ts'

export interface Group {
  key: string
  rows: SheetRow[]
  /** Its number stood further up already, apart from these rows. */
  torn: boolean
}

/** More rows of one order than any export has: the column is not the order's number. */
const mostRows = 1_000

/**
 * Rows with the same number one after the other are one record. A row without a number belongs to the one above when
 * that is how the export merges cells, and to nobody at the start.
 */
export async function* groupRows(
  rows: AsyncIterable<SheetRow>,
  reader: SheetReader,
  { kind, columns }: { kind: RecordKind; columns: Columns },
): AsyncGenerator<Group> {
  const seen = new Set<string>()
  let group: Group | undefined
  for await (const row of rows) {
    const key = reader.keyOf(kind, columns, row)
    const continues = group !== undefined && group.rows.length < mostRows && (key === group.key || key === '')
    if (group !== undefined && continues) {
      group.rows.push(row)
      continue
    }
    if (group !== undefined) yield group
    group = { key, rows: [row], torn: key !== '' && seen.has(key) }
    seen.add(ownCopy(key))
  }
  if (group !== undefined) yield group
}

/** A piece cut out of a longer text keeps all of that text in memory; kept for long, it must be a text of its own. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString()
}
