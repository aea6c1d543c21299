import { useState } from 'react'
import { useT } from '../../../shell/language.tsx'
import type { AnswerInputProps } from './answer-input.tsx'
import styles from './inputs.module.css'

/** A number; where the field shows per cent it is typed in per cent. */
export function NumberInput({ field, label, value, wrong, onChange }: AnswerInputProps) {
  const t = useT()
  const percent = field.property?.formatter?.includes('%') === true || field.ui_type === 'Progress'
  const scale = percent ? 100 : 1
  const [text, setText] = useState(typeof value === 'number' ? String(value * scale) : '')
  const unit = field.ui_type === 'Currency' ? (field.property?.currency_code ?? '') : percent ? '%' : ''
  return (
    <span className={styles.unit}>
      <input
        className={styles.text}
        inputMode="decimal"
        aria-label={label}
        aria-invalid={wrong}
        placeholder={t('请输入数字', 'A number')}
        value={text}
        onChange={(event) => {
          const typed = event.target.value
          setText(typed)
          const number = Number(typed.replace(/[,，\s]/g, ''))
          onChange(typed.trim() === '' ? undefined : number / scale)
        }}
      />
      {unit === '' ? null : <span aria-hidden>{unit}</span>}
    </span>
  )
}
