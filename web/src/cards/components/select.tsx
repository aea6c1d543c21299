import { ChevronDown } from 'lucide-react'
import { useRef } from 'react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { useAct } from '../act.tsx'
import type { ElementProps } from '../elements.tsx'
import { Drop } from '../fields/drop.tsx'
import { FieldFrame, fieldWidth, useFieldWords } from '../fields/field-frame.tsx'
import styles from '../fields/fields.module.css'
import { useField } from '../fields/form-state.tsx'
import { type Choice, OptionList, useChoices } from '../fields/option-list.tsx'

const usualWidth = 220

/** select_static and select_person. */
export function Select({ element }: ElementProps) {
  const t = useT()
  const field = useField(element)
  const { act, busy, question } = useAct(element)
  const choices = useChoices(element)
  const { placeholder, label, tips } = useFieldWords(element, t('请选择', 'Choose'))
  const chosen = choices.find(({ value }) => value === field.value)
  return (
    <FieldFrame error={field.error}>
      <Drop
        label={label}
        face={<Face shown={chosen} placeholder={placeholder} />}
        className={element.type === 'text' ? styles.noBorder : undefined}
        style={fieldWidth(element, usualWidth)}
        busy={busy}
        disabled={element.disabled === true}
        invalid={field.error !== undefined}
        title={tips}
      >
        {(close) => (
          <OptionList
            choices={choices}
            chosen={chosen ? [chosen.value] : []}
            onChoose={(value) => {
              close()
              field.set(value)
              if (!field.inForm) act({ option: value })
            }}
          />
        )}
      </Drop>
      {question}
    </FieldFrame>
  )
}

/** multi_select_static and multi_select_person: outside a form the choice is sent when it is confirmed. */
export function MultiSelect({ element }: ElementProps) {
  const t = useT()
  const field = useField(element)
  const { act, busy, question } = useAct(element)
  const choices = useChoices(element)
  const { placeholder, label, tips } = useFieldWords(element, t('请选择', 'Choose'))
  const values = Array.isArray(field.value) ? (field.value as readonly string[]) : []
  const sent = useRef(values)
  const shown = choices.filter(({ value }) => values.includes(value))
  const toggle = (value: string) =>
    field.set(values.includes(value) ? values.filter((one) => one !== value) : [...values, value])
  const send = () => {
    if (field.inForm || sent.current === values) return
    sent.current = values
    act({ options: [...values] })
  }
  return (
    <FieldFrame error={field.error}>
      <Drop
        label={label}
        face={<Chips shown={shown} placeholder={placeholder} />}
        className={element.type === 'text' ? styles.noBorder : undefined}
        style={fieldWidth(element, usualWidth)}
        busy={busy}
        disabled={element.disabled === true}
        invalid={field.error !== undefined}
        title={tips}
        onClosed={send}
      >
        {(close) => (
          <>
            <OptionList choices={choices} chosen={values} many onChoose={toggle} />
            <div className={styles.foot}>
              <Button small look="primary" onClick={close}>
                {t('确定', 'OK')}
              </Button>
            </div>
          </>
        )}
      </Drop>
      {question}
    </FieldFrame>
  )
}

function Face({ shown, placeholder }: { shown: Choice | undefined; placeholder: string }) {
  return (
    <>
      {shown?.icon}
      <span className={`${styles.shown} ${shown ? '' : styles.waiting}`}>{shown?.text ?? placeholder}</span>
      <ChevronDown size={14} aria-hidden />
    </>
  )
}

function Chips({ shown, placeholder }: { shown: readonly Choice[]; placeholder: string }) {
  return (
    <>
      {shown.length === 0 ? (
        <span className={`${styles.shown} ${styles.waiting}`}>{placeholder}</span>
      ) : (
        <span className={styles.chips}>
          {shown.map(({ value, text, icon }) => (
            <span key={value} className={styles.chip}>
              {icon}
              {text}
            </span>
          ))}
        </span>
      )}
      <ChevronDown size={14} aria-hidden />
    </>
  )
}
