import { useState } from 'react'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import styles from './base-list.module.css'

export interface NameDialogProps {
  title: string
  name: string
  onClose: () => void
  /** false: it was refused and the dialog stays. */
  onSave(name: string): Promise<boolean>
}

/** Asks for a name. */
export function NameDialog({ title, name, onClose, onSave }: NameDialogProps) {
  const t = useT()
  const [text, setText] = useState(name)
  const save = async () => {
    if (await onSave(text.trim())) onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      width={400}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" disabled={text.trim() === ''} onClick={() => void save()}>
            {t('确定', 'Save')}
          </Button>
        </>
      }
    >
      <input
        className={styles.name}
        aria-label={t('名称', 'Name')}
        value={text}
        maxLength={100}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text.trim() !== '') void save()
        }}
      />
    </Dialog>
  )
}
