import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import styles from './fields.module.css'

const dayMs = 86_400_000
const weeks = 6

/** A month's days; `value` and what is chosen are YYYY-MM-DD. */
export function Calendar({ value, onChoose }: { value: string; onChoose: (day: string) => void }) {
  const t = useT()
  const today = localDay(new Date())
  const [month, setMonth] = useState((/^\d{4}-\d{2}/.exec(value)?.[0] ?? today.slice(0, 7)) as string)
  const [year = 0, number = 1] = month.split('-').map(Number)
  const first = Date.UTC(year, number - 1, 1)
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * dayMs
  const days = Array.from({ length: weeks * 7 }, (_, index) => utcDay(start + index * dayMs))
  const move = (by: number) => setMonth(utcDay(Date.UTC(year, number - 1 + by, 1)).slice(0, 7))
  return (
    <div className={styles.calendar}>
      <div className={styles.month}>
        <button type="button" aria-label={t('上个月', 'Previous month')} onClick={() => move(-1)}>
          <ChevronLeft size={16} />
        </button>
        <span>{t(`${year}年${number}月`, month)}</span>
        <button type="button" aria-label={t('下个月', 'Next month')} onClick={() => move(1)}>
          <ChevronRight size={16} />
        </button>
      </div>
      <div className={styles.days}>
        {['一', '二', '三', '四', '五', '六', '日'].map((name) => (
          <small key={name}>{name}</small>
        ))}
        {days.map((day) => (
          <button
            key={day}
            type="button"
            className={styles.day}
            aria-label={day}
            aria-pressed={day === value}
            aria-current={day === today ? 'date' : undefined}
            data-other={!day.startsWith(month)}
            onClick={() => onChoose(day)}
          >
            {Number(day.slice(8))}
          </button>
        ))}
      </div>
    </div>
  )
}

function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function localDay(date: Date): string {
  return utcDay(date.getTime() - date.getTimezoneOffset() * 60_000)
}
