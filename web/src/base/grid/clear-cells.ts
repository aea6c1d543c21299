import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { isEditable } from '../editors/cell-editor.tsx'
import type { CellChange, useEdits } from '../sync/edits.ts'
import type { GridModel } from './use-grid-model.ts'
import type { Selection } from './use-selection.ts'

export interface ClearSetup {
  fields: readonly WebField[]
  model: GridModel
  selection: Selection
  edits: ReturnType<typeof useEdits>
}

/** Empties the selected cells that this person may edit. */
export function clearCells({ fields, model, selection, edits }: ClearSetup): void {
  const { box } = selection
  if (!box) return
  const changes: CellChange[] = []
  for (let place = box.top; place <= box.bottom; place++)
    for (const field of fields.slice(box.left, box.right + 1)) {
      const row = model.rows.at(place)
      if (row && isEditable(field) && row.cells[field.field_id] !== undefined)
        changes.push({ record_id: row.record_id, field_id: field.field_id, value: null, shown: undefined })
    }
  if (changes.length > 0) void edits.change(changes)
}
