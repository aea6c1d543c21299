import { CircleCheck } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './form.module.css'

/** After a form was sent. */
export function Thanks({ onAgain }: { onAgain?: () => void }) {
  const t = useT()
  return (
    <div className={styles.paper}>
      <div className={styles.cover} aria-hidden />
      <div className={styles.message} role="status">
        <CircleCheck size={52} color="var(--green)" strokeWidth={1.6} aria-hidden />
        <h1>{t('提交成功', 'Submitted')}</h1>
        <p>{t('感谢你的填写', 'Thank you for filling this in')}</p>
        {onAgain ? <Button onClick={onAgain}>{t('再填一份', 'Fill in another')}</Button> : null}
      </div>
    </div>
  )
}
