import type { Kernel } from '../../kernel/types.ts'
import { personIds } from './chats.ts'
import { type Chat, imShown, type Message } from './im-state.ts'
import { mentionsIn } from './mentions.ts'
import { changedMessage, findMessage } from './message-store.ts'
import { messengerState } from './messenger-state.ts'

/** The reading status is only kept this long. Feishu docs: 查询消息已读信息. */
export const readableMs = 7 * 24 * 3_600_000
/** More unread messages than anybody counts. */
const mostCounted = 100

export interface Unread {
  count: number
  /** Somebody spoke to this person (or to everybody). */
  mentioned: boolean
}

/** What a person has not seen of a chat. Own messages and grey lines do not count. */
export function unreadOf(kernel: Kernel, chat: Chat, openId: string): Unread {
  const seen = seenCount(kernel, chat, openId)
  const unread: Unread = { count: 0, mentioned: false }
  for (const id of chat.messages.slice(seen).slice(-mostCounted * 2)) {
    const message = findMessage(kernel, id)
    if (!message || !counts(message, openId)) continue
    unread.count++
    unread.mentioned ||= mentionsIn(kernel, message.msg_type, message.content).some(
      (who) => who === openId || who === 'all',
    )
    if (unread.count >= mostCounted) break
  }
  return unread
}

export function seenCount(kernel: Kernel, chat: Chat, openId: string): number {
  return messengerState(kernel).seen[chat.chat_id]?.[openId] ?? 0
}

/** Everything so far counts as seen, without telling anybody: what a new member finds is not news. */
export function startSeen(kernel: Kernel, chat: Chat, openIds: readonly string[]): void {
  const { seen } = messengerState(kernel)
  seen[chat.chat_id] ??= {}
  for (const openId of openIds) Object.assign(seen[chat.chat_id] ?? {}, { [openId]: chat.messages.length })
  kernel.changed('im-people')
}

/**
 * A person looks at a chat: readers are noted, urgent marks end, and the app is told which of its messages were read
 * (private chats only). Feishu docs: 消息已读.
 */
export function seeChat(kernel: Kernel, chat: Chat, openId: string): void {
  const from = seenCount(kernel, chat, openId)
  if (from >= chat.messages.length) return
  const now = kernel.clock.now()
  const fresh = chat.messages.slice(from).flatMap((id) => findMessage(kernel, id) ?? [])
  startSeen(kernel, chat, [openId])
  const read = fresh.filter(
    (message) => counts(message, openId) && now - message.createdAt <= readableMs && readBy(message, openId),
  )
  for (const message of read) markRead(kernel, message, openId)
  imShown(kernel)
  const fromApp = read.filter(({ sender }) => sender.sender_type === 'app')
  if (chat.mode === 'p2p' && fromApp.length > 0) emitRead(kernel, openId, fromApp)
}

/** Notes that one person has read one message. */
export function markRead(kernel: Kernel, message: Message, openId: string): void {
  const others = message.readers.filter((reader) => reader.open_id !== openId)
  message.readers = [...others, { open_id: openId, at: kernel.clock.now() }]
  message.urgent = message.urgent.filter((one) => one !== openId)
  changedMessage(kernel, message)
}

function emitRead(kernel: Kernel, openId: string, messages: readonly Message[]): void {
  kernel.events.emit({
    schema: '2.0',
    type: 'im.message.message_read_v1',
    event: {
      reader: {
        reader_id: personIds(kernel, openId),
        read_time: String(kernel.clock.now()),
        tenant_key: kernel.identity().tenantKey,
      },
      message_id_list: messages.map(({ message_id }) => message_id),
    },
  })
}

function counts(message: Message, openId: string): boolean {
  return message.sender.sender_type !== 'system' && message.sender.id !== openId && message.state === 'live'
}

function readBy(message: Message, openId: string): boolean {
  return !message.readers.some((reader) => reader.open_id === openId)
}
