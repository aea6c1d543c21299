import type { ReactNode } from 'react'
import styles from './field.module.css'

/** A labelled input of a dialog, with what is wrong about it below. */
export function Field({
  label,
  problem,
  children,
}: {
  label: string
  problem?: string | undefined
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
      {problem ? (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      ) : null}
    </label>
  )
}
