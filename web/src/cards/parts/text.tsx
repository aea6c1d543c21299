import type { CSSProperties } from 'react'
import { textColorOf } from '../colors.ts'
import { useCard } from '../context.ts'
import { type CardObject, numberOf, objectOf, textOf } from '../json.ts'
import { Markdown } from '../markdown/blocks.tsx'
import { alignOf, linesStyle, textSizeOf } from '../sizes.ts'
import { CardIcon } from './icon.tsx'
import styles from './parts.module.css'

/** The words of a text object in the reader's language. */
export function useWords(): (value: unknown) => string {
  const { language } = useCard()
  return (value) => {
    const text = objectOf(value)
    return textOf(objectOf(text.i18n_content ?? text.i18n)[language]) ?? textOf(text.content) ?? ''
  }
}

/** A text object: plain, or with the little Markdown that lark_md allows. */
export function CardText({ text, style }: { text: CardObject; style?: CSSProperties }) {
  const card = useCard()
  const words = useWords()(text)
  const size = textSizeOf(text.text_size, card.textSizes)
  const look: CSSProperties = {
    fontSize: size,
    textAlign: alignOf(text.text_align),
    ...(text.tag === 'plain_text' && { color: textColorOf(text.text_color, card.colors) }),
    ...linesStyle(numberOf(text.lines)),
    ...style,
  }
  const icon = text.icon === undefined ? null : <CardIcon icon={objectOf(text.icon)} size={size + 2} />
  const body =
    text.tag === 'lark_md' || text.tag === 'markdown' ? (
      <div className={styles.text} style={look}>
        <Markdown content={words} dialect={text.tag} />
      </div>
    ) : (
      <div className={styles.text} style={look} dir="auto">
        {words}
      </div>
    )
  if (icon === null) return body
  return (
    <div className={styles.withIcon}>
      {icon}
      {body}
    </div>
  )
}
