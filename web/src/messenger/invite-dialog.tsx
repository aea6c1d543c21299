import { useState } from 'react'
import type { ChatPage } from '#sandbox/feishu/im/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { PeoplePicker } from './people-picker.tsx'

export interface InviteDialogProps {
  chat: ChatPage
  onClose: () => void
  onInvite: (ids: string[]) => Promise<boolean>
}

/** Brings people or the bot into a group. */
export function InviteDialog({ chat, onClose, onInvite }: InviteDialogProps) {
  const t = useT()
  const [ids, setIds] = useState<string[]>([])
  const invite = async () => {
    if (await onInvite(ids)) onClose()
  }
  return (
    <Dialog
      title={t('添加成员', 'Add members')}
      width={400}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" disabled={ids.length === 0} onClick={() => void invite()}>
            {t('添加', 'Add')}
          </Button>
        </>
      }
    >
      <PeoplePicker chosen={ids} onChange={setIds} except={chat.members.map(({ open_id }) => open_id)} />
    </Dialog>
  )
}
