import { ChevronLeft, Ellipsis, Users } from 'lucide-react'
import { Link } from 'wouter'
import type { ChatPage } from '#sandbox/feishu/im/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import { ChatAvatar } from './chat-avatar.tsx'
import styles from './chat-header.module.css'

/** Name of the chat, who is in it, the way back on a phone. */
export function ChatHeader({ chat, onDetails }: { chat: ChatPage; onDetails: () => void }) {
  const t = useT()
  const isGroup = chat.mode === 'group'
  const count = chat.members.length
  return (
    <header className={styles.header}>
      <Link href="/messenger" className={styles.back} aria-label={t('返回会话列表', 'Back to the chats')}>
        <ChevronLeft size={22} />
      </Link>
      <ChatAvatar kind={isGroup ? 'group' : 'bot'} name={chat.name} size={34} />
      <div className={styles.title}>
        <h2>
          <bdi>{chat.name}</bdi>
          {isGroup ? null : <small className={styles.bot}>{t('机器人', 'Bot')}</small>}
        </h2>
        <p>
          {isGroup ? (
            <button type="button" onClick={onDetails} aria-label={t(`${count} 位成员`, `${count} members`)}>
              <Users size={12} aria-hidden /> {count}
            </button>
          ) : null}
          <span>{chat.description}</span>
        </p>
      </div>
      {isGroup ? (
        <button
          type="button"
          className={styles.details}
          onClick={onDetails}
          aria-label={t('群设置', 'Group settings')}
          title={t('群设置', 'Group settings')}
        >
          <Ellipsis size={20} />
        </button>
      ) : null}
    </header>
  )
}
