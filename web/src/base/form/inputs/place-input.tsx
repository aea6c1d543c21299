import { useState } from 'react'
import { useT } from '../../../shell/language.tsx'
import type { AnswerInputProps } from './answer-input.tsx'
import styles from './inputs.module.css'

/** A place by its coordinates: the sandbox has no map. */
export function PlaceInput({ label, value, wrong, onChange }: AnswerInputProps) {
  const t = useT()
  const [longitude = '', latitude = ''] = typeof value === 'string' ? value.split(',') : []
  const [texts, setTexts] = useState({ longitude, latitude })
  const put = (next: typeof texts) => {
    setTexts(next)
    const numbers = [next.longitude, next.latitude].map((text) => text.trim())
    onChange(numbers.every((text) => /^-?\d+(\.\d+)?$/.test(text)) ? numbers.join(',') : undefined)
  }
  return (
    <div className={styles.pair}>
      <input
        className={styles.text}
        inputMode="decimal"
        aria-label={t(`${label}的经度`, `Longitude of ${label}`)}
        aria-invalid={wrong}
        placeholder={t('经度，如 116.397', 'Longitude')}
        value={texts.longitude}
        onChange={(event) => put({ ...texts, longitude: event.target.value })}
      />
      <input
        className={styles.text}
        inputMode="decimal"
        aria-label={t(`${label}的纬度`, `Latitude of ${label}`)}
        aria-invalid={wrong}
        placeholder={t('纬度，如 39.909', 'Latitude')}
        value={texts.latitude}
        onChange={(event) => put({ ...texts, latitude: event.target.value })}
      />
    </div>
  )
}
