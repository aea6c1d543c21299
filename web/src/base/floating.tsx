import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import styles from './floating.module.css'

export interface FloatingProps {
  /** What the panel stands beside. */
  anchor: HTMLElement
  label: string
  onClose: () => void
  children: ReactNode
  /** px; at least the anchor's width when left out */
  width?: number
  align?: 'left' | 'right'
  role?: 'dialog' | 'menu' | 'listbox'
}

const gap = 4
const phoneWidth = 640

/**
 * A panel beside its anchor, above everything that could cut it off; a sheet from below on a phone. Escape or a press
 * elsewhere closes it; presses in panels opened from inside it are inside too.
 */
export function Floating({
  anchor,
  label,
  onClose,
  children,
  width,
  align = 'left',
  role = 'dialog',
}: FloatingProps) {
  const panel = useRef<HTMLDivElement>(null)
  const inside = useRef(false)
  const close = useRef(onClose)
  close.current = onClose
  const [place, setPlace] = useState<CSSProperties>({ visibility: 'hidden' })
  const sheet = window.innerWidth <= phoneWidth
  useLayoutEffect(() => {
    const box = panel.current
    if (!box || sheet) return setPlace({})
    const settle = () => setPlace(placeOf(anchor.getBoundingClientRect(), box, { width, align }))
    settle()
    const watch = new ResizeObserver(settle)
    watch.observe(box)
    window.addEventListener('resize', settle)
    return () => {
      watch.disconnect()
      window.removeEventListener('resize', settle)
    }
  }, [anchor, width, align, sheet])
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      const own = inside.current || (event.target instanceof Node && anchor.contains(event.target))
      inside.current = false
      if (!own) close.current()
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [anchor])
  return createPortal(
    <div
      role="presentation"
      className={sheet ? styles.mask : undefined}
      onPointerDown={(event) => {
        inside.current = !sheet || event.target !== event.currentTarget
      }}
    >
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: every role it can have takes a name */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only keeps what happens inside from what lies below */}
      <div
        ref={panel}
        role={role}
        aria-label={label}
        className={sheet ? styles.sheet : styles.panel}
        style={{ ...place, width: sheet ? undefined : width }}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') onClose()
        }}
        onClick={(event) => event.stopPropagation()}
        onMouseDown={(event) => event.stopPropagation()}
      >
        {children}
      </div>
    </div>,
    document.body,
  )
}

function placeOf(
  around: DOMRect,
  box: HTMLElement,
  { width, align }: { width: number | undefined; align: 'left' | 'right' },
): CSSProperties {
  const wide = width ?? Math.max(around.width, box.offsetWidth)
  const high = box.offsetHeight
  const below = window.innerHeight - around.bottom - gap
  const above = around.top - gap
  const up = high > below && above > below
  const wanted = align === 'right' ? around.right - wide : around.left
  const left = Math.max(8, Math.min(wanted, window.innerWidth - wide - 8))
  const top = up ? Math.max(8, around.top - gap - high) : around.bottom + gap
  const room = up ? above : below
  return {
    left,
    top,
    minWidth: width === undefined ? around.width : undefined,
    maxHeight: Math.max(160, room - 8),
  }
}
