import { formRoleOf, useAct } from '../act.tsx'
import { useCard } from '../context.ts'
import type { ElementProps } from '../elements.tsx'
import { useForm } from '../fields/form-state.tsx'
import { isObject, textOf } from '../json.ts'
import { CardIcon } from '../parts/icon.tsx'
import { useWords } from '../parts/text.tsx'
import { lengthOf } from '../sizes.ts'
import styles from './button.module.css'

const iconSizes: Readonly<Record<string, number>> = { tiny: 12, small: 14, medium: 16, large: 18 }

/** Feishu docs: 按钮. In a form it submits or resets. */
export function CardButton({ element }: ElementProps) {
  const card = useCard()
  const words = useWords()
  const form = useForm()
  const role = form === undefined ? undefined : formRoleOf(element)
  const { act, busy, question } = useAct(element, role === 'submit' ? true : undefined)
  const press = () => {
    if (role === 'reset') form?.reset()
    else if (role !== 'submit') act()
    else {
      const values = form?.collect()
      if (values !== undefined) act({ form_value: values })
    }
  }
  const isDisabled = element.disabled === true
  const size = textOf(element.size) ?? 'medium'
  const text = words(element.text)
  const px = lengthOf(element.width)
  return (
    <>
      <button
        type="button"
        className={styles.button}
        data-look={textOf(element.type) ?? 'default'}
        data-size={size}
        style={{ width: element.width === 'fill' ? '100%' : px }}
        disabled={isDisabled || busy}
        aria-busy={busy}
        aria-label={text === '' ? (textOf(element.name) ?? '按钮') : undefined}
        title={
          words(isDisabled ? (element.disabled_tips ?? element.hover_tips) : element.hover_tips) || undefined
        }
        data-inert={card.disabled ? '' : undefined}
        onClick={(event) => {
          event.stopPropagation()
          press()
        }}
      >
        {busy ? <span className={styles.ring} aria-hidden /> : null}
        {!busy && isObject(element.icon) ? (
          <CardIcon icon={element.icon} size={iconSizes[size] ?? 16} />
        ) : null}
        {text === '' ? null : <span className={styles.text}>{text}</span>}
      </button>
      {question}
    </>
  )
}
