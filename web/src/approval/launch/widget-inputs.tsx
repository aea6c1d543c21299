import type { FormWidget, LaunchForm } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../../shell/language.tsx'
import { type Draft, missingIn } from './draft.ts'
import styles from './launch.module.css'
import { WidgetInput } from './widget-input.tsx'

export interface WidgetInputsProps {
  launch: LaunchForm
  widgets: readonly FormWidget[]
  draft: Draft
  /** shows what still has to be filled in */
  warn: boolean
  onChange: (draft: Draft) => void
}

/** The widgets of a form as inputs, each under its name. */
export function WidgetInputs({ launch, widgets, draft, warn, onChange }: WidgetInputsProps) {
  const t = useT()
  return widgets.map((widget) => {
    if (widget.type === 'text')
      return (
        <p key={widget.id} className={styles.note}>
          {widget.value || widget.name}
        </p>
      )
    const missing = warn && missingIn([widget], draft).length > 0
    return (
      <fieldset key={widget.id} className={styles.widget} data-widget={widget.id} data-warn={missing}>
        <legend>
          {widget.name}
          {widget.required ? <i title={t('必填', 'Required')}>*</i> : null}
        </legend>
        <WidgetInput
          launch={launch}
          widget={widget}
          value={draft[widget.id]}
          warn={warn}
          onChange={(value) => onChange({ ...draft, [widget.id]: value })}
        />
        {missing && widget.type !== 'fieldList' ? (
          <small className={styles.warning}>{t('必填', 'Required')}</small>
        ) : null}
      </fieldset>
    )
  })
}
