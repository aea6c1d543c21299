import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../shell/language.tsx'
import styles from './command.module.css'

/** A command line, to be copied. */
export function Command({ text }: { text: string }) {
  const t = useT()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard?.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_600)
  }
  return (
    <div className={styles.command}>
      <code>{text}</code>
      <button type="button" onClick={copy} aria-label={t('复制命令', 'Copy the command')}>
        {copied ? <Check size={16} /> : <Copy size={16} />}
      </button>
    </div>
  )
}
