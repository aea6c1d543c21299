import { ChevronUp } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './bot-menu.module.css'

/** A menu button that opens its own buttons above itself. */
export function MenuPopup({
  label,
  children,
}: {
  label: string
  children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const end = (event: Event) => {
      const isInside = event.target instanceof Node && place.current?.contains(event.target)
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !isInside) setOpen(false)
    }
    document.addEventListener('pointerdown', end)
    document.addEventListener('keydown', end)
    return () => {
      document.removeEventListener('pointerdown', end)
      document.removeEventListener('keydown', end)
    }
  }, [open])
  return (
    <div className={styles.place} ref={place}>
      <button type="button" className={styles.button} aria-expanded={open} onClick={() => setOpen(!open)}>
        {label} <ChevronUp size={13} aria-hidden />
      </button>
      {open ? <div className={styles.popup}>{children(() => setOpen(false))}</div> : null}
    </div>
  )
}
