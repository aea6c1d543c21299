/** Where the header of a sheet is, and what its columns are. */
import type { AnyConnector, SheetGuess } from '#src/contracts/connector.ts'
import { FileError } from '#src/files/file-error.ts'
import type { TableFile, TableRow } from '#src/files/table-file.ts'

export type SheetReader = NonNullable<AnyConnector['sheets']>

export interface Header {
  /** Line of the header; what stands above is a title. */
  line: number
  texts: string[]
  guess: SheetGuess
}

/** A title and a row of merged groups may stand above the header. */
const searchedRows = 15
const sampleRows = 20
const fewestKnown = 2

/** @throws FileError `file_no_header` */
export async function findHeader(table: TableFile, reader: SheetReader): Promise<Header> {
  const rows: TableRow[] = []
  for await (const row of table.rows()) {
    rows.push(row)
    if (rows.length >= searchedRows + sampleRows) break
  }
  const scores = rows.slice(0, searchedRows).map((row) => reader.headerScore(row.cells))
  const best = scores.indexOf(Math.max(...scores, 0))
  if ((scores[best] ?? 0) < fewestKnown)
    throw new FileError(
      'file_no_header',
      'No header row was found among the first rows. 前 15 行里没有认出表头：请确认文件是订单或售后明细，且表头在最前面。',
    )
  // Where groups are merged over two rows, the lower one is the end of the header.
  const end = (scores[best + 1] ?? 0) >= fewestKnown ? best + 1 : best
  const found = rows[end] ?? { line: 1, cells: [] }
  const texts = withMergedAbove(found.cells, rows[end - 1]?.cells)
  const samples = rows.slice(end + 1, end + 1 + sampleRows).map((row) => row.cells)
  return { line: found.line, texts, guess: reader.guess(texts, samples) }
}

/** A column without a name of its own has the one above. */
function withMergedAbove(cells: readonly string[], above: readonly string[] | undefined): string[] {
  const length = Math.max(cells.length, above?.length ?? 0)
  return Array.from({ length }, (_, column) => cells[column] || above?.[column] || '')
}
