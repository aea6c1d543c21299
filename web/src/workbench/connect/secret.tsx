import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../copy-button.tsx'
import panel from '../panel.module.css'
import styles from './connect.module.css'

/** A value to copy; a secret is covered until somebody wants to see it. */
export function Secret({ name, value, open = false }: { name: string; value: string; open?: boolean }) {
  const t = useT()
  const [seen, setSeen] = useState(open)
  return (
    <li>
      <span className={styles.name}>{name}</span>
      <code className={`${panel.mono} ${panel.grow}`}>{seen ? value : '•'.repeat(24)}</code>
      <span className={styles.buttons}>
        {open ? null : (
          <Button
            small
            look="text"
            onClick={() => setSeen(!seen)}
            aria-label={seen ? t(`遮住 ${name}`, `Hide ${name}`) : t(`显示 ${name}`, `Reveal ${name}`)}
          >
            {seen ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
          </Button>
        )}
        <CopyButton text={value} what={` ${name}`} short />
      </span>
    </li>
  )
}
