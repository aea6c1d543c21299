import { Keyboard, Lock } from 'lucide-react'
import { useId } from 'react'
import { useT } from '../../shell/language.tsx'
import { useAct } from '../act.tsx'
import type { ElementProps } from '../elements.tsx'
import { FieldFrame, fieldWidth, useFieldWords } from '../fields/field-frame.tsx'
import styles from '../fields/fields.module.css'
import { useField } from '../fields/form-state.tsx'
import { type CardObject, isObject, numberOf } from '../json.ts'
import { useWords } from '../parts/text.tsx'

/** Outside a form Enter (or the button of a long text) sends it. Feishu docs: 输入框. */
export function Input({ element }: ElementProps) {
  const t = useT()
  const id = useId()
  const words = useWords()
  const field = useField(element)
  const { act, busy, question } = useAct(element)
  const { placeholder, label, tips } = useFieldWords(element, t('请输入', 'Type here'))
  const value = typeof field.value === 'string' ? field.value : ''
  const isLong = element.input_type === 'multiline_text'
  const send = () => act({ input_value: value })
  const box = (
    <div className={styles.grow}>
      <FieldFrame error={field.error}>
        <div className={styles.sendable}>
          <Box
            element={element}
            id={id}
            value={value}
            placeholder={placeholder}
            label={isObject(element.label) ? undefined : label}
            tips={tips}
            invalid={field.error !== undefined}
            busy={busy}
            onType={field.set}
            onEnter={field.inForm ? undefined : send}
          />
          {!field.inForm && isLong ? (
            <button type="button" className={styles.send} disabled={busy} onClick={send}>
              {t('发送', 'Send')}
            </button>
          ) : null}
        </div>
      </FieldFrame>
    </div>
  )
  const isBeside = element.label_position === 'left'
  return (
    <div
      className={isBeside ? styles.labelled : undefined}
      style={fieldWidth(element, isBeside ? '100%' : 320)}
    >
      {isObject(element.label) ? (
        <label className={styles.label} htmlFor={id}>
          {words(element.label)}
          {element.required === true ? <span className={styles.star}>*</span> : null}
        </label>
      ) : null}
      {box}
      {question}
    </div>
  )
}

interface BoxProps {
  element: CardObject
  id: string
  value: string
  placeholder: string
  label: string | undefined
  tips: string | undefined
  invalid: boolean
  busy: boolean
  onType: (value: string) => void
  onEnter: (() => void) | undefined
}

function Box(props: BoxProps) {
  const { element } = props
  const type = String(element.input_type ?? 'text')
  const most = Math.min(numberOf(element.max_length) ?? 1000, 1000)
  const isLong = type === 'multiline_text'
  const hasIcon = !isLong && (type === 'password' || element.show_icon === true)
  const shared = {
    id: props.id,
    value: props.value,
    placeholder: props.placeholder,
    maxLength: most,
    title: props.tips,
    disabled: element.disabled === true || props.busy,
    'aria-label': props.label,
    'aria-invalid': props.invalid,
    'aria-busy': props.busy,
    onChange: (event: { target: { value: string } }) => props.onType(event.target.value),
  }
  const counted = element.max_length === undefined ? '' : styles.counted
  return (
    <div className={`${styles.inputBox} ${isLong ? styles.areaBox : ''}`}>
      {hasIcon ? (
        <span className={styles.prefix}>
          {type === 'password' ? <Lock size={14} /> : <Keyboard size={14} />}
        </span>
      ) : null}
      {isLong ? (
        <textarea
          {...shared}
          rows={Math.min(Math.max(numberOf(element.rows) ?? 5, 1), 20)}
          className={`${styles.input} ${styles.area} ${counted}`}
        />
      ) : (
        <input
          {...shared}
          type={type === 'password' ? 'password' : 'text'}
          autoComplete="off"
          className={`${styles.input} ${hasIcon ? styles.withIcon : ''} ${counted}`}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) props.onEnter?.()
          }}
        />
      )}
      {element.max_length === undefined ? null : (
        <span className={styles.count} aria-hidden>
          {[...props.value].length}/{most}
        </span>
      )}
    </div>
  )
}
