/** Where the story finds rows: the base the product keeps, by the names its tables have. */

import { bases, type Row, rowsOf, type Spot, type World } from '../../feishu/bitable/state.ts'
import { tenantDirectory } from '../../feishu/bitable/tenant-directory.ts'
import type { Kernel } from '../../kernel/types.ts'

export const orderTable = '订单'
export const ledgerTable = '财务流水'
const responseField = '首次响应（秒）'
const personType = 11

export function worldOf(kernel: Kernel): World {
  return { kernel, directory: tenantDirectory(kernel), writing: new Set(), tokensInFlight: new Set() }
}

/** The newest table of this name, if the product has made it. */
export function tableNamed(kernel: Kernel, name: string): Spot | undefined {
  return bases({ kernel })
    .flatMap((base) => base.tables.map((table) => ({ base, table })))
    .findLast(({ table }) => table.name === name)
}

/** The rows of a table that hold this number in a text cell, changed since a moment (ms). */
export function rowsAbout(
  kernel: Kernel,
  spot: Spot | undefined,
  subject: { text: string; since: number },
): Row[] {
  if (!spot) return []
  return Object.values(rowsOf(worldOf(kernel), spot.base, spot.table)).filter(
    (row) =>
      row.last_modified_time >= subject.since &&
      Object.values(row.cells).some((cell) => typeof cell === 'string' && cell.includes(subject.text)),
  )
}

/** Who is named in a person column of the row; undefined when nobody is. */
export function personIn(spot: Spot, row: Row): string | undefined {
  for (const field of spot.table.fields) {
    const cell = field.type === personType ? row.cells[field.field_id] : undefined
    if (Array.isArray(cell) && cell[0] !== undefined) return cell[0]
  }
  return undefined
}

/** The response time the row shows, s; null before it is there. */
export function secondsIn(spot: Spot, row: Row): number | null {
  const field = spot.table.fields.find((one) => one.field_name === responseField)
  const cell = field && row.cells[field.field_id]
  return typeof cell === 'number' ? cell : null
}

export function namesOf(spot: Spot): Record<string, string> {
  return Object.fromEntries(spot.table.fields.map((field) => [field.field_id, field.field_name]))
}
