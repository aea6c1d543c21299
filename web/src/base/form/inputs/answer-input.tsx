import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import { useT } from '../../../shell/language.tsx'
import { Rating } from '../../cells/rating.tsx'
import { isLink, types } from '../../cells/types.ts'
import type { FormPlace } from '../form-places.ts'
import { DateInput } from './date-input.tsx'
import { FilesInput } from './files-input.tsx'
import styles from './inputs.module.css'
import { NumberInput } from './number-input.tsx'
import { OptionsInput } from './options-input.tsx'
import { PlaceInput } from './place-input.tsx'
import { RefsInput } from './refs-input.tsx'

export interface AnswerInputProps {
  place: FormPlace
  zone: string
  field: WebField
  label: string
  /** As the open API takes it; undefined: not answered. */
  value: unknown
  wrong: boolean
  onChange(value: unknown): void
}

/** The input for a field's type. */
export function AnswerInput(props: AnswerInputProps) {
  const t = useT()
  const { field, label, value, onChange } = props
  switch (field.type) {
    case types.number:
      if (field.ui_type === 'Rating')
        return (
          <span className={styles.stars}>
            <Rating
              field={field}
              value={Number(value ?? 0)}
              onRate={(n) => onChange(n === value ? undefined : n)}
            />
          </span>
        )
      return <NumberInput {...props} />
    case types.singleSelect:
    case types.multiSelect:
      return <OptionsInput {...props} />
    case types.dateTime:
      return <DateInput {...props} />
    case types.checkbox:
      return (
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked || undefined)}
          />
          {t('是', 'Yes')}
        </label>
      )
    case types.attachment:
      return <FilesInput {...props} />
    case types.url:
      return <UrlInput {...props} />
    case types.location:
      return <PlaceInput {...props} />
    case types.phone:
      return <Line {...props} type="tel" placeholder={t('请输入电话', 'Phone number')} />
    default:
      if (isLink(field.type) || field.type === types.user || field.type === types.groupChat)
        return <RefsInput {...props} />
      if (field.ui_type === 'Email') return <Line {...props} type="email" placeholder="name@example.com" />
      if (field.ui_type === 'Barcode')
        return <Line {...props} type="text" placeholder={t('请输入条码', 'Barcode')} />
      return (
        <textarea
          className={styles.text}
          aria-label={label}
          aria-invalid={props.wrong}
          rows={Math.min(8, Math.max(1, String(value ?? '').split('\n').length))}
          maxLength={100_000}
          placeholder={t('请输入', 'Your answer')}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value)}
        />
      )
  }
}

interface LineProps extends AnswerInputProps {
  type: 'tel' | 'email' | 'text'
  placeholder: string
}

function Line({ type, placeholder, label, value, wrong, onChange }: LineProps) {
  return (
    <input
      className={styles.text}
      type={type}
      aria-label={label}
      aria-invalid={wrong}
      placeholder={placeholder}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value.trim())}
    />
  )
}

function UrlInput({ label, value, wrong, onChange }: AnswerInputProps) {
  const t = useT()
  const { text = '', link = '' } = (value ?? {}) as { text?: string; link?: string }
  const put = (next: { text: string; link: string }) =>
    onChange(next.text === '' && next.link === '' ? undefined : next)
  return (
    <div className={styles.pair}>
      <input
        className={styles.text}
        type="url"
        aria-label={label}
        aria-invalid={wrong}
        placeholder="https://"
        value={link}
        onChange={(event) => put({ text, link: event.target.value.trim() })}
      />
      <input
        className={styles.text}
        aria-label={t(`${label}的显示文字`, `Text of ${label}`)}
        placeholder={t('显示文字（选填）', 'Shown text (optional)')}
        value={text}
        onChange={(event) => put({ text: event.target.value, link })}
      />
    </div>
  )
}
