import { type ReadCall, startRead } from '../cell-read.ts'
import { personOf } from '../directory.ts'
import { refuse } from '../refusal.ts'
import { onRows, type RowChange } from '../row-events.ts'
import { type Cell, type Field, rowsOf, type World } from '../state.ts'
import { answerForTable, type TableCall } from './answer.ts'
import type { WebChange } from './base-shapes.ts'
import { shown } from './web-cell.ts'

interface Kept {
  at: number
  by: string
  table: string
  change: RowChange
}

/** The latest changes of all bases; older ones, and those from before the sandbox started, are forgotten. */
const mostKept = 5_000
const mostShown = 50

/** `GET …/records/:record/history`: who changed which fields of a record, latest first. */
export function registerHistory(world: World): void {
  let kept: Kept[] = []
  world.kernel.onStart(() => {
    kept = []
  })
  onRows(world, ({ spot, changes, by }) => {
    const at = world.kernel.clock.now()
    for (const change of changes) kept.push({ at, by, table: spot.table.table_id, change })
    if (kept.length > mostKept * 2) kept = kept.slice(-mostKept)
  })
  answerForTable(world, 'GET', '/records/:record/history', (call) => history(world, call, kept))
}

function history(world: World, call: TableCall, kept: readonly Kept[]): WebChange[] {
  const { base, table } = call.spot
  const id = call.params.record ?? ''
  const rows = rowsOf(world, base, table)
  const row = Object.hasOwn(rows, id) ? rows[id] : undefined
  if (!row || !call.eyes.sight(table).seesRow(row)) return refuse(1254043, `no record ${id}`)
  const read = startRead(world, base, 'open_id')
  const fields = call.eyes.fields(table)
  return kept
    .filter((one) => one.table === table.table_id && one.change.record_id === id)
    .slice(-mostShown)
    .reverse()
    .map(({ at, by, change }) => ({
      at,
      by: personOf(world.kernel, world.directory, by).name,
      action: change.action === 'record_added' ? 'added' : 'edited',
      cells: fields.flatMap((field) => cellChange(read, field, change)),
    }))
}

function cellChange(read: ReadCall, field: Field, { before, after }: RowChange): WebChange['cells'] {
  const [old, now] = [before[field.field_id], after[field.field_id]]
  if (old === undefined && now === undefined) return []
  const face = (cell: Cell | undefined) => (cell === undefined ? null : (faceOf(read, field, cell) ?? null))
  return [{ field_id: field.field_id, before: face(old), after: face(now) }]
}

/** A field may have been given another type since: what no longer fits it is left out. */
function faceOf(read: ReadCall, field: Field, cell: Cell) {
  try {
    return shown(read, field, cell)
  } catch {
    return undefined
  }
}
