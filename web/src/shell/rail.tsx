import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { areas } from '../areas.tsx'
import { useT } from './language.tsx'
import styles from './rail.module.css'

/** The areas, at the left; at the bottom on a phone. */
export function Rail({ current }: { current: string | undefined }) {
  const t = useT()
  const rail = useRef<HTMLElement>(null)
  // On a phone the rail is wider than the screen: where one is must be seen.
  useEffect(() => {
    if (current === undefined) return
    rail.current
      ?.querySelector(`[data-area="${CSS.escape(current)}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <nav ref={rail} className={styles.rail} aria-label={t('主导航', 'Main')}>
      {areas
        .filter((area) => !area.hidden)
        .map(({ id, home, icon: Icon, zh, en }) => (
          <Link
            key={id}
            href={home}
            className={styles.item}
            aria-current={id === current ? 'page' : undefined}
            data-area={id}
          >
            <Icon size={20} strokeWidth={1.8} aria-hidden />
            <span>{t(zh, en)}</span>
          </Link>
        ))}
    </nav>
  )
}
