import { ArrowDown, ArrowUp, Eye, EyeOff } from 'lucide-react'
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
        {fields.map((field, i) => {
          const off = hidden.has(field.field_id)
          return (
            <li key={field.field_id} data-off={off}>
              <FieldIcon field={field} />
              <span>{field.name}</span>
              {field.primary ? null : (
                <>
                  <button
                    type="button"
                    className={styles.icon}
                    disabled={i <= 1}
                    aria-label={t(`上移 ${field.name}`, `Move ${field.name} up`)}
                    onClick={() => swap(i - 1)}
                  >
                    <ArrowUp size={14} />
                  </button>
                  <button
                    type="button"
                    className={styles.icon}
                    disabled={i === fields.length - 1}
                    aria-label={t(`下移 ${field.name}`, `Move ${field.name} down`)}
                    onClick={() => swap(i)}
                  >
                    <ArrowDown size={14} />
                  </button>
                  <button
                    type="button"
                    className={styles.icon}
                    aria-pressed={!off}
                    aria-label={
                      off
                        ? t(`显示 ${field.name}`, `Show ${field.name}`)
                        : t(`隐藏 ${field.name}`, `Hide ${field.name}`)
                    }
                    onClick={() =>
                      hide(
                        off
                          ? view.hidden.filter((id) => id !== field.field_id)
                          : [...view.hidden, field.field_id],
                      )
                    }
                  >
                    {off ? <EyeOff size={15} /> : <Eye size={15} />}
                  </button>
                </>
              )}
            </li>
          )
        })}
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
