import { type CSSProperties, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import styles from './fields.module.css'

export interface DropProps {
  label: string
  /** what the closed field shows */
  face: ReactNode
  disabled?: boolean
  busy?: boolean
  invalid?: boolean
  plain?: boolean
  title?: string | undefined
  style?: CSSProperties
  className?: string | undefined
  onClosed?: () => void
  children: (close: () => void) => ReactNode
}

/** A field that opens a panel below (or above, near the bottom of the screen). */
export function Drop(props: DropProps) {
  const [open, setOpen] = useState<'down' | 'up' | undefined>(undefined)
  const place = useRef<HTMLDivElement>(null)
  const id = useId()
  const close = () => {
    setOpen(undefined)
    props.onClosed?.()
  }
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (open === undefined) return
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) latest.current()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') latest.current()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('keydown', onKey)
    }
  }, [open])
  const toggle = () => {
    if (open !== undefined) return close()
    const below = window.innerHeight - (place.current?.getBoundingClientRect().bottom ?? 0)
    setOpen(below < 320 ? 'up' : 'down')
  }
  return (
    <div ref={place} className={styles.drop} style={props.style}>
      <button
        type="button"
        className={`${props.plain ? styles.plain : styles.face} ${props.className ?? ''}`}
        aria-label={props.label}
        aria-haspopup="dialog"
        aria-expanded={open !== undefined}
        aria-controls={id}
        aria-invalid={props.invalid}
        aria-busy={props.busy}
        disabled={props.disabled || props.busy}
        title={props.title}
        onClick={toggle}
      >
        {props.face}
        {props.busy ? <span className={styles.ring} aria-hidden /> : null}
      </button>
      {open === undefined ? null : (
        <div id={id} className={`${styles.panel} ${styles[open]}`}>
          {props.children(close)}
        </div>
      )}
    </div>
  )
}
