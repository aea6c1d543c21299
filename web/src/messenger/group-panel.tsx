import { LogOut, Trash2, UserPlus, X } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ChatMember, ChatPage } from '#sandbox/feishu/im/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useTry } from '../ui/toast.tsx'
import { ChatAvatar } from './chat-avatar.tsx'
import { EditGroup } from './edit-group.tsx'
import styles from './group-panel.module.css'
import { InviteDialog } from './invite-dialog.tsx'
import { SidePanel } from './side-panel.tsx'

/** A group's name, members and what one may do to it. */
export function GroupPanel({ chat, onClose }: { chat: ChatPage; onClose: () => void }) {
  const t = useT()
  const attempt = useTry()
  const [, go] = useLocation()
  const [open, setOpen] = useState<'invite' | 'leave' | 'dissolve' | null>(null)
  const act = (path: string, body = {}) =>
    attempt(() => send('POST', `messenger/chats/${chat.chat_id}/${path}`, body))
  const end = (path: 'leave' | 'dissolve') => {
    // Away first: a chat that is gone must not be asked for again.
    go('/messenger')
    void act(path)
  }
  return (
    <SidePanel title={t('群设置', 'Group settings')} onClose={onClose}>
      <div className={styles.body}>
        <EditGroup
          key={`${chat.name} ${chat.description}`}
          chat={chat}
          onSave={(edit) => act('edit', edit)}
        />
        <div className={styles.heading}>
          <h4>{t(`群成员 ${chat.members.length}`, `${chat.members.length} members`)}</h4>
          {chat.can.invite ? (
            <Button small look="text" onClick={() => setOpen('invite')}>
              <UserPlus size={15} aria-hidden /> {t('添加成员', 'Add')}
            </Button>
          ) : null}
        </div>
        <ul className={styles.members}>
          {chat.members.map((member) => (
            <Member
              key={member.open_id}
              member={member}
              onRemove={
                chat.can.remove && member.role !== 'owner'
                  ? () => void act('remove', { ids: [member.open_id] })
                  : undefined
              }
            />
          ))}
        </ul>
        <div className={styles.ends}>
          <Button onClick={() => setOpen('leave')}>
            <LogOut size={15} aria-hidden /> {t('退出群聊', 'Leave')}
          </Button>
          {chat.can.dissolve ? (
            <Button look="danger" onClick={() => setOpen('dissolve')}>
              <Trash2 size={15} aria-hidden /> {t('解散群聊', 'Dissolve')}
            </Button>
          ) : null}
        </div>
      </div>
      {open === 'invite' ? (
        <InviteDialog chat={chat} onClose={() => setOpen(null)} onInvite={(ids) => act('members', { ids })} />
      ) : null}
      {open === 'leave' || open === 'dissolve' ? (
        <Sure path={open} name={chat.name} onClose={() => setOpen(null)} onYes={() => end(open)} />
      ) : null}
    </SidePanel>
  )
}

function Member({ member, onRemove }: { member: ChatMember; onRemove: (() => void) | undefined }) {
  const { me } = useSession()
  const t = useT()
  const role =
    member.role === 'owner' ? t('群主', 'Owner') : member.role === 'manager' ? t('管理员', 'Manager') : null
  return (
    <li className={styles.member}>
      <ChatAvatar kind={member.kind} name={member.name} size={32} />
      <bdi>{member.name}</bdi>
      {member.open_id === me.open_id ? <small>{t('我', 'me')}</small> : null}
      {member.kind === 'bot' ? <small>{t('机器人', 'Bot')}</small> : null}
      {role ? <small className={styles.role}>{role}</small> : null}
      {onRemove ? (
        <button
          type="button"
          onClick={onRemove}
          aria-label={t(`移除 ${member.name}`, `Remove ${member.name}`)}
        >
          <X size={15} />
        </button>
      ) : null}
    </li>
  )
}

function Sure(props: { path: 'leave' | 'dissolve'; name: string; onClose: () => void; onYes: () => void }) {
  const t = useT()
  const leaving = props.path === 'leave'
  const title = leaving ? t('退出群聊？', 'Leave the group?') : t('解散群聊？', 'Dissolve the group?')
  return (
    <Dialog
      title={title}
      width={400}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t('取消', 'Cancel')}</Button>
          <Button look={leaving ? 'primary' : 'danger'} onClick={props.onYes}>
            {leaving ? t('退出', 'Leave') : t('解散', 'Dissolve')}
          </Button>
        </>
      }
    >
      <p className={styles.sure}>
        {leaving
          ? t(`你将不再收到“${props.name}”的消息。`, `You will get no more messages of “${props.name}”.`)
          : t(`“${props.name}”对所有成员都会消失，不能恢复。`, `“${props.name}” will be gone for everybody.`)}
      </p>
    </Dialog>
  )
}
