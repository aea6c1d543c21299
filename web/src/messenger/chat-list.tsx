import { Search, SquarePen } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ChatRow } from '#sandbox/feishu/im/web/shapes.ts'
import { send } from '../api/client.ts'
import { useWeb } from '../api/query.ts'
import { useLanguage, useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { useTry } from '../ui/toast.tsx'
import { ChatAvatar } from './chat-avatar.tsx'
import styles from './chat-list.module.css'
import { NewGroupDialog } from './new-group-dialog.tsx'
import { shortMoment } from './times.ts'
import { messengerParts } from './use-messages.ts'

/** The chats of the person being played, newest first. */
export function ChatList({ current }: { current: string }) {
  const { data, error } = useWeb<ChatRow[]>('messenger/chats', messengerParts)
  const [wanted, setWanted] = useState('')
  const [making, setMaking] = useState(false)
  const t = useT()
  const rows = data?.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()))
  return (
    <section className={styles.panel} aria-label={t('会话', 'Chats')}>
      <header className={styles.header}>
        <label className={styles.search}>
          <Search size={15} aria-hidden />
          <input
            type="search"
            placeholder={t('搜索会话', 'Search chats')}
            aria-label={t('搜索会话', 'Search chats')}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </label>
        <button
          type="button"
          className={styles.new}
          aria-label={t('创建群聊', 'New group')}
          title={t('创建群聊', 'New group')}
          onClick={() => setMaking(true)}
        >
          <SquarePen size={17} />
        </button>
      </header>
      {rows === undefined ? (
        error ? (
          <Empty title={t('没能读取会话', 'The chats could not be read')} text={error.message} />
        ) : (
          <Loading />
        )
      ) : rows.length === 0 ? (
        <Empty title={t('没有找到会话', 'No such chat')} />
      ) : (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <li key={row.chat_id || 'bot'}>
              <Row row={row} isOpen={row.chat_id !== '' && row.chat_id === current} />
            </li>
          ))}
        </ul>
      )}
      {making ? <NewGroupDialog onClose={() => setMaking(false)} /> : null}
    </section>
  )
}

function Row({ row, isOpen }: { row: ChatRow; isOpen: boolean }) {
  const [, go] = useLocation()
  const attempt = useTry()
  const { language } = useLanguage()
  const { now } = useSession()
  const t = useT()
  const isBot = row.mode === 'p2p'
  const open = () =>
    attempt(async () => {
      if (!isBot) return go(`/messenger/${row.chat_id}`)
      const { chat_id } = await send<{ chat_id: string }>('POST', 'messenger/bot-chat')
      return go(`/messenger/${chat_id}`)
    })
  const by = row.last?.by && !isBot ? `${row.last.by}：` : ''
  return (
    <button
      type="button"
      className={styles.row}
      aria-current={isOpen ? 'true' : undefined}
      data-chat={row.name}
      onClick={() => void open()}
    >
      <span className={styles.face}>
        <ChatAvatar kind={isBot ? 'bot' : 'group'} name={row.name} size={42} />
        {row.unread > 0 ? (
          <span
            className={styles.unread}
            role="img"
            aria-label={t(`${row.unread} 条未读`, `${row.unread} unread`)}
          >
            {row.unread > 99 ? '99+' : row.unread}
          </span>
        ) : null}
      </span>
      <span className={styles.name}>
        <bdi>{row.name}</bdi>
        {isBot ? <small className={styles.bot}>{t('机器人', 'Bot')}</small> : null}
      </span>
      <time className={styles.time}>
        {row.last ? shortMoment(row.last.at, Math.max(now, row.last.at), language) : ''}
      </time>
      <span className={styles.preview}>
        {row.urgent ? <em>{t('[加急]', '[Urgent]')}</em> : null}
        {row.mentioned ? <em>{t('[有人@我]', '[@ me]')}</em> : null}
        <bdi>
          {row.last?.text
            ? `${by}${row.last.text}`
            : isBot
              ? t('打开和机器人的会话', 'Open the chat with the bot')
              : t('还没有消息', 'No messages yet')}
        </bdi>
      </span>
    </button>
  )
}
