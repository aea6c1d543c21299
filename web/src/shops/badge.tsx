import { useT } from '../shell/language.tsx'
import styles from './badge.module.css'
import type { Words } from './words.ts'

/** A state in words, on its colour. */
export function Badge({ words }: { words: Words }) {
  const t = useT()
  return <span className={`${styles.badge} ${styles[words[2] ?? 'grey']}`}>{t(words[0], words[1])}</span>
}
