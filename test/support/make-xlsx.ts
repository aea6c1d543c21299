/** Writes workbooks as spreadsheet programs do, part by part. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

export interface Cell {
  /** Text in the cell itself, text in the shared table, a number, a date (Excel's day number), or any XML. */
  inline?: string
  shared?: number
  number?: number | string
  days?: number
  xml?: string
}

export interface Workbook {
  rows: AsyncIterable<readonly (Cell | string | null)[]> | Iterable<readonly (Cell | string | null)[]>
  shared?: readonly string[]
  /** Further parts, or other contents of the usual ones. */
  parts?: Record<string, string>
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

const usual: Record<string, string> = {
  '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
  'xl/workbook.xml': `${declaration}<workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="订单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
  'xl/styles.xml': `${declaration}<styleSheet ${main}><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="176"/></cellXfs></styleSheet>`,
}

/** Writes the file; rows are streamed, so that it may be large. */
export async function makeXlsx(path: string, book: Workbook): Promise<void> {
  const zip = new ZipFile()
  const shared = `${declaration}<sst ${main}>${(book.shared ?? []).map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`
  const parts: Record<string, string> = {
    ...usual,
    'xl/sharedStrings.xml': shared,
    ...book.parts,
  }
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  if (parts['xl/worksheets/sheet1.xml'] === undefined)
    zip.addReadStream(Readable.from(sheet(book.rows)), 'xl/worksheets/sheet1.xml')
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}

async function* sheet(rows: Workbook['rows']): AsyncGenerator<Buffer> {
  yield Buffer.from(`${declaration}<worksheet ${main}><sheetData>`)
  let line = 0
  for await (const row of rows) {
    line += 1
    const cells = row.map((cell, column) => cellXml(cell, `${letters(column)}${line}`)).join('')
    yield Buffer.from(`<row r="${line}">${cells}</row>`)
  }
  yield Buffer.from('</sheetData></worksheet>')
}

function cellXml(cell: Cell | string | null, at: string): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
  if (cell.xml !== undefined) return cell.xml.replaceAll('AT', at)
  if (cell.inline !== undefined) return cellXml(cell.inline, at)
  if (cell.shared !== undefined) return `<c r="${at}" t="s"><v>${cell.shared}</v></c>`
  if (cell.days !== undefined) return `<c r="${at}" s="1"><v>${cell.days}</v></c>`
  return `<c r="${at}"><v>${cell.number ?? ''}</v></c>`
}

function letters(column: number): string {
  const rest = column % 26
  const first = column >= 26 ? letters(Math.floor(column / 26) - 1) : ''
  return first + String.fromCharCode(65 + rest)
}
