import { useState } from 'react'
import type { ChatPage } from '#sandbox/feishu/im/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import { Button } from '../ui/button.tsx'
import styles from './new-group-dialog.module.css'

export interface EditGroupProps {
  chat: ChatPage
  onSave: (edit: { name: string; description: string }) => Promise<boolean>
}

/** Name and description of a group, to change for those who may. */
export function EditGroup({ chat, onSave }: EditGroupProps) {
  const t = useT()
  const [name, setName] = useState(chat.name)
  const [description, setDescription] = useState(chat.description)
  const isChanged = name !== chat.name || description !== chat.description
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void onSave({ name, description })
      }}
    >
      <label className={styles.field}>
        <span>{t('群名称', 'Name')}</span>
        <input
          value={name}
          maxLength={100}
          disabled={!chat.can.edit}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className={styles.field}>
        <span>{t('群描述', 'Description')}</span>
        <textarea
          value={description}
          rows={2}
          maxLength={100}
          disabled={!chat.can.edit}
          onChange={(event) => setDescription(event.target.value)}
        />
      </label>
      {isChanged ? (
        <Button type="submit" look="primary" small disabled={name.trim() === ''}>
          {t('保存', 'Save')}
        </Button>
      ) : null}
    </form>
  )
}
