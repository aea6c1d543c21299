import { useState } from 'react'
import { useLocation } from 'wouter'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Frame } from './frame.tsx'
import styles from './login.module.css'

/** Without a scanned address: the code is typed by hand. */
export function CodeEntry() {
  const t = useT()
  const [, go] = useLocation()
  const [code, setCode] = useState('')
  return (
    <Frame>
      <form
        className={styles.entry}
        onSubmit={(event) => {
          event.preventDefault()
          go(`/device?user_code=${encodeURIComponent(code.trim().toUpperCase())}`)
        }}
      >
        <h1>{t('输入配对码', 'Enter the pairing code')}</h1>
        <p>{t('你的程序里显示的 8 位代码', 'The eight characters your program shows')}</p>
        <input
          aria-label={t('配对码', 'Pairing code')}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          placeholder="ABCD-2345"
          autoComplete="off"
          maxLength={9}
        />
        <Button type="submit" look="primary" className={styles.wide} disabled={code.trim().length < 9}>
          {t('下一步', 'Next')}
        </Button>
      </form>
    </Frame>
  )
}
