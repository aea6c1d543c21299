import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../shell/language.tsx'
import styles from './side-panel.module.css'

/** Something beside the chat; instead of it where there is no room. */
export function SidePanel({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: ReactNode
}) {
  const t = useT()
  return (
    <aside className={styles.panel} aria-label={title}>
      <header className={styles.header}>
        <h3>{title}</h3>
        <button type="button" onClick={onClose} aria-label={t('关闭', 'Close')}>
          <X size={18} />
        </button>
      </header>
      {children}
    </aside>
  )
}
