import { Copy } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import { useToast } from '../../ui/toast.tsx'
import styles from './markdown.module.css'

/** Code with its language and a way to copy it. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const t = useT()
  const show = useToast()
  const copy = () => {
    navigator.clipboard
      .writeText(code)
      .then(() => show('success', t('已复制', 'Copied')))
      .catch(() => show('error', t('浏览器不允许复制', 'The browser does not allow copying')))
  }
  return (
    <figure className={styles.codeBlock}>
      <figcaption>
        <span>{language || 'Plain Text'}</span>
        <button
          type="button"
          onClick={(event) => {
            event.stopPropagation()
            copy()
          }}
          aria-label={t('复制代码', 'Copy the code')}
        >
          <Copy size={13} />
        </button>
      </figcaption>
      <pre>
        <code>{code}</code>
      </pre>
    </figure>
  )
}
