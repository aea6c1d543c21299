import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import styles from './admin.module.css'

export interface OrderButtonsProps {
  /** what they move, for screen readers */
  name: string
  onUp?: (() => void) | undefined
  onDown?: (() => void) | undefined
  onRemove: () => void
}

export function OrderButtons({ name, onUp, onDown, onRemove }: OrderButtonsProps) {
  const t = useT()
  return (
    <span className={styles.order}>
      <button type="button" aria-label={t(`上移${name}`, `Move ${name} up`)} disabled={!onUp} onClick={onUp}>
        <ArrowUp size={15} aria-hidden />
      </button>
      <button
        type="button"
        aria-label={t(`下移${name}`, `Move ${name} down`)}
        disabled={!onDown}
        onClick={onDown}
      >
        <ArrowDown size={15} aria-hidden />
      </button>
      <button type="button" aria-label={t(`删除${name}`, `Remove ${name}`)} onClick={onRemove}>
        <Trash2 size={15} aria-hidden />
      </button>
    </span>
  )
}
