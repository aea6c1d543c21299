import { colorOf } from '../colors.ts'
import { useCard } from '../context.ts'
import { type CardObject, textOf } from '../json.ts'
import { iconOf } from './icon-tokens.ts'
import styles from './parts.module.css'

export interface CardIconProps {
  icon: CardObject
  /** px */
  size?: number
}

/** An icon of a card: one of the platform's library, or an uploaded picture. */
export function CardIcon({ icon, size = 16 }: CardIconProps) {
  const card = useCard()
  const px = sizeOf(icon.size) ?? size
  if (icon.tag === 'custom_icon') {
    const address = card.image(textOf(icon.img_key) ?? '')
    if (address === undefined) return <span className={styles.noIcon} style={{ width: px, height: px }} />
    return <img className={styles.icon} src={address} alt="" width={px} height={px} />
  }
  const token = textOf(icon.token) ?? ''
  const Icon = iconOf(token)
  return (
    <Icon
      size={px}
      aria-hidden
      className={styles.icon}
      data-icon={token}
      color={colorOf(icon.color, card.colors) ?? colorful(token) ?? 'currentColor'}
      {...(token.endsWith('_filled') && { fill: 'currentColor', fillOpacity: 0.18 })}
    />
  )
}

/** `16px 16px`: the first counts. */
function sizeOf(value: unknown): number | undefined {
  const px = /^(\d{1,3})px/.exec(textOf(value) ?? '')?.[1]
  return px === undefined ? undefined : Math.min(Number(px), 64)
}

const bright = ['#3370ff', '#ff8800', '#00b5a3', '#7f3bf5', '#f54a45', '#2ea121']

function colorful(token: string): string | undefined {
  if (!token.endsWith('_colorful')) return undefined
  return bright[[...token].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % bright.length]
}
