import { useId, useState } from 'react'
import styles from './form-settings.module.css'

export interface SavedTextProps {
  label: string
  value: string
  /** characters */
  most: number
  lines?: number
  mayBeEmpty?: boolean
  onSave(text: string): void
}

/** A text that is saved when its field is left; an empty one falls back to what it was, unless it may be empty. */
export function SavedText({ label, value, most, lines = 1, mayBeEmpty = false, onSave }: SavedTextProps) {
  const id = useId()
  const [draft, setDraft] = useState<string>()
  const leave = () => {
    const text = draft?.trim()
    setDraft(undefined)
    if (text !== undefined && text !== value && (text !== '' || mayBeEmpty)) onSave(text)
  }
  const shared = {
    id,
    value: draft ?? value,
    maxLength: most,
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
    onBlur: leave,
  }
  return (
    <div className={styles.text}>
      <label htmlFor={id}>{label}</label>
      {lines > 1 ? <textarea rows={lines} {...shared} /> : <input {...shared} />}
    </div>
  )
}
