import { memo, useState } from 'react'
import type { WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { useLanguage, useT } from '../shell/language.tsx'
import { ChatAvatar } from './chat-avatar.tsx'
import { MessageActions, type MessageHandlers } from './message-actions.tsx'
import { MessageContent } from './message-content.tsx'
import { MessageFoot } from './message-foot.tsx'
import styles from './message-row.module.css'
import { systemWords } from './system-words.ts'
import { clockTime } from './times.ts'

export interface MessageRowProps extends MessageHandlers {
  message: WebMessage
  /** The sender's face and name are shown with the first of several messages. */
  withFace: boolean
  isInThread?: boolean
}

const bare = new Set([
  'image',
  'file',
  'audio',
  'media',
  'interactive',
  'merge_forward',
  'share_user',
  'share_chat',
])

/** One message of a chat or thread. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, withFace } = props
  const { language } = useLanguage()
  const t = useT()
  const [open, setOpen] = useState(false)
  if (message.sender.kind === 'system')
    return <p className={styles.line}>{systemWords(message.content, t)}</p>
  if (message.recalled)
    return (
      <p className={styles.line} data-message={message.message_id}>
        {t(`${message.recalled.by} 撤回了一条消息`, `${message.recalled.by} recalled a message`)}
      </p>
    )
  const isBot = message.sender.kind === 'bot'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a tap shows the actions on a touch screen; the keyboard reaches them by itself
    <article
      className={styles.row}
      data-message={message.message_id}
      data-mine={message.mine}
      data-first={withFace}
      data-open={open}
      aria-label={t(`${message.sender.name} 的消息`, `Message of ${message.sender.name}`)}
      onClick={() => setOpen(!open)}
    >
      <span className={styles.face}>
        {withFace ? (
          <ChatAvatar kind={isBot ? 'bot' : 'person'} name={message.sender.name} size={34} />
        ) : null}
      </span>
      <div className={styles.body}>
        {withFace ? (
          <header className={styles.head}>
            <bdi>{message.sender.name}</bdi>
            {isBot ? <small className={styles.bot}>{t('机器人', 'Bot')}</small> : null}
            <time>{clockTime(message.at, language)}</time>
          </header>
        ) : null}
        <div className={styles.content} data-type={message.type}>
          <div className={bare.has(message.type) ? styles.bare : styles.bubble}>
            {message.quote ? (
              <blockquote className={styles.quote}>
                {t('回复', 'Reply to')} <bdi>{message.quote.by}</bdi>：{message.quote.text}
              </blockquote>
            ) : null}
            <MessageContent message={message} />
          </div>
          <MessageActions {...props} />
        </div>
        <MessageFoot message={message} onThread={props.isInThread ? undefined : props.onThread} />
      </div>
    </article>
  )
})
