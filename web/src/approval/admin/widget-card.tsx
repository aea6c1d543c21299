import type { FormWidget } from '#sandbox/feishu/approval/web/shapes.ts'
import { useT } from '../../shell/language.tsx'
import styles from './admin.module.css'
import { CopyCode } from './copy-code.tsx'
import { OptionsEditor } from './options-editor.tsx'
import { OrderButtons } from './order-buttons.tsx'
import { WidgetList } from './widget-list.tsx'
import { typeOf } from './widget-types.ts'

export interface WidgetCardProps {
  widget: FormWidget
  onChange: (widget: FormWidget) => void
  onRemove: () => void
  onUp?: (() => void) | undefined
  onDown?: (() => void) | undefined
}

/** One widget being edited. */
export function WidgetCard({ widget, onChange, ...order }: WidgetCardProps) {
  const t = useT()
  const { zh, en } = typeOf(widget.type)
  const change = (part: Partial<FormWidget>) => onChange({ ...widget, ...part })
  return (
    <section className={styles.card} aria-label={widget.name} data-widget-type={widget.type}>
      <header>
        <span className={styles.type}>{t(zh, en)}</span>
        {widget.type === 'text' ? null : (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={widget.required}
              onChange={(event) => change({ required: event.target.checked })}
            />
            {t('必填', 'Required')}
          </label>
        )}
        <OrderButtons name={widget.name} {...order} />
      </header>
      <div className={styles.pair}>
        <label className={styles.field}>
          <span>{t('名称', 'Name')}</span>
          <input
            value={widget.name}
            maxLength={60}
            onChange={(event) => change({ name: event.target.value })}
          />
        </label>
        <label className={styles.field}>
          <span>{t('自定义 ID（选填）', 'Custom id (optional)')}</span>
          <input
            value={widget.custom_id ?? ''}
            maxLength={64}
            placeholder="refund_no"
            onChange={(event) => change({ custom_id: event.target.value })}
          />
        </label>
      </div>
      <Particulars widget={widget} onChange={change} />
      {widget.id ? <CopyCode label={t('控件 ID', 'Widget id')} code={widget.id} /> : null}
    </section>
  )
}

const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP']

/** What only some types have. */
function Particulars({
  widget,
  onChange,
}: {
  widget: FormWidget
  onChange: (part: Partial<FormWidget>) => void
}) {
  const t = useT()
  if (widget.type === 'fieldList')
    return (
      <div className={styles.inside}>
        <WidgetList widgets={widget.children ?? []} inside onChange={(children) => onChange({ children })} />
      </div>
    )
  if (Array.isArray(widget.option))
    return <OptionsEditor options={widget.option} onChange={(option) => onChange({ option })} />
  if (widget.type === 'amount') {
    const range = widget.option?.currencyRange ?? ['CNY']
    return (
      <fieldset className={styles.checks}>
        <legend>{t('币种', 'Currencies')}</legend>
        {currencies.map((one) => (
          <label key={one} className={styles.check}>
            <input
              type="checkbox"
              checked={range.includes(one)}
              onChange={(event) =>
                onChange({
                  option: {
                    currencyRange: event.target.checked
                      ? [...range, one]
                      : range.filter((other) => other !== one),
                  },
                })
              }
            />
            {one}
          </label>
        ))}
      </fieldset>
    )
  }
  if (widget.type === 'text')
    return (
      <label className={styles.field}>
        <span>{t('说明内容', 'Text')}</span>
        <textarea
          rows={2}
          value={widget.value ?? ''}
          onChange={(event) => onChange({ value: event.target.value })}
        />
      </label>
    )
  return null
}
