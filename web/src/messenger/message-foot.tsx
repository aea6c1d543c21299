import { BellRing, Check, CheckCheck, MessagesSquare, Pin } from 'lucide-react'
import type { WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { send } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { Popover } from '../ui/popover.tsx'
import { useTry } from '../ui/toast.tsx'
import { emojiOf } from './emoji.ts'
import styles from './message-foot.module.css'

export interface MessageFootProps {
  message: WebMessage
  onThread: ((messageId: string) => void) | undefined
}

/** Marks under a message: its thread, reactions, urgency, edits, pin, and who has read it. */
export function MessageFoot({ message, onThread }: MessageFootProps) {
  const t = useT()
  const { thread, urgent, reactions, edited, pinned, read, mine } = message
  return (
    <>
      {thread && thread.replies > 0 && onThread ? (
        <button type="button" className={styles.thread} onClick={() => onThread(message.message_id)}>
          <MessagesSquare size={14} aria-hidden />
          <b>{t(`${thread.replies} 条回复`, `${thread.replies} replies`)}</b>
          <span>{thread.last}</span>
        </button>
      ) : null}
      {message.followUps.length > 0 ? <FollowUps message={message} /> : null}
      <div className={styles.foot}>
        {urgent ? (
          <span className={styles.urgent}>
            <BellRing size={13} aria-hidden />
            {urgent === 'me' ? t('加急，请尽快查看', 'Urgent for you') : t('已加急', 'Urgent')}
          </span>
        ) : null}
        {reactions.map(({ emoji, by }) => (
          <span key={emoji} className={styles.reaction} title={by.join('、')}>
            {emojiOf(emoji)} <small>{by.join('、')}</small>
          </span>
        ))}
        {pinned ? (
          <span className={styles.mark}>
            <Pin size={12} aria-hidden /> {t('已 Pin', 'Pinned')}
          </span>
        ) : null}
        {edited ? <span className={styles.mark}>{t('已编辑', 'Edited')}</span> : null}
        {mine && read ? <Readers read={read} /> : null}
      </div>
    </>
  )
}

function Readers({ read }: { read: NonNullable<WebMessage['read']> }) {
  const t = useT()
  const all = read.unread.length === 0
  const words = all
    ? t('全部已读', 'Read by all')
    : t(`${read.unread.length} 人未读`, `${read.unread.length} unread`)
  return (
    <Popover
      label={words}
      triggerClass={styles.readers}
      trigger={
        <>
          {all ? <CheckCheck size={13} aria-hidden /> : <Check size={13} aria-hidden />}
          {words}
        </>
      }
    >
      {() => (
        <dl className={styles.names}>
          <dt>{t('已读', 'Read')}</dt>
          <dd>{read.by.join('、') || '–'}</dd>
          <dt>{t('未读', 'Unread')}</dt>
          <dd>{read.unread.join('、') || '–'}</dd>
        </dl>
      )}
    </Popover>
  )
}

function FollowUps({ message }: { message: WebMessage }) {
  const attempt = useTry()
  return (
    <div className={styles.followUps}>
      {message.followUps.map((text) => (
        <button
          key={text}
          type="button"
          onClick={() =>
            void attempt(() => send('POST', `messenger/messages/${message.message_id}/follow-up`, { text }))
          }
        >
          {text}
        </button>
      ))}
    </div>
  )
}
