import type { WebBase, WebField, WebTable, WebView } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { types } from '../cells/types.ts'
import { useStructure } from '../sync/edits.ts'
import styles from './card-settings.module.css'

export interface CardSettingsProps {
  base: WebBase
  table: WebTable
  view: WebView
  /** Kanban: the field whose options are the columns. */
  stack?: WebField
}

/** Which field makes the columns and which one the cover, for who may change the view. */
export function CardSettings({ base, table, view, stack }: CardSettingsProps) {
  const t = useT()
  const { changeLayout } = useStructure(base.app_token, table.table_id)
  const selects = table.fields.filter((field) => field.type === types.singleSelect)
  const files = table.fields.filter((field) => field.type === types.attachment)
  if (!table.may.views || (!stack && files.length === 0)) return null
  return (
    <div className={styles.bar}>
      {stack ? (
        <label>
          {t('分组依据', 'Columns by')}
          <select
            value={stack.field_id}
            onChange={(event) => void changeLayout(view.view_id, { stack: event.target.value })}
          >
            {selects.map((field) => (
              <option key={field.field_id} value={field.field_id}>
                {field.name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {files.length > 0 ? (
        <label>
          {t('封面', 'Cover')}
          <select
            value={view.layout.cover ?? ''}
            onChange={(event) => void changeLayout(view.view_id, { cover: event.target.value || null })}
          >
            <option value="">
              {stack ? t('无', 'None') : t('第一个附件字段', 'First attachment field')}
            </option>
            {files.map((field) => (
              <option key={field.field_id} value={field.field_id}>
                {field.name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  )
}
