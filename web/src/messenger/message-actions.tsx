import { MessagesSquare, Reply, Undo2 } from 'lucide-react'
import type { WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useTry } from '../ui/toast.tsx'
import styles from './message-row.module.css'

export interface MessageHandlers {
  onReply: (message: WebMessage) => void
  /** Opens the thread of a message (an empty one starts it); undefined inside a thread. */
  onThread?: ((messageId: string) => void) | undefined
}

/** What can be done with a message: shown beside it while one points at it or has tapped it. */
export function MessageActions({ message, onReply, onThread }: MessageHandlers & { message: WebMessage }) {
  const t = useT()
  const attempt = useTry()
  const recall = () => attempt(() => send('POST', `messenger/messages/${message.message_id}/recall`))
  return (
    <div className={styles.actions}>
      <button
        type="button"
        title={t('回复', 'Reply')}
        aria-label={t('回复', 'Reply')}
        onClick={() => onReply(message)}
      >
        <Reply size={16} />
      </button>
      {onThread ? (
        <button
          type="button"
          title={t('在话题中回复', 'Reply in thread')}
          aria-label={t('在话题中回复', 'Reply in thread')}
          onClick={() => onThread(message.message_id)}
        >
          <MessagesSquare size={16} />
        </button>
      ) : null}
      {message.canRecall ? (
        <button
          type="button"
          title={t('撤回', 'Recall')}
          aria-label={t('撤回', 'Recall')}
          onClick={() => void recall()}
        >
          <Undo2 size={16} />
        </button>
      ) : null}
    </div>
  )
}
