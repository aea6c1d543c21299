import { Flame, Flower2, Heart, type LucideIcon, Smile, Star, ThumbsUp, Zap } from 'lucide-react'
import type { WebField } from '#sandbox/feishu/bitable/web/base-shapes.ts'
import styles from './cells.module.css'

const icons: Record<string, { icon: LucideIcon; color: string }> = {
  star: { icon: Star, color: '#ffc60a' },
  heart: { icon: Heart, color: '#f54a45' },
  thumbsup: { icon: ThumbsUp, color: '#3370ff' },
  fire: { icon: Flame, color: '#ff8800' },
  smile: { icon: Smile, color: '#ffb800' },
  lightning: { icon: Zap, color: '#ffc60a' },
  flower: { icon: Flower2, color: '#e0489d' },
}

export interface RatingProps {
  field: WebField
  value: number
  /** Makes every mark a button. */
  onRate?: (value: number) => void
}

/** A row of marks, as many filled as the value says; the symbol "number" shows the value in a circle. */
export function Rating({ field, value, onRate }: RatingProps) {
  const { max = 5, rating } = field.property ?? {}
  const mark = icons[rating?.symbol ?? 'star']
  const marks = Array.from({ length: Math.min(10, max) }, (_, i) => i + 1)
  return (
    <span className={styles.rating} title={`${value} / ${max}`}>
      {marks.map((n) => {
        const on = n <= value
        const shape = mark ? (
          <mark.icon
            size={16}
            color={on ? mark.color : '#dee0e3'}
            fill={on ? mark.color : '#dee0e3'}
            strokeWidth={1.5}
          />
        ) : (
          <span className={on ? styles.numberOn : styles.numberOff}>{n}</span>
        )
        if (!onRate) return <span key={n}>{shape}</span>
        return (
          <button
            key={n}
            type="button"
            aria-label={`${n}`}
            aria-pressed={n === value}
            onClick={() => onRate(n)}
          >
            {shape}
          </button>
        )
      })}
    </span>
  )
}
