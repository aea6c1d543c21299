/** The rows that could not be taken, with the reason, as a file that can be mended and imported again. */

import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import type { SheetRow } from '#src/contracts/connector.ts'

export interface RefusedRows {
  add(rows: readonly SheetRow[], reason: string): Promise<void>
  /** Path of the file; undefined when every row was taken, and then there is none. */
  close(): Promise<string | undefined>
}

/** CSV that Excel opens rightly: with the mark of UTF-8, and nothing in it that Excel would run. */
export function refusedRows(path: string, header: readonly string[]): RefusedRows {
  let stream: WriteStream | undefined
  const write = async (cells: readonly string[]) => {
    if (stream?.write(`${cells.map(csvCell).join(',')}\r\n`) === false) await once(stream, 'drain')
  }
  return {
    async add(rows, reason) {
      if (stream === undefined) {
        stream = createWriteStream(path, { mode: 0o600 })
        stream.write('\ufeff')
        await write([...header, '未导入原因', '原行号'])
      }
      for (const { cells, line } of rows) {
        const padded = Array.from({ length: header.length }, (_, column) => cells[column] ?? '')
        await write([...padded, reason, String(line)])
      }
    },
    async close() {
      if (stream === undefined) return undefined
      stream.end()
      await once(stream, 'finish')
      return path
    },
  }
}

/** A cell that starts like a formula would be run by Excel when somebody opens the file. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
