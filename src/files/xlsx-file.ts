import { damaged } from './file-error.ts'
import { longestCell, mostColumns, type TableFile, type TableRow } from './table-file.ts'
import {
  type DateStyles,
  findSheet,
  readDateStyles,
  readSharedTexts,
  type SharedTexts,
} from './xlsx-parts.ts'
import { readXml, type XmlHandler } from './xml-events.ts'
import { openZip } from './zip-archive.ts'

/** The first visible sheet of a workbook. @throws FileError */
export async function openXlsx(path: string): Promise<TableFile> {
  const zip = await openZip(path)
  try {
    if (!zip.has('xl/workbook.xml')) throw damaged('no workbook in the archive')
    const sheet = await findSheet(zip)
    const reading = {
      texts: await readSharedTexts(zip),
      isDate: await readDateStyles(zip),
      from1904: sheet.from1904,
    }
    const size = zip.size(sheet.part)
    let read = 0
    return {
      kind: 'xlsx',
      sheet: sheet.name,
      progress: () => (size === 0 ? 1 : Math.min(1, read / size)),
      async *rows() {
        read = 0
        const again = await openZip(path)
        try {
          const counted = count(again.read(sheet.part), (bytes) => {
            read += bytes
          })
          yield* sheetRows(counted, reading)
        } finally {
          again.close()
        }
      },
    }
  } finally {
    zip.close()
  }
}

async function* count(
  bytes: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    onBytes(chunk.length)
    yield chunk
  }
}

interface Reading {
  texts: SharedTexts
  isDate: DateStyles
  from1904: boolean
}

async function* sheetRows(bytes: AsyncIterable<Buffer>, reading: Reading): AsyncGenerator<TableRow> {
  const sheet = sheetHandler(reading)
  for await (const _ of readXml(bytes, sheet.handler)) {
    yield* sheet.take()
  }
}

/** Gathers the rows of a sheet as its XML goes by. */
function sheetHandler(reading: Reading): { handler: XmlHandler; take(): TableRow[] } {
  let done: TableRow[] = []
  let row: TableRow = { line: 0, cells: [] }
  let cell = { column: 0, type: '', style: 0, value: '' }
  let inValue = false
  const handler: XmlHandler = {
    open(name, attributes) {
      if (name === 'row') row = { line: Number(attributes.r) || row.line + 1, cells: [] }
      if (name === 'c') {
        const column = attributes.r === undefined ? row.cells.length : columnOf(attributes.r)
        cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '' }
      }
      // Formulas (<f>) are passed over: what they came to is in <v>.
      inValue = name === 'v' || name === 't'
    },
    text(text) {
      if (inValue && cell.value.length < longestCell) cell.value += text
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false
      if (name === 'c' && cell.column < mostColumns) {
        while (row.cells.length < cell.column) row.cells.push('')
        row.cells[cell.column] = shown(cell, reading).trim()
      }
      if (name === 'row' && row.cells.some((text) => text !== '')) done.push(row)
    },
  }
  return {
    handler,
    take() {
      const taken = done
      done = []
      return taken
    },
  }
}

/** `BC12` → 54 */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64
    if (value < 1 || value > 26) break
    column = column * 26 + value
  }
  return column - 1
}

function shown(
  cell: { type: string; style: number; value: string },
  { texts, isDate, from1904 }: Reading,
): string {
  if (cell.type === 's') return texts.at(Number(cell.value))
  if (cell.type === 'b') return cell.value === '1' ? 'TRUE' : 'FALSE'
  if (cell.type !== 'n' || cell.value === '') return cell.value
  if (isDate(cell.style)) return dateText(Number(cell.value), from1904)
  return plainNumber(cell.value)
}

const dayMs = 86_400_000

/** Days since the end of 1899 (Excel believes in a 29 February 1900), or since 1904. */
function dateText(days: number, from1904: boolean): string {
  if (!Number.isFinite(days) || days < 0 || days > 2_958_465) return String(days)
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  return new Date(start + Math.round((days * dayMs) / 1000) * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')
}

/** `1.234567E+15` and binary rests (`0.1+0.2`) are how Excel stores numbers, not what a person sees. */
function plainNumber(text: string): string {
  // Programs write ids digit by digit; Excel itself would have rounded them and written an exponent.
  if (/^-?\d{1,30}$/.test(text)) return text
  const value = Number(text)
  if (!Number.isFinite(value)) return text
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString()
  return String(Number(value.toPrecision(15)))
}
