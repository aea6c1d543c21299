import { useState } from 'react'
import { useT } from '../../shell/language.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface ConfirmProps {
  title: string
  text: string
  /** What the button says that does it. */
  action: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

/** Asks before a world is thrown away. */
export function Confirm({ title, text, action, onConfirm, onClose }: ConfirmProps) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    await onConfirm()
    onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={busy} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  )
}
