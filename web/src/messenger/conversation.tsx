import { useCallback, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { ChatPage, WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { WebFailure } from '../api/client.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { BotMenu } from './bot-menu.tsx'
import { MembersContext } from './card-content.tsx'
import { ChatHeader } from './chat-header.tsx'
import { ChatNotices } from './chat-notices.tsx'
import { Composer } from './composer.tsx'
import styles from './conversation.module.css'
import { GroupPanel } from './group-panel.tsx'
import { History } from './history.tsx'
import { PinsPanel } from './pins-panel.tsx'
import { ThreadPanel } from './thread-panel.tsx'
import { messengerParts, useMessages, useSeen } from './use-messages.ts'

/** One chat: its header, its messages, what one writes, and a thread or the group's details beside them. */
export function Conversation({ chatId }: { chatId: string }) {
  const path = `messenger/chats/${encodeURIComponent(chatId)}`
  const { data: chat, error } = useWeb<ChatPage>(path, messengerParts)
  const [, go] = useLocation()
  const t = useT()
  if (error instanceof WebFailure && error.status === 404)
    return (
      <Empty title={t('看不到这个会话', 'You cannot see this chat')} text={error.message}>
        <Button onClick={() => go('/messenger')}>{t('返回会话列表', 'Back to the chats')}</Button>
      </Empty>
    )
  if (chat === undefined) return <Loading />
  return <OpenChat chat={chat} />
}

function OpenChat({ chat }: { chat: ChatPage }) {
  const { me } = useSession()
  const t = useT()
  const messages = useMessages(chat.chat_id)
  const [search, setSearch] = useSearchParams()
  const [replyTo, setReplyTo] = useState<WebMessage | null>(null)
  const thread = search.get('thread')
  const panel = search.get('panel')
  useSeen(chat.chat_id, messages.items?.at(-1)?.message_id, me.open_id)
  const openThread = useCallback((id: string) => setSearch({ thread: id }), [setSearch])
  const close = () => setSearch({})
  return (
    <MembersContext value={chat.members}>
      <div className={styles.chat} data-side={thread !== null || panel !== null}>
        <section className={styles.main} aria-label={chat.name}>
          <ChatHeader chat={chat} onDetails={() => setSearch(panel ? {} : { panel: 'group' })} />
          <ChatNotices chat={chat} onPins={() => setSearch({ panel: 'pins' })} />
          <History messages={messages} handlers={{ onReply: setReplyTo, onThread: openThread }} />
          {chat.menu.length > 0 ? <BotMenu chat={chat} /> : null}
          {chat.can.write ? (
            <Composer
              key={me.open_id}
              chat={chat}
              replyTo={replyTo}
              onSent={() => setReplyTo(null)}
              onForgetReply={() => setReplyTo(null)}
            />
          ) : (
            <p className={styles.silent}>{t('本群已设置发言权限', 'Only some may write in this group')}</p>
          )}
        </section>
        {thread !== null ? (
          <ThreadPanel key={thread} chat={chat} rootId={thread} onClose={close} />
        ) : panel === 'pins' ? (
          <PinsPanel chat={chat} onClose={close} />
        ) : panel !== null ? (
          <GroupPanel chat={chat} onClose={close} />
        ) : null}
      </div>
    </MembersContext>
  )
}
