import { FileText, MessagesSquare, UserRound } from 'lucide-react'
import type { WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { addressOf } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { CardContent } from './card-content.tsx'
import styles from './content.module.css'
import { ImageContent } from './image-content.tsx'
import { PostContent } from './post-content.tsx'
import { RichText } from './rich-text.tsx'

/** What a message says, by its type. */
export function MessageContent({ message }: { message: WebMessage }) {
  const { me } = useSession()
  const t = useT()
  const { content, names, type } = message
  switch (type) {
    case 'text':
      return (
        <div className={styles.text} dir="auto">
          <RichText
            text={String(content.text)}
            names={names}
            markup={message.sender.kind === 'bot'}
            me={me.open_id}
          />
        </div>
      )
    case 'post':
      return <PostContent post={content} names={names} me={me.open_id} />
    case 'image':
      return <ImageContent imageKey={String(content.image_key)} />
    case 'file':
    case 'audio':
    case 'media':
      return <FileContent content={content} />
    case 'interactive':
      return <CardContent message={message} />
    case 'merge_forward':
      return <MergedContent lines={message.merged ?? []} />
    case 'share_user':
      return (
        <span className={styles.file}>
          <UserRound size={22} aria-hidden />
          <span>{names[String(content.user_id)] ?? t('个人名片', 'Contact card')}</span>
        </span>
      )
    case 'share_chat':
      return (
        <span className={styles.file}>
          <MessagesSquare size={22} aria-hidden />
          <span>{t('群名片', 'Group card')}</span>
        </span>
      )
    default:
      return <span>[{type}]</span>
  }
}

function FileContent({ content }: { content: Record<string, unknown> }) {
  const t = useT()
  const name = typeof content.file_name === 'string' ? content.file_name : t('文件', 'File')
  return (
    <a
      className={styles.file}
      href={addressOf(`messenger/files/${encodeURIComponent(String(content.file_key))}`)}
      download={name}
    >
      <FileText size={26} aria-hidden />
      <span>
        <bdi>{name}</bdi>
        <small>{t('点击下载', 'Download')}</small>
      </span>
    </a>
  )
}

function MergedContent({ lines }: { lines: readonly { by: string; text: string }[] }) {
  const t = useT()
  return (
    <div className={styles.merged}>
      <strong>{t('聊天记录', 'Chat history')}</strong>
      {lines.map(({ by, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed record
        <div key={index}>
          <span>{by}：</span>
          {text}
        </div>
      ))}
    </div>
  )
}
