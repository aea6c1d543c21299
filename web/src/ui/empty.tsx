import type { ReactNode } from 'react'
import styles from './empty.module.css'

/** What is shown where nothing is: why, and what to do about it. */
export function Empty({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <svg viewBox="0 0 96 72" width="96" height="72" aria-hidden="true">
        <rect x="14" y="14" width="68" height="46" rx="8" fill="#eff0f1" />
        <path d="M14 44h20c2 8 26 8 28 0h20v8a8 8 0 0 1-8 8H22a8 8 0 0 1-8-8z" fill="#dee0e3" />
      </svg>
      <strong>{title}</strong>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  )
}
