import { DataError } from '#src/errors.ts'
import { isNothing } from './cells.ts'
import { fields } from './fields.ts'

const labels = new Map([...fields.orders, ...fields.refunds].map(({ key, label }) => [key, label]))

/** Reads the cells of one row; what goes wrong is told with the column's name and the line. */
export interface CellReader {
  optional<T>(field: string, read: (text: string) => T): T | undefined
  required<T>(field: string, read: (text: string) => T): T
  text(field: string): string | undefined
}

export function cellReader(row: Readonly<Record<string, string>>, line: number): CellReader {
  const optional = <T>(field: string, read: (text: string) => T): T | undefined => {
    const text = row[field]
    if (text === undefined || isNothing(text)) return undefined
    try {
      return read(text)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new DataError('cell_unreadable', `第 ${line} 行「${labels.get(field) ?? field}」：${reason}`, {
        path: field,
        line,
      })
    }
  }
  return {
    optional,
    text: (field) => optional(field, (text) => text),
    required(field, read) {
      const value = optional(field, read)
      if (value !== undefined) return value
      throw new DataError(
        'cell_missing',
        `第 ${line} 行缺少「${labels.get(field) ?? field}」 a required cell is empty`,
        {
          path: field,
          line,
        },
      )
    },
  }
}
