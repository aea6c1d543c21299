import type { CSSProperties, ReactNode } from 'react'
import { type CardObject, textOf } from '../json.ts'
import { useWords } from '../parts/text.tsx'
import { lengthOf } from '../sizes.ts'
import styles from './fields.module.css'

/** What surrounds a field: its message when something is missing. */
export function FieldFrame({ error, children }: { error: string | undefined; children: ReactNode }) {
  return (
    <div className={styles.frame}>
      {children}
      {error === undefined ? null : (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </div>
  )
}

/** The width a field asks for: default, fill, or px. */
export function fieldWidth(element: CardObject, usual: CSSProperties['width'] = 'auto'): CSSProperties {
  if (element.width === 'fill') return { width: '100%' }
  const px = lengthOf(element.width)
  return { width: px ?? usual, maxWidth: '100%' }
}

/** Hover words and the name of a field for those who cannot see it. */
export function useFieldWords(element: CardObject, usual: string) {
  const words = useWords()
  const placeholder = words(element.placeholder) || usual
  const tips = element.disabled === true ? words(element.disabled_tips) : ''
  return {
    placeholder,
    label: words(element.label) || placeholder || textOf(element.name) || usual,
    tips: tips || words(element.hover_tips) || undefined,
  }
}
