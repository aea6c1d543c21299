import styles from './avatar.module.css'

const colors = ['#3370ff', '#7f3bf5', '#00b5a3', '#f77234', '#e0489d', '#2ea121', '#d99904', '#1d94cc']

export interface AvatarProps {
  name: string
  /** px */
  size?: number
  /** A rounded square, as groups and apps have. */
  square?: boolean
}

/** The last letters of a name on a colour that belongs to the name. */
export function Avatar({ name, size = 36, square = false }: AvatarProps) {
  const color =
    colors[[...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % colors.length]
  const letters = square ? [...name].slice(0, 2).join('') : [...name].slice(-2).join('')
  return (
    <span
      className={styles.avatar}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.36,
        background: color,
        borderRadius: square ? size * 0.25 : '50%',
      }}
      aria-hidden
    >
      {letters}
    </span>
  )
}
