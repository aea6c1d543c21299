import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { page } from '../paging.ts'
import { requireGroupHistory } from './bot-ability.ts'
import { findChat } from './chats.ts'
import { imFailure } from './failures.ts'
import { wireWithChildren } from './forward-api.ts'
import { type Message, threadState } from './im-state.ts'
import { findMessage } from './message-store.ts'
import { messagesIn, wireMessage } from './messages.ts'
import { readableMs } from './seen.ts'
import { requireMessage } from './send-api.ts'

const limit = { perMinute: 1000, perSecond: 50 }

/** im/v1/messages: get, list, who read it. */
export function registerReadApi(kernel: Kernel): void {
  const root = '/open-apis/im/v1/messages'
  kernel.api({ method: 'GET', path: root, limit, handle: (call) => list(kernel, call) })
  kernel.api({
    method: 'GET',
    path: `${root}/:message_id`,
    limit,
    handle: (call) => {
      const message = findMessage(kernel, call.params.message_id ?? '')
      if (!message) throw imFailure(230001, 'invalid message_id')
      if (!findChat(kernel, message.chat_id)?.hasBot) throw imFailure(230002)
      return { items: wireWithChildren(kernel, message, wantsCard(call)) }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/:message_id/read_users`,
    limit,
    handle: (call) => readers(kernel, call),
  })
}

function list(kernel: Kernel, call: ApiCall): unknown {
  const { container_id_type: type, container_id: id, sort_type: sort, start_time, end_time } = call.query
  const messages = type === 'thread' ? inThread(kernel, String(id)) : inChat(kernel, String(id))
  const from = start_time === undefined ? 0 : Number(start_time) * 1000
  const to = end_time === undefined ? Number.POSITIVE_INFINITY : Number(end_time) * 1000 + 999
  if (Number.isNaN(from) || Number.isNaN(to) || from > to)
    throw imFailure(230001, 'invalid start_time or end_time')
  const wanted = messages.filter((message) => message.createdAt >= from && message.createdAt <= to)
  if (sort === 'ByCreateTimeDesc') wanted.reverse()
  const result = page(wanted, call.query, { size: 20, most: 50, code: 230001 })
  return { ...result, items: result.items.map((message) => wireMessage(kernel, message, wantsCard(call))) }
}

function inChat(kernel: Kernel, chatId: string): Message[] {
  const chat = findChat(kernel, chatId)
  if (!chat) throw imFailure(230001, 'invalid container_id')
  if (!chat.hasBot) throw imFailure(230002)
  if (chat.mode === 'group') requireGroupHistory(kernel)
  const messages = messagesIn(kernel, chatId)
  if (chat.settings.group_message_type === 'thread') return messages
  // Of a thread in an ordinary group only its first message is listed here. Feishu docs: 获取会话历史消息.
  return messages.filter((message) => message.thread_id === undefined)
}

function inThread(kernel: Kernel, threadId: string): Message[] {
  const threads = threadState(kernel)
  const thread = Object.hasOwn(threads, threadId) ? threads[threadId] : undefined
  if (!thread) throw imFailure(230001, 'invalid container_id')
  if (!findChat(kernel, thread.chat_id)?.hasBot) throw imFailure(230002)
  return thread.messages.flatMap((id) => findMessage(kernel, id) ?? [])
}

function wantsCard(call: ApiCall): boolean {
  return call.query.card_msg_content_type === 'user_card_content'
}

function readers(kernel: Kernel, call: ApiCall): unknown {
  const message = requireMessage(kernel, call.params.message_id ?? '')
  if (message.sender.sender_type !== 'app') throw imFailure(230012)
  if (kernel.clock.now() - message.createdAt > readableMs) throw imFailure(230033)
  const type = idTypeOf(call.query.user_id_type)
  const items = message.readers.map((reader) => ({
    user_id_type: type,
    user_id: findPerson(kernel, reader.open_id, 'open_id')?.[type] ?? reader.open_id,
    timestamp: String(reader.at),
    tenant_key: kernel.identity().tenantKey,
  }))
  return page(items, call.query, { size: 20, most: 100, code: 230001 })
}
