import { useT } from './language.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { PersonSwitch } from './person-switch.tsx'
import { useSession } from './session.tsx'
import styles from './top-bar.module.css'

/** Says that all of this is demo data, whether a product listens, and who is being played. */
export function TopBar({ connected }: { connected: boolean }) {
  const t = useT()
  const session = useSession()
  return (
    <header className={styles.bar}>
      <strong className={styles.name}>{t('汇流沙箱', 'Huiliu sandbox')}</strong>
      <span className={styles.demo}>{t('演示数据', 'Demo data')}</span>
      <span className={session.connected ? styles.on : styles.off} data-connected={session.connected}>
        {session.connected ? t('汇流已连接', 'Connected') : t('汇流未连接', 'No product connected')}
      </span>
      {connected ? null : (
        <span className={styles.off} role="status">
          {t('与沙箱的连接断开，正在重连…', 'Reconnecting to the sandbox …')}
        </span>
      )}
      <span className={styles.space} />
      <LanguageSwitch />
      <PersonSwitch />
    </header>
  )
}
