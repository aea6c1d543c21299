import { useState } from 'react'
import type { ChatPage, ThreadPage, WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { useWeb } from '../api/query.ts'
import { useT } from '../shell/language.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { Composer } from './composer.tsx'
import historyStyles from './history.module.css'
import { MessageList } from './history.tsx'
import { SidePanel } from './side-panel.tsx'
import styles from './thread-panel.module.css'
import { messengerParts } from './use-messages.ts'

export interface ThreadPanelProps {
  chat: ChatPage
  rootId: string
  onClose: () => void
}

/** A message with its answers, and where one answers. */
export function ThreadPanel({ chat, rootId, onClose }: ThreadPanelProps) {
  const t = useT()
  const { data, error } = useWeb<ThreadPage>(
    `messenger/threads/${encodeURIComponent(rootId)}`,
    messengerParts,
  )
  const [replyTo, setReplyTo] = useState<WebMessage | null>(null)
  const handlers = { onReply: setReplyTo }
  return (
    <SidePanel title={t('话题', 'Thread')} onClose={onClose}>
      {data === undefined ? (
        error ? (
          <Empty title={t('看不到这个话题', 'You cannot see this thread')} text={error.message} />
        ) : (
          <Loading />
        )
      ) : (
        <>
          <div className={historyStyles.scroller}>
            <div className={styles.messages}>
              <MessageList items={[data.root]} handlers={handlers} isInThread />
              <p className={styles.count}>
                {t(`${data.replies.length} 条回复`, `${data.replies.length} replies`)}
              </p>
              <MessageList items={data.replies} handlers={handlers} isInThread />
            </div>
          </div>
          {chat.can.write && data.root.recalled === null ? (
            <Composer
              chat={chat}
              threadRoot={rootId}
              replyTo={replyTo}
              onSent={() => setReplyTo(null)}
              onForgetReply={() => setReplyTo(null)}
            />
          ) : null}
        </>
      )}
    </SidePanel>
  )
}
