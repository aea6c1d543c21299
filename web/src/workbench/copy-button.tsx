import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { useToast } from '../ui/toast.tsx'

interface CopyButtonProps {
  text: string
  /** Its name: 复制 what. */
  what: string
  /** Shows 复制 alone, where the name stands beside it. */
  short?: boolean
}

/** Puts a text on the clipboard. */
export function CopyButton({ text, what, short = false }: CopyButtonProps) {
  const t = useT()
  const show = useToast()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), 1_500)
    } catch {
      show('error', t('浏览器不允许写剪贴板', 'The browser does not allow copying'))
    }
  }
  return (
    <Button small onClick={copy} aria-label={t(`复制${what}`, `Copy ${what}`)}>
      {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      {copied ? t('已复制', 'Copied') : t(`复制${short ? '' : what}`, short ? 'Copy' : `Copy ${what}`)}
    </Button>
  )
}
