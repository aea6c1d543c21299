import { Fragment, useEffect, useRef } from 'react'
import type { WebMessage } from '#sandbox/feishu/im/web/shapes.ts'
import { useLanguage, useT } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import styles from './history.module.css'
import type { MessageHandlers } from './message-actions.tsx'
import { MessageRow } from './message-row.tsx'
import { dayKey, dayName } from './times.ts'
import type { Messages } from './use-messages.ts'

/** Messages of one sender within this time stand under one face. */
const togetherMs = 5 * 60_000

/** The messages of a chat. It starts at the newest and keeps its place while older ones are put above. */
export function History({ messages, handlers }: { messages: Messages; handlers: MessageHandlers }) {
  const t = useT()
  const { items } = messages
  if (items === undefined) return <Loading />
  return (
    <div className={styles.scroller} role="log" aria-label={t('消息记录', 'Messages')}>
      <div className={styles.messages}>
        {messages.hasOlder ? <Older messages={messages} /> : null}
        {items.length === 0 ? (
          <Empty title={t('还没有消息', 'No messages yet')} text={t('说点什么吧', 'Say something')} />
        ) : null}
        <MessageList items={items} handlers={handlers} />
      </div>
    </div>
  )
}

/** Rows with a line between days. */
export function MessageList({
  items,
  handlers,
  isInThread = false,
}: {
  items: readonly WebMessage[]
  handlers: MessageHandlers
  isInThread?: boolean
}) {
  const { language } = useLanguage()
  const { now } = useSession()
  const newest = items.at(-1)?.at ?? 0
  return items.map((message, index) => {
    const previous = items[index - 1]
    const isNewDay = previous === undefined || dayKey(previous.at) !== dayKey(message.at)
    return (
      <Fragment key={message.message_id}>
        {isNewDay && !isInThread ? (
          <h4 className={styles.day}>
            <span>{dayName(message.at, Math.max(now, newest), language)}</span>
          </h4>
        ) : null}
        <MessageRow
          message={message}
          withFace={isNewDay || startsAnew(previous, message)}
          isInThread={isInThread}
          onReply={handlers.onReply}
          onThread={handlers.onThread}
        />
      </Fragment>
    )
  })
}

function startsAnew(previous: WebMessage | undefined, message: WebMessage): boolean {
  return (
    previous === undefined ||
    previous.sender.id !== message.sender.id ||
    previous.recalled !== null ||
    message.at - previous.at > togetherMs
  )
}

/** Loads older messages when it comes into sight. */
function Older({ messages }: { messages: Messages }) {
  const place = useRef<HTMLButtonElement>(null)
  const load = useRef(messages.loadOlder)
  const t = useT()
  load.current = messages.loadOlder
  const { length } = messages.items ?? []
  // biome-ignore lint/correctness/useExhaustiveDependencies: watched anew after every page, or a page that fits would be the last
  useEffect(() => {
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) load.current()
    })
    if (place.current) watcher.observe(place.current)
    return () => watcher.disconnect()
  }, [length])
  return (
    <button ref={place} type="button" className={styles.older} onClick={messages.loadOlder}>
      {messages.isLoadingOlder ? t('加载中…', 'Loading…') : t('更早的消息', 'Older messages')}
    </button>
  )
}
