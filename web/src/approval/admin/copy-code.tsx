import { Copy } from 'lucide-react'
import { useT } from '../../shell/language.tsx'
import { useToast } from '../../ui/toast.tsx'
import styles from './admin.module.css'

/** A code that apps are configured with; a press copies it. */
export function CopyCode({ label, code }: { label: string; code: string }) {
  const t = useT()
  const toast = useToast()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code)
      toast('success', t('已复制', 'Copied'))
    } catch {
      toast('warning', t('浏览器不允许复制，请手动选择', 'The browser refused; select it by hand'))
    }
  }
  return (
    <span className={styles.code}>
      <small>{label}</small>
      <code>{code}</code>
      <button type="button" aria-label={t(`复制 ${label} ${code}`, `Copy ${label} ${code}`)} onClick={copy}>
        <Copy size={13} aria-hidden />
      </button>
    </span>
  )
}
