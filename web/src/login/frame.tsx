import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../shell/language.tsx'
import { LanguageSwitch } from '../shell/language-switch.tsx'
import styles from './login.module.css'

/** The page around a single decision: a card in the middle, full width on a phone. */
export function Frame({ children }: { children: ReactNode }) {
  const t = useT()
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <span className={styles.brand}>
          <span className={styles.mark} aria-hidden />
          {t('飞书沙箱', 'Feishu sandbox')}
        </span>
        <span className={styles.badge}>{t('演示数据', 'Demo data')}</span>
        <span className={styles.grow} />
        <LanguageSwitch />
      </header>
      <main className={styles.card}>{children}</main>
    </div>
  )
}

/** Why nothing can be decided here, with the platform's code when it has one. */
export function Problem({ title, text, code }: { title: string; text: string; code?: number | undefined }) {
  const t = useT()
  return (
    <Frame>
      <div className={styles.problem} role="alert">
        <CircleAlert size={40} aria-hidden />
        <h1>{title}</h1>
        <p>{text}</p>
        {code ? (
          <small>
            {t('错误码', 'Error code')}：{code}
          </small>
        ) : null}
      </div>
    </Frame>
  )
}
