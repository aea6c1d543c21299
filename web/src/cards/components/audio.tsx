import { Play } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import type { ElementProps } from '../elements.tsx'
import { numberOf } from '../json.ts'
import { lengthOf } from '../sizes.ts'
import styles from './content.module.css'

/** A voice message's strip. Its sound is not kept by the sandbox, so it shows but does not play. */
export function Audio({ element }: ElementProps) {
  const t = useT()
  const ms = numberOf(element.duration ?? element.audio_duration) ?? 0
  const seconds = Math.round(ms / 1000)
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <div
      className={styles.audio}
      style={{ width: element.fill === true ? '100%' : (lengthOf(element.width) ?? 220) }}
      role="img"
      aria-label={t('语音', 'Voice message')}
    >
      <Play size={16} fill="currentColor" aria-hidden />
      <span className={styles.wave} aria-hidden>
        {waves.map((height, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
          <i key={index} style={{ height }} />
        ))}
      </span>
      {element.show_time === false ? null : <span>{time}</span>}
    </div>
  )
}

const waves = [6, 10, 16, 9, 13, 18, 8, 14, 6, 11, 17, 12, 7, 15, 9, 5, 12, 18, 10, 6]
