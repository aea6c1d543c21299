import { useState } from 'react'
import { useT } from '../shell/language.tsx'
import styles from './gallery.module.css'

/** JSON that is folded away until somebody wants it. */
export function JsonView({ text }: { text: string }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.json} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>JSON</summary>
      {open ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll long JSON
        <section tabIndex={0} aria-label={t('卡片 JSON', 'Card JSON')}>
          <pre>{text}</pre>
        </section>
      ) : null}
    </details>
  )
}
