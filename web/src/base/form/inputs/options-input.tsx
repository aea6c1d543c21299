import { Check } from 'lucide-react'
import { useT } from '../../../shell/language.tsx'
import { OptionChip } from '../../cells/chips.tsx'
import { types } from '../../cells/types.ts'
import type { AnswerInputProps } from './answer-input.tsx'
import styles from './inputs.module.css'

/** All options under each other: one of them, or several. */
export function OptionsInput({ field, wrong, value, onChange }: AnswerInputProps) {
  const t = useT()
  const several = field.type === types.multiSelect
  const chosen = (several ? ((value as string[] | undefined) ?? []) : [value]).map(String)
  const options = field.property?.options ?? []
  const toggle = (name: string) => {
    const on = chosen.includes(name)
    if (!several) return onChange(on ? undefined : name)
    return onChange(on ? chosen.filter((one) => one !== name) : [...chosen, name])
  }
  if (options.length === 0)
    return <p className={styles.none}>{t('还没有选项', 'There are no options yet')}</p>
  return (
    <div className={styles.options}>
      {options.map((option) => {
        const on = chosen.includes(option.name)
        return (
          <label key={option.id} className={styles.option}>
            <input
              className="visually-hidden"
              type={several ? 'checkbox' : 'radio'}
              name={`answer-${field.field_id}`}
              aria-label={option.name}
              aria-invalid={wrong}
              checked={on}
              onChange={() => toggle(option.name)}
              // A chosen radio that is pressed again is taken back.
              onClick={() => !several && on && onChange(undefined)}
            />
            <span className={several ? styles.square : styles.circle} data-on={on}>
              {on && several ? <Check size={12} strokeWidth={3} /> : null}
            </span>
            <OptionChip option={option} />
          </label>
        )
      })}
    </div>
  )
}
