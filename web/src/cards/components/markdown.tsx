import { useCard } from '../context.ts'
import type { ElementProps } from '../elements.tsx'
import { isObject } from '../json.ts'
import { Markdown } from '../markdown/blocks.tsx'
import { CardIcon } from '../parts/icon.tsx'
import { useWords } from '../parts/text.tsx'
import { alignOf, textSizeOf } from '../sizes.ts'
import styles from './content.module.css'

export function MarkdownElement({ element }: ElementProps) {
  const card = useCard()
  const size = textSizeOf(element.text_size, card.textSizes)
  const content = useWords()(element)
  return (
    <div className={styles.div} style={{ fontSize: size, textAlign: alignOf(element.text_align) }}>
      {isObject(element.icon) ? <CardIcon icon={element.icon} size={size + 2} /> : null}
      <div className={styles.divTexts}>
        <Markdown content={content} />
      </div>
    </div>
  )
}
