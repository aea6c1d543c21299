import { startRead } from '../cell-read.ts'
import { fieldType } from '../field-types.ts'
import { viewOf } from '../find.ts'
import { optionsOf } from '../select-options.ts'
import { type Field, type Row, rowsOf, type World } from '../state.ts'
import { answerForTable, queryNumber, queryText, type TableCall } from './answer.ts'
import type { WebKanban } from './kanban-shapes.ts'
import { layoutOf } from './layout.ts'
import { orderedRows } from './ordered-rows.ts'
import { webRow } from './web-cell.ts'

const most = { otherwise: 30, most: 1_000 }

/** `GET base/:app/tables/:table/kanban?view=&count=`: the columns of a kanban view with their first `count` records. */
export function registerKanban(world: World): void {
  answerForTable(world, 'GET', '/kanban', (call) => kanban(world, call))
}

function kanban(world: World, call: TableCall): WebKanban {
  const { base, table } = call.spot
  const view = viewOf(table, queryText(call, 'view'))
  const fields = call.eyes.fields(table)
  const field = stackField(fields, layoutOf(world, table, view.view_id).stack)
  if (!field) return { stack: null, columns: [] }
  const rows = rowsOf(world, base, table)
  const piles = new Map<string | null, Row[]>([
    [null, []],
    ...optionsOf(field).map(({ id }): [string, Row[]] => [id, []]),
  ])
  for (const id of orderedRows(world, call.spot, view, call.eyes).ids) {
    const row = rows[id]
    const cell = row?.cells[field.field_id]
    const pile = piles.get(typeof cell === 'string' ? cell : null) ?? piles.get(null)
    if (row) pile?.push(row)
  }
  const count = queryNumber(call, 'count', most)
  const read = startRead(world, base, 'open_id')
  return {
    stack: field.field_id,
    columns: [...piles].map(([option_id, pile]) => ({
      option_id,
      count: pile.length,
      rows: pile.slice(0, count).map((row) => webRow(read, fields, row)),
    })),
  }
}

/** The field the view says, or the table's first single select that has options. */
function stackField(fields: readonly Field[], wanted: string | null): Field | undefined {
  const selects = fields.filter((field) => field.type === fieldType.singleSelect)
  const usual = selects.find((field) => optionsOf(field).length > 0) ?? selects[0]
  return selects.find((field) => field.field_id === wanted) ?? usual
}
