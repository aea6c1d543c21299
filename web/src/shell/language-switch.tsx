import { useLanguage } from './language.tsx'
import styles from './person-switch.module.css'

export function LanguageSwitch() {
  const { language, choose } = useLanguage()
  return (
    <button
      type="button"
      className={styles.plain}
      onClick={() => choose(language === 'zh' ? 'en' : 'zh')}
      aria-label={language === 'zh' ? 'Switch to English' : '切换到中文'}
    >
      {language === 'zh' ? 'EN' : '中'}
    </button>
  )
}
