import type { ChatPage, WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useLanguage, useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { ChatAvatar } from './chat-avatar.tsx'
import { MessageContent } from './message-content.tsx'
import styles from './pins-panel.module.css'
import { SidePanel } from './side-panel.tsx'
import { shortMoment } from './times.ts'
import { messengerParts } from './use-messages.ts'

/** The pinned messages of a chat, newest pin first. */
export function PinsPanel({ chat, onClose }: { chat: ChatPage; onClose: () => void }) {
  const t = useT()
  const { data } = useWeb<WebMessage[]>(`messenger/chats/${chat.chat_id}/pins`, messengerParts)
  return (
    <SidePanel title={t('Pin 消息', 'Pinned messages')} onClose={onClose}>
      {data === undefined ? (
        <Loading />
      ) : data.length === 0 ? (
        <Empty title={t('没有 Pin 消息', 'Nothing is pinned')} />
      ) : (
        <ul className={styles.pins}>
          {data.map((message) => (
            <Pinned key={message.message_id} message={message} />
          ))}
        </ul>
      )}
    </SidePanel>
  )
}

function Pinned({ message }: { message: WebMessage }) {
  const { language } = useLanguage()
  const { now } = useSession()
  const kind = message.sender.kind === 'bot' ? 'bot' : 'person'
  return (
    <li className={styles.pin}>
      <p>
        <ChatAvatar kind={kind} name={message.sender.name} size={24} />
        <bdi>{message.sender.name}</bdi>
        <time>{shortMoment(message.at, Math.max(now, message.at), language)}</time>
      </p>
      <MessageContent message={message} />
    </li>
  )
}
