import { ExternalLink, Pin, StickyNote } from 'lucide-react'
import type { ChatPage } from '#sandbox/feishu/im/web/shapes.ts'
import { useT } from '../shell/language.tsx'
import styles from './chat-notices.module.css'
import { SafeLink } from './rich-text.tsx'

/** What the app put above a chat: its tabs and the notice at the top. */
export function ChatNotices({ chat, onPins }: { chat: ChatPage; onPins: () => void }) {
  const t = useT()
  const tabs = chat.tabs.filter(({ url }) => url !== null)
  return (
    <>
      {tabs.length > 0 ? (
        <nav className={styles.tabs} aria-label={t('会话标签页', 'Chat tabs')}>
          {tabs.map(({ tab_id, name, url }) => (
            <SafeLink key={tab_id} href={url ?? ''}>
              <ExternalLink size={13} aria-hidden /> {name}
            </SafeLink>
          ))}
        </nav>
      ) : null}
      {chat.notice ? (
        <div className={styles.notice}>
          <StickyNote size={15} aria-hidden />
          <b>{t('置顶', 'On top')}</b>
          <span>
            {chat.notice.by}：{chat.notice.text}
          </span>
        </div>
      ) : null}
      {chat.pins > 0 ? (
        <button type="button" className={styles.pins} onClick={onPins}>
          <Pin size={13} aria-hidden /> {t(`${chat.pins} 条 Pin 消息`, `${chat.pins} pinned`)}
        </button>
      ) : null}
    </>
  )
}
