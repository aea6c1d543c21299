import { useState } from 'react'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

export interface ConfirmDialogProps {
  title: string
  text: string
  onClose: () => void
  /** The dialog closes when it is over. */
  onDelete: () => Promise<unknown>
}

/** Asks before something is deleted. */
export function ConfirmDialog({ title, text, onClose, onDelete }: ConfirmDialogProps) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    await onDelete()
    setBusy(false)
    onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      width={420}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="danger" busy={busy} onClick={() => void go()}>
            {t('删除', 'Delete')}
          </Button>
        </>
      }
    >
      {text}
    </Dialog>
  )
}
