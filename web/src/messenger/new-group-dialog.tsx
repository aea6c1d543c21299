import { useState } from 'react'
import { useLocation } from 'wouter'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useTry } from '../ui/toast.tsx'
import styles from './new-group-dialog.module.css'
import { PeoplePicker } from './people-picker.tsx'

/** Makes a group of people, with or without the bot. */
export function NewGroupDialog({ onClose }: { onClose: () => void }) {
  const { me } = useSession()
  const [name, setName] = useState('')
  const [ids, setIds] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [, go] = useLocation()
  const attempt = useTry()
  const t = useT()
  const make = async () => {
    setBusy(true)
    const made = await attempt(async () => {
      const { chat_id } = await send<{ chat_id: string }>('POST', 'messenger/chats', { name, ids })
      go(`/messenger/${chat_id}`)
    })
    setBusy(false)
    if (made) onClose()
  }
  return (
    <Dialog
      title={t('创建群聊', 'New group')}
      onClose={onClose}
      width={420}
      actions={
        <>
          <Button onClick={onClose}>{t('取消', 'Cancel')}</Button>
          <Button look="primary" busy={busy} disabled={ids.length === 0} onClick={() => void make()}>
            {t('创建', 'Create')}
          </Button>
        </>
      }
    >
      <label className={styles.field}>
        <span>{t('群名称', 'Name')}</span>
        <input
          value={name}
          maxLength={100}
          placeholder={t('不填则用成员姓名', 'Empty: the members’ names')}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <PeoplePicker chosen={ids} onChange={setIds} except={[me.open_id]} />
    </Dialog>
  )
}
