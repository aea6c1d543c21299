import { Plus } from 'lucide-react'
import type { FormWidget } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../../shell/language.tsx'
import styles from './admin.module.css'
import { moved } from './moved.ts'
import { WidgetCard } from './widget-card.tsx'
import { newWidget, widgetTypes } from './widget-types.ts'

export interface WidgetListProps {
  widgets: readonly FormWidget[]
  /** within a table: tables do not nest */
  inside: boolean
  onChange: (widgets: FormWidget[]) => void
}

/** Widgets in their order, and buttons for more. */
export function WidgetList({ widgets, inside, onChange }: WidgetListProps) {
  const t = useT()
  return (
    <>
      <ol className={styles.widgets}>
        {widgets.map((widget, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a new widget is known by its place until it is published
          <li key={index}>
            <WidgetCard
              widget={widget}
              onChange={(next) => onChange(widgets.map((one, at) => (at === index ? next : one)))}
              onRemove={() => onChange(widgets.filter((_, at) => at !== index))}
              onUp={index > 0 ? () => onChange(moved(widgets, index, -1)) : undefined}
              onDown={index < widgets.length - 1 ? () => onChange(moved(widgets, index, 1)) : undefined}
            />
          </li>
        ))}
      </ol>
      <fieldset className={styles.palette}>
        <legend>{inside ? t('添加到明细', 'Add to the table') : t('添加控件', 'Add a widget')}</legend>
        {widgetTypes
          .filter((one) => !inside || one.type !== 'fieldList')
          .map((one) => (
            <button key={one.type} type="button" onClick={() => onChange([...widgets, newWidget(one)])}>
              <Plus size={13} aria-hidden />
              {t(one.zh, one.en)}
            </button>
          ))}
      </fieldset>
    </>
  )
}
