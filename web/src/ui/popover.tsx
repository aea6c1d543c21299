import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import styles from './popover.module.css'

export interface PopoverProps {
  /** Accessible name of the trigger. */
  label: string
  trigger: ReactNode
  triggerClass?: string | undefined
  /** Side the panel keeps to: its left or right edge is the trigger's. */
  align?: 'left' | 'right'
  disabled?: boolean
  children: (close: () => void) => ReactNode
}

/** A panel that opens under its trigger; Escape, a click elsewhere or `close` ends it. */
export function Popover({
  label,
  trigger,
  triggerClass,
  align = 'right',
  disabled = false,
  children,
}: PopoverProps) {
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('keydown', onKey)
    }
  }, [open])
  return (
    <div className={styles.place} ref={place}>
      <button
        type="button"
        className={triggerClass}
        aria-label={label}
        aria-expanded={open}
        aria-controls={id}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </button>
      {open ? (
        <div id={id} className={`${styles.panel} ${align === 'left' ? styles.left : styles.right}`}>
          {children(() => setOpen(false))}
        </div>
      ) : null}
    </div>
  )
}
