import type { RefObject } from 'react'
import type { WebField, WebRow } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { types } from '../cells/types.ts'
import { isEditable } from '../editors/cell-editor.tsx'
import type { Move } from '../editors/editor-props.ts'
import type { useEdits } from '../sync/edits.ts'
import type { Editing } from './editor-layer.tsx'
import type { GridModel } from './use-grid-model.ts'
import type { Selection } from './use-selection.ts'

export interface EditingSetup {
  fields: readonly WebField[]
  model: GridModel
  selection: Selection
  edits: ReturnType<typeof useEdits>
  scroller: RefObject<HTMLDivElement | null>
  setEditing(editing: Editing | undefined): void
}

const steps: Record<Move, { rows?: number; columns?: number } | undefined> = {
  down: { rows: 1 },
  right: { columns: 1 },
  left: { columns: -1 },
  stay: undefined,
}

/** Opening an editor, ticking a box, and where the cursor goes afterwards. */
export function cellEditing({ fields, model, selection, edits, scroller, setEditing }: EditingSetup) {
  const tick = (row: WebRow, field: WebField) => {
    const on = row.cells[field.field_id] !== true
    void edits.change([{ record_id: row.record_id, field_id: field.field_id, value: on, shown: on }])
  }
  return {
    tick,
    edit(place: number, column: number, typed?: string) {
      const row = model.rows.at(place)
      const field = fields[column]
      if (!row || !field || !isEditable(field)) return
      if (field.type === types.checkbox) return tick(row, field)
      model.scrollTo(place, column)
      setEditing({ recordId: row.record_id, fieldId: field.field_id, place, typed })
    },
    close(move: Move | undefined) {
      setEditing(undefined)
      scroller.current?.focus({ preventScroll: true })
      const step = move && steps[move]
      const spot = step && selection.move(step)
      if (spot) model.scrollTo(spot.row, spot.column)
    },
  }
}
