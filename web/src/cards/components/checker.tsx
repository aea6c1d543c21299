import { useId } from 'react'
import { useAct } from '../act.tsx'
import type { ElementProps } from '../elements.tsx'
import { useField } from '../fields/form-state.tsx'
import { isObject, numberOf, objectOf, objectsOf } from '../json.ts'
import { CardText, useWords } from '../parts/text.tsx'
import { edgesOf } from '../sizes.ts'
import { CardButton } from './button.tsx'
import styles from './checker.module.css'

/** A task to tick off, with buttons at its end. Feishu docs: 勾选器. */
export function Checker({ element }: ElementProps) {
  const id = useId()
  const words = useWords()
  const field = useField(element)
  const { act, busy, question } = useAct(element)
  const checked = field.value === true
  const style = objectOf(element.checked_style)
  const area = objectOf(element.button_area)
  const isDisabled = element.disabled === true
  const toggle = () => {
    field.set(!checked)
    if (!field.inForm) act({ checked: !checked })
  }
  const look = checked
    ? {
        opacity: Math.min(Math.max(numberOf(style.opacity) ?? 1, 0), 1),
        textDecoration: style.show_strikethrough === true ? 'line-through' : undefined,
      }
    : {}
  return (
    <div
      className={`${styles.checker} ${element.overall_checkable === false ? '' : styles.shaded}`}
      style={{ padding: edgesOf(element.padding) }}
      data-buttons={area.pc_display_rule === 'on_hover' ? 'on-hover' : 'always'}
      title={words(isDisabled ? element.disabled_tips : element.hover_tips) || undefined}
    >
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={isDisabled || busy}
        aria-busy={busy}
        aria-label={words(element.text)}
        onChange={toggle}
      />
      <label htmlFor={id} className={styles.text} style={look}>
        {isObject(element.text) ? <CardText text={element.text} /> : null}
      </label>
      <span className={styles.buttons}>
        {objectsOf(area.buttons).map((button) => (
          <span key={JSON.stringify(button)} data-tag="button">
            <CardButton element={button} />
          </span>
        ))}
      </span>
      {question}
    </div>
  )
}
