import type { KeyboardEvent, MouseEvent } from 'react'
import { formRoleOf, useAct } from '../act.tsx'
import { backgroundOf, borderColorOf } from '../colors.ts'
import { useCard } from '../context.ts'
import { type ElementProps, Elements } from '../elements.tsx'
import { useForm } from '../fields/form-state.tsx'
import { objectsOf, textOf } from '../json.ts'
import { useWords } from '../parts/text.tsx'
import { edgesOf, layoutOf, lengthOf } from '../sizes.ts'
import styles from './containers.module.css'

/** An area that is pressed as one. What can be pressed inside it goes first. Feishu docs: 交互容器. */
export function InteractiveContainer({ element }: ElementProps) {
  const card = useCard()
  const words = useWords()
  const form = useForm()
  const role = form === undefined ? undefined : formRoleOf(element)
  const { act, busy, question } = useAct(element, role === 'submit' ? true : undefined)
  const isDead = element.disabled === true || objectsOf(element.behaviors).length === 0
  const press = (event: MouseEvent | KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : undefined
    const inner = target?.closest('button, a, input, textarea, [role="button"], [role="link"], dialog')
    if (isDead || (inner && inner !== event.currentTarget)) return
    event.stopPropagation()
    if (role === 'reset') return form?.reset()
    const values = role === 'submit' ? form?.collect() : undefined
    if (role === 'submit' && values === undefined) return
    act(values === undefined ? {} : { form_value: values })
  }
  const tips = words(element.disabled === true ? element.disabled_tips : element.hover_tips)
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is a button where it can be pressed */}
      <div
        className={`${styles.container} ${isDead ? '' : styles.pressable}`}
        {...(!isDead && { role: 'button', tabIndex: 0 })}
        aria-disabled={element.disabled === true}
        aria-busy={busy}
        title={tips || undefined}
        onClick={press}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') press(event)
        }}
        style={{
          ...layoutOf(element),
          padding: edgesOf(element.padding) ?? '4px 12px',
          width: element.width === undefined || element.width === 'fill' ? '100%' : lengthOf(element.width),
          height: lengthOf(element.height),
          background: backgroundOf(element.background_style, card.colors),
          borderRadius: /^\d{1,3}(?:px|%)$/.exec(textOf(element.corner_radius) ?? '')?.[0],
          border:
            element.has_border === true
              ? `1px solid ${borderColorOf(element.border_color, card.colors)}`
              : undefined,
        }}
      >
        <Elements list={element.elements} />
      </div>
      {question}
    </>
  )
}
