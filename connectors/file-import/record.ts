import { z } from 'zod'
import type { SheetRow } from '#src/contracts/connector.ts'

/** One order or refund of a file: its rows, each cell under our name for its column. */
export const fileRecord = z.object({
  /** Line of each row, as people count them, from 1. */
  lines: z.array(z.number().int().positive()).min(1),
  rows: z.array(z.record(z.string(), z.string())).min(1),
})
export type FileRecord = z.infer<typeof fileRecord>

/** `columns`: our field → column. Cells without a field are left in the file. */
export function recordOf(columns: ReadonlyMap<string, number>, rows: readonly SheetRow[]): FileRecord {
  return {
    lines: rows.map(({ line }) => line),
    rows: rows.map(({ cells }) =>
      Object.fromEntries(
        [...columns].flatMap(([field, column]) => {
          const text = cells[column]?.trim() ?? ''
          return text === '' ? [] : [[field, text]]
        }),
      ),
    ),
  }
}
