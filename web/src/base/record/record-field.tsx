import { useState } from 'react'
import type { WebBase, WebField, WebRow, WebTable } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { CellView } from '../cells/cell-view.tsx'
import { FieldIcon } from '../cells/field-icon.tsx'
import { types } from '../cells/types.ts'
import { CellEditor, isEditable, isInPlace } from '../editors/cell-editor.tsx'
import { useEdits } from '../sync/edits.ts'
import styles from './record.module.css'

export interface RecordFieldProps {
  base: WebBase
  table: WebTable
  field: WebField
  row: WebRow
}

/** A field of an open record: its name, its value, and its editor when pressed. */
export function RecordField({ base, table, field, row }: RecordFieldProps) {
  const t = useT()
  const edits = useEdits(base.app_token, table.table_id)
  const [editing, setEditing] = useState(false)
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const cell = row.cells[field.field_id]
  const save = (value: unknown, shown: typeof cell) =>
    void edits.change([{ record_id: row.record_id, field_id: field.field_id, value, shown }])
  const editable = isEditable(field)
  const view = <CellView app={base.app_token} field={field} cell={cell} zone={base.time_zone} wrap />
  return (
    <div className={styles.field} data-field={field.field_id}>
      <span className={styles.label} title={field.description || undefined}>
        <FieldIcon field={field} />
        {field.name}
      </span>
      <div
        ref={setAnchor}
        className={editing ? `${styles.value} ${styles.editing}` : styles.value}
        data-editable={editable}
      >
        {editing && isInPlace(field) ? null : field.type === types.checkbox && editable ? (
          <label className={styles.check}>
            <input
              type="checkbox"
              aria-label={field.name}
              checked={cell === true}
              onChange={(event) => save(event.target.checked, event.target.checked)}
            />
          </label>
        ) : editable ? (
          // biome-ignore lint/a11y/useSemanticElements: links inside the value would not be allowed in a button
          <div
            role="button"
            tabIndex={0}
            className={styles.press}
            aria-label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
            onClick={(event) => {
              if (!(event.target instanceof Element && event.target.closest('a'))) setEditing(true)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.target === event.currentTarget) setEditing(true)
            }}
          >
            {view}
          </div>
        ) : (
          <div className={styles.press}>{view}</div>
        )}
        {editing && anchor ? (
          <CellEditor
            base={base}
            field={field}
            cell={cell}
            anchor={anchor}
            save={save}
            close={() => setEditing(false)}
          />
        ) : null}
      </div>
    </div>
  )
}
