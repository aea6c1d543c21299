import { useT } from '../../shell/language.tsx'
import styles from './fields.module.css'

const two = (value: number) => String(value).padStart(2, '0')
const hours = Array.from({ length: 24 }, (_, hour) => two(hour))
const minutes = Array.from({ length: 60 }, (_, minute) => two(minute))

/** Hour and minute, HH:mm. */
export function TimeChoice({ value, onChange }: { value: string; onChange: (time: string) => void }) {
  const t = useT()
  const [hour = '09', minute = '00'] = value.split(':')
  return (
    <div className={styles.times}>
      <select
        aria-label={t('时', 'Hour')}
        value={hour}
        onChange={(event) => onChange(`${event.target.value}:${minute}`)}
      >
        {hours.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      :
      <select
        aria-label={t('分', 'Minute')}
        value={minute}
        onChange={(event) => onChange(`${hour}:${event.target.value}`)}
      >
        {minutes.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </div>
  )
}
