import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import panel from '../panel.module.css'
import styles from './clock.module.css'

const units = [
  { id: 'minutes', ms: 60_000, zh: '分钟', en: 'minutes' },
  { id: 'hours', ms: 3_600_000, zh: '小时', en: 'hours' },
  { id: 'days', ms: 86_400_000, zh: '天', en: 'days' },
] as const

/** Any other stretch of time. */
export function MoveForm({ onMove }: { onMove: (ms: number) => void }) {
  const t = useT()
  const [count, setCount] = useState('2')
  const [unit, setUnit] = useState<string>('hours')
  const ms = Number(count) * (units.find(({ id }) => id === unit)?.ms ?? 0)
  return (
    <form
      className={styles.move}
      onSubmit={(event) => {
        event.preventDefault()
        if (ms > 0) onMove(ms)
      }}
    >
      <input
        className={panel.input}
        type="number"
        min="0"
        step="any"
        value={count}
        onChange={(event) => setCount(event.target.value)}
        aria-label={t('多久', 'How long')}
      />
      <select
        className={panel.input}
        value={unit}
        onChange={(event) => setUnit(event.target.value)}
        aria-label={t('单位', 'Unit')}
      >
        {units.map(({ id, zh, en }) => (
          <option key={id} value={id}>
            {t(zh, en)}
          </option>
        ))}
      </select>
      <Button type="submit" disabled={!(ms > 0)}>
        {t('前进', 'Move')}
      </Button>
    </form>
  )
}
