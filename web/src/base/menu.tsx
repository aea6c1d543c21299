import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Floating } from './floating.tsx'
import styles from './menu.module.css'

export interface PanelButtonProps {
  label: string
  /** What the button shows; its label when left out. */
  trigger?: ReactNode
  className?: string | undefined
  width?: number
  align?: 'left' | 'right'
  role?: 'dialog' | 'menu'
  disabled?: boolean
  children: (close: () => void) => ReactNode
}

/** A button that opens a panel. */
export function PanelButton({
  label,
  trigger,
  className,
  width,
  align,
  role = 'dialog',
  disabled,
  children,
}: PanelButtonProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const close = () => setAnchor(null)
  return (
    <>
      <button
        type="button"
        className={className ?? styles.plain}
        aria-label={label}
        aria-haspopup={role}
        aria-expanded={anchor !== null}
        disabled={disabled}
        onClick={(event) => setAnchor(anchor ? null : event.currentTarget)}
      >
        {trigger ?? label}
      </button>
      {anchor ? (
        <Floating
          anchor={anchor}
          label={label}
          onClose={close}
          role={role}
          {...(width && { width })}
          {...(align && { align })}
        >
          {children(close)}
        </Floating>
      ) : null}
    </>
  )
}

export interface MenuItem {
  icon: LucideIcon
  text: string
  danger?: boolean
  /** The panel stays open and shows something else. */
  stays?: boolean
  act: () => void
}

/** Entries of a menu; null draws a line. */
export function MenuItems({ items, close }: { items: readonly (MenuItem | null)[]; close: () => void }) {
  return (
    <div className={styles.menu}>
      {items.map((item, i) =>
        item ? (
          <button
            key={item.text}
            type="button"
            role="menuitem"
            className={item.danger ? styles.danger : styles.item}
            onClick={() => {
              if (!item.stays) close()
              item.act()
            }}
          >
            <item.icon size={15} aria-hidden />
            {item.text}
          </button>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
          <hr key={`line-${i}`} className={styles.line} />
        ),
      )}
    </div>
  )
}
