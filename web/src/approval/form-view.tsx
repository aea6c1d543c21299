import type { ShownWidget } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './form-view.module.css'
import { ValueView } from './value-view.tsx'

/** The form with its values, label over value, as Feishu's details show it. */
export function FormView({ widgets }: { widgets: readonly ShownWidget[] }) {
  const t = useT()
  if (widgets.length === 0)
    return <p className={styles.none}>{t('这份审批没有填写内容', 'Nothing was filled in')}</p>
  return (
    <dl className={styles.form} aria-label={t('表单', 'Form')}>
      {widgets.map((widget) => (
        <div key={widget.id} className={isWide(widget) ? styles.wide : undefined} data-widget={widget.id}>
          <dt>{widget.name}</dt>
          <dd>
            <ValueView value={widget.value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** longer texts want the whole width */
const longText = 28

function isWide({ value }: ShownWidget): boolean {
  if (value.kind === 'text') return value.text.length > longText || value.text.includes('\n')
  return ['rows', 'files', 'instances', 'document', 'address'].includes(value.kind)
}
