import type { WebPush } from '#sandbox/channels/web/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Loaded } from './load-state.tsx'
import { PushList } from './push-list.tsx'
import styles from './shops.module.css'

/** Every signed push of the platform, with its tries. */
export function Pushes() {
  const t = useT()
  const pushes = useWeb<WebPush[]>('shop-pushes', ['douyin-shop-pushes'])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('消息推送', 'Pushes')}</h1>
        <span className={styles.hint}>
          {t('最近 100 次，签名在 event-sign 里', 'The latest 100; the signature is in event-sign')}
        </span>
      </header>
      <section className={styles.panel} aria-label={t('推送记录', 'Push record')}>
        <Loaded query={pushes}>{(list) => <PushList pushes={list} />}</Loaded>
      </section>
    </div>
  )
}
