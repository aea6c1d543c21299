import type { ReactNode } from 'react'
import styles from './panel.module.css'

/** A titled section of a tab. */
export function Panel({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className={styles.panel} aria-label={title}>
      <header>
        <h3>{title}</h3>
        {text ? <p>{text}</p> : null}
      </header>
      {children}
    </section>
  )
}

/** A labelled control. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={styles.field}>
      <span>{label}</span>
      {children}
    </label>
  )
}
