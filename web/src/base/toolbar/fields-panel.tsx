import { ArrowDown, ArrowUp, Eye, EyeOff } from 'lucide-react'
import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { FieldIcon } from '../cells/field-icon.tsx'
import { orderedFields } from '../sync/base-data.ts'
import { useStructure } from '../sync/edits.ts'
import type { ViewProps } from '../view-props.ts'
import styles from './toolbar.module.css'

/** Which fields a view shows, and in which order. */
export function FieldsPanel({ base, table, view }: ViewProps) {
  const t = useT()
  const structure = useStructure(base.app_token, table.table_id)
  const fields = orderedFields(table, view)
  const hidden = new Set(view.hidden)
  const hide = (ids: readonly string[]) => void structure.changeView(view.view_id, { hidden: ids })
  const swap = (at: number) => {
    const ids = fields.map((field) => field.field_id)
    const [a, b] = [ids[at], ids[at + 1]]
    if (a && b) void structure.changeLayout(view.view_id, { order: ids.toSpliced(at, 2, b, a) })
  }
  return (
    <div className={styles.panel}>
      <div className={styles.panelHead}>
        <strong>{t('字段配置', 'Fields')}</strong>
      </div>
      <ul className={styles.fields}>
        {fields.map((field, i) => (
          <FieldEntry
            key={field.field_id}
            field={field}
            off={hidden.has(field.field_id)}
            onHide={() => hide([...view.hidden, field.field_id])}
            onShow={() => hide(view.hidden.filter((id) => id !== field.field_id))}
            onUp={i > 1 ? () => swap(i - 1) : undefined}
            onDown={i < fields.length - 1 ? () => swap(i) : undefined}
          />
        ))}
      </ul>
      <div className={styles.panelFoot}>
        <Button small look="text" disabled={hidden.size === 0} onClick={() => hide([])}>
          {t('全部显示', 'Show all')}
        </Button>
        <Button
          small
          look="text"
          onClick={() => hide(fields.filter((field) => !field.primary).map((field) => field.field_id))}
        >
          {t('全部隐藏', 'Hide all')}
        </Button>
      </div>
    </div>
  )
}

interface FieldEntryProps {
  field: WebField
  off: boolean
  onHide: () => void
  onShow: () => void
  onUp: (() => void) | undefined
  onDown: (() => void) | undefined
}

function FieldEntry({ field, off, onHide, onShow, onUp, onDown }: FieldEntryProps) {
  const t = useT()
  const { name } = field
  return (
    <li data-off={off}>
      <FieldIcon field={field} />
      <span>{name}</span>
      {field.primary ? null : (
        <>
          <button
            type="button"
            className={styles.icon}
            disabled={!onUp}
            aria-label={t(`上移 ${name}`, `Move ${name} up`)}
            onClick={onUp}
          >
            <ArrowUp size={14} />
          </button>
          <button
            type="button"
            className={styles.icon}
            disabled={!onDown}
            aria-label={t(`下移 ${name}`, `Move ${name} down`)}
            onClick={onDown}
          >
            <ArrowDown size={14} />
          </button>
          <button
            type="button"
            className={styles.icon}
            aria-pressed={!off}
            aria-label={off ? t(`显示 ${name}`, `Show ${name}`) : t(`隐藏 ${name}`, `Hide ${name}`)}
            onClick={off ? onShow : onHide}
          >
            {off ? <EyeOff size={15} /> : <Eye size={15} />}
          </button>
        </>
      )}
    </li>
  )
}
