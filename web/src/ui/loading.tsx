import { useT } from '../shell/language.tsx'
import styles from './loading.module.css'

export function Loading() {
  const t = useT()
  return (
    <div className={styles.loading} role="status">
      <span className={styles.ring} aria-hidden />
      <span className="visually-hidden">{t('加载中', 'Loading')}</span>
    </div>
  )
}
