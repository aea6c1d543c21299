import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useT } from '../shell/language.tsx'
import styles from './dialog.module.css'

export interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  /** Buttons at the bottom. */
  actions?: ReactNode
  /** px */
  width?: number
}

/** A modal dialog (the browser's own: focus stays inside, Escape closes). */
export function Dialog({ title, onClose, children, actions, width = 480 }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const t = useT()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      style={{ width: `min(${width}px, calc(100vw - 24px))` }}
      onClose={onClose}
      aria-label={title}
    >
      <header className={styles.header}>
        <h3>{title}</h3>
        <button type="button" className={styles.close} onClick={onClose} aria-label={t('关闭', 'Close')}>
          <X size={18} />
        </button>
      </header>
      <div className={styles.body}>{children}</div>
      {actions ? <footer className={styles.actions}>{actions}</footer> : null}
    </dialog>
  )
}
