import { useEffect, useState } from 'react'
import type { WebRow } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { CellEditor, isInPlace } from '../editors/cell-editor.tsx'
import type { Move } from '../editors/editor-props.ts'
import type { useEdits } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './grid.module.css'
import { lineHeight, numberWidth } from './sizes.ts'
import type { GridModel } from './use-grid-model.ts'

export interface Editing {
  recordId: string
  fieldId: string
  /** where the record was when the editor opened */
  place: number
  typed: string | undefined
}

export interface EditorLayerProps extends ViewProps {
  editing: Editing
  model: GridModel
  edits: ReturnType<typeof useEdits>
  onClose(move: Move | undefined): void
}

/**
 * The open editor above the rows: it follows its record when rows come and go, and neither scrolling nor other
 * people's changes take away what was typed.
 */
export function EditorLayer({ base, editing, model, edits, view, onClose }: EditorLayerProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const place = model.rows.placeOf(editing.recordId) ?? editing.place
  const known = model.rows.at(place)
  const [row, setRow] = useState<WebRow | undefined>(known)
  useEffect(() => {
    if (known?.record_id === editing.recordId) setRow(known)
  }, [known, editing.recordId])
  const column = model.columns.find(({ field }) => field.field_id === editing.fieldId)
  const top = model.topOf(place) ?? 0
  if (!column || !row) return null
  const { field, index, left, width } = column
  const fixed = index === 0
  return (
    <div className={styles.editorLine} style={{ top, width: model.width }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only keeps presses from the cells below */}
      <div
        role="presentation"
        ref={setAnchor}
        className={isInPlace(field) ? styles.editor : styles.editorAnchor}
        style={{
          width,
          minHeight: lineHeight('row', view.layout.row_height),
          ...(fixed ? { position: 'sticky', left: numberWidth() } : { position: 'absolute', left }),
        }}
        onMouseDown={(event) => event.stopPropagation()}
      >
        {anchor ? (
          <CellEditor
            base={base}
            field={field}
            cell={row.cells[field.field_id]}
            typed={editing.typed}
            anchor={anchor}
            save={(value, shown) =>
              void edits.change([{ record_id: row.record_id, field_id: field.field_id, value, shown }])
            }
            close={onClose}
          />
        ) : null}
      </div>
    </div>
  )
}
