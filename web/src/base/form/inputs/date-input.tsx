import { instantOf, wallTime } from '../../cells/format.ts'
import type { AnswerInputProps } from './answer-input.tsx'
import styles from './inputs.module.css'

/** A day, with the time when the field shows it; in the base's time zone. */
export function DateInput({ field, label, zone, value, wrong, onChange }: AnswerInputProps) {
  const withTime = field.property?.date_formatter?.includes('HH') === true
  const shown = typeof value === 'number' ? wallTime(value, zone) : undefined
  const two = (n: number) => String(n).padStart(2, '0')
  const day = shown ? `${String(shown.year).padStart(4, '0')}-${two(shown.month)}-${two(shown.day)}` : ''
  const text = shown && withTime ? `${day}T${two(shown.hour)}:${two(shown.minute)}` : day
  return (
    <input
      className={styles.date}
      type={withTime ? 'datetime-local' : 'date'}
      aria-label={label}
      aria-invalid={wrong}
      value={text}
      onChange={(event) => {
        const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(event.target.value)
        if (!parts) return onChange(undefined)
        const [year = 0, month = 1, date = 1, hour = 0, minute = 0] = parts
          .slice(1)
          .map((one) => Number(one ?? 0))
        return onChange(instantOf({ year, month, day: date, hour, minute }, zone))
      }}
    />
  )
}
