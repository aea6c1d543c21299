import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useLanguage, useT } from '../../shell/language.tsx'
import { useSession } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { instantOf, wallTime } from '../cells/format.ts'
import { Floating } from '../floating.tsx'
import type { EditorProps } from './editor-props.ts'
import styles from './editors.module.css'

/** A calendar, with the time of day when the field shows it; in the base's time zone. */
export function DateEditor({ base, field, cell, anchor, save, close }: EditorProps) {
  const t = useT()
  const { now } = useSession()
  const withTime = field.property?.date_formatter?.includes('HH') === true
  const value = typeof cell === 'number' ? wallTime(cell, base.time_zone) : undefined
  const put = (time: { year: number; month: number; day: number; hour?: number; minute?: number }) => {
    const ms = instantOf({ hour: value?.hour ?? 0, minute: value?.minute ?? 0, ...time }, base.time_zone)
    save(ms, ms)
  }
  const today = wallTime(now, base.time_zone)
  const clock = value ? `${two(value.hour)}:${two(value.minute)}` : ''
  return (
    <Floating
      anchor={anchor}
      label={t(`编辑 ${field.name}`, `Edit ${field.name}`)}
      onClose={() => close()}
      width={320}
    >
      <Calendar
        value={value}
        today={today}
        onPick={(day) => {
          put(day)
          if (!withTime) close('stay')
        }}
      />
      <div className={styles.dateFoot}>
        {withTime ? (
          <input
            type="time"
            aria-label={t('时间', 'Time')}
            value={clock}
            onChange={(event) => {
              const [hour = 0, minute = 0] = event.target.value.split(':').map(Number)
              if (event.target.value !== '') put({ ...(value ?? today), hour, minute })
            }}
          />
        ) : null}
        <Button small look="text" onClick={() => put(withTime ? today : { ...today, hour: 0, minute: 0 })}>
          {withTime ? t('此刻', 'Now') : t('今天', 'Today')}
        </Button>
        <span className={styles.grow} />
        <Button
          small
          look="text"
          onClick={() => {
            save(null, undefined)
            close('stay')
          }}
        >
          {t('清除', 'Clear')}
        </Button>
        <Button small look="primary" onClick={() => close('stay')}>
          {t('完成', 'Done')}
        </Button>
      </div>
    </Floating>
  )
}

interface Day {
  year: number
  month: number
  day: number
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

export function Calendar({
  value,
  today,
  onPick,
}: {
  value: Day | undefined
  today: Day
  onPick: (day: Day) => void
}) {
  const t = useT()
  const { language } = useLanguage()
  const [shown, setShown] = useState({ year: (value ?? today).year, month: (value ?? today).month })
  const first = new Date(Date.UTC(shown.year, shown.month - 1, 1))
  const lead = (first.getUTCDay() + 6) % 7
  const days = Array.from(
    { length: 42 },
    (_, i) => new Date(Date.UTC(shown.year, shown.month - 1, 1 - lead + i)),
  )
  const turn = (by: number) => {
    const next = new Date(Date.UTC(shown.year, shown.month - 1 + by, 1))
    setShown({ year: next.getUTCFullYear(), month: next.getUTCMonth() + 1 })
  }
  const is = (date: Date, day: Day | undefined) =>
    day !== undefined &&
    date.getUTCFullYear() === day.year &&
    date.getUTCMonth() + 1 === day.month &&
    date.getUTCDate() === day.day
  const weekdays = language === 'zh' ? '一二三四五六日' : 'MTWTFSS'
  return (
    <div className={styles.calendar}>
      <div className={styles.month}>
        <button type="button" aria-label={t('上个月', 'Previous month')} onClick={() => turn(-1)}>
          <ChevronLeft size={16} />
        </button>
        <strong>{t(`${shown.year}年${shown.month}月`, `${shown.year}-${two(shown.month)}`)}</strong>
        <button type="button" aria-label={t('下个月', 'Next month')} onClick={() => turn(1)}>
          <ChevronRight size={16} />
        </button>
      </div>
      <div className={styles.days}>
        {[...weekdays].map((name, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the days of the week stay where they are
          <span key={i} className={styles.weekday}>
            {name}
          </span>
        ))}
        {days.map((date) => (
          <button
            key={date.getTime()}
            type="button"
            aria-label={date.toISOString().slice(0, 10)}
            aria-pressed={is(date, value)}
            data-today={is(date, today)}
            data-other={date.getUTCMonth() + 1 !== shown.month}
            onClick={() =>
              onPick({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() })
            }
          >
            {date.getUTCDate()}
          </button>
        ))}
      </div>
    </div>
  )
}
