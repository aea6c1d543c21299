import { open } from 'node:fs/promises'
import { openCsv } from './csv-file.ts'
import { damaged, FileError, tooLarge } from './file-error.ts'
import type { TableFile } from './table-file.ts'
import { openXlsx } from './xlsx-file.ts'

/** 300 MB: a million rows of a back office's export. */
const mostBytes = 300 * 1024 * 1024
const zip = Buffer.from('PK\u0003\u0004')
const oldExcel = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Opens a table by what the file holds, not by its name.
 * @throws FileError `file_unreadable`, `file_empty`, `file_too_large`, `file_old_excel`, `file_is_web_page`, `file_damaged`
 */
export async function openTable(path: string): Promise<TableFile> {
  const { start, size } = await readStart(path)
  if (size === 0) throw new FileError('file_empty', 'The file is empty. 文件是空的。')
  if (size > mostBytes) throw tooLarge(`${Math.round(size / 1_048_576)} MB`)
  if (start.subarray(0, 4).equals(zip)) return openXlsx(path)
  if (start.subarray(0, 8).equals(oldExcel))
    throw new FileError(
      'file_old_excel',
      'This is an old or encrypted Excel file. 这是旧版 .xls 或加密的表格：请另存为不加密的 .xlsx 再导入。',
    )
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(start.toString('latin1')))
    throw new FileError(
      'file_is_web_page',
      'This is a web page named like a spreadsheet. 这其实是网页格式：请用 Excel/WPS 打开后另存为 .xlsx 再导入。',
    )
  if (isBinary(start)) throw damaged('binary content')
  return openCsv(path, start, size)
}

async function readStart(path: string): Promise<{ start: Buffer; size: number }> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const buffer = Buffer.alloc(Math.min(size, 64 * 1024))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
      return { start: buffer.subarray(0, bytesRead), size }
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new FileError(
      'file_unreadable',
      `The file cannot be opened (${code}). 文件打不开，请核对路径和权限。`,
    )
  }
}

/** UTF-16 has zero bytes too, and says so by its mark. */
function isBinary(start: Buffer): boolean {
  const marked = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)
  return !marked && start.subarray(0, 4096).includes(0)
}
