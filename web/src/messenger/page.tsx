import { useLocation } from 'wouter'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { ChatList } from './chat-list.tsx'
import { Conversation } from './conversation.tsx'
import styles from './page.module.css'

/** Chats at the left, the open one beside them; on a phone one of the two. */
export default function MessengerPage() {
  const [path] = useLocation()
  const t = useT()
  const chatId = decodeURIComponent(path.split('/')[2] ?? '')
  return (
    <div className={styles.messenger} data-open={chatId !== ''}>
      <div className={styles.list}>
        <ChatList current={chatId} />
      </div>
      <div className={styles.open}>
        {chatId === '' ? (
          <Empty
            title={t('选择一个会话', 'Choose a chat')}
            text={t('群聊和机器人的消息都在左边', 'Groups and the bot are at the left')}
          />
        ) : (
          <Conversation key={chatId} chatId={chatId} />
        )}
      </div>
    </div>
  )
}
