import type { ButtonHTMLAttributes } from 'react'
import styles from './button.module.css'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'primary' | 'normal' | 'danger' | 'text'
  small?: boolean
  /** Shows that the press is under way and takes no other. */
  busy?: boolean
}

export function Button({
  look = 'normal',
  small = false,
  busy = false,
  disabled,
  className,
  ...rest
}: ButtonProps) {
  const classes = [
    styles.button,
    styles[look],
    small ? styles.small : '',
    busy ? styles.busy : '',
    className ?? '',
  ]
  return (
    <button
      type="button"
      className={classes.join(' ')}
      disabled={disabled || busy}
      aria-busy={busy}
      {...rest}
    />
  )
}
