import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { page } from '../paging.ts'
import { findChat } from './chats.ts'
import { imFailure } from './failures.ts'
import type { Message } from './im-state.ts'
import { allMessages, changedMessage, findMessage } from './message-store.ts'
import { messagesIn, wireMessage } from './messages.ts'
import { requireMessage } from './send-api.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const readableMs = 7 * 24 * 3_600_000
const mostUrgent = 200

/** im/v1/messages: get, list, who read it, and the app-internal urgent call. */
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
      return { items: [wireMessage(kernel, message, wantsCard(call))] }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/:message_id/read_users`,
    limit,
    handle: (call) => readers(kernel, call),
  })
  kernel.api({
    method: 'PATCH',
    path: `${root}/:message_id/urgent_app`,
    limit,
    handle: (call) => urge(kernel, call),
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
  return messagesIn(kernel, chatId)
}

function inThread(kernel: Kernel, threadId: string): Message[] {
  const found = allMessages(kernel).filter((message) => message.thread_id === threadId)
  if (found.length === 0) throw imFailure(230001, 'invalid container_id')
  return found
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

function urge(kernel: Kernel, call: ApiCall): unknown {
  const message = requireMessage(kernel, call.params.message_id ?? '')
  if (message.sender.sender_type !== 'app') throw imFailure(230012)
  const ids = call.body.user_id_list as string[]
  if (ids.length === 0 || ids.length > mostUrgent) throw imFailure(230001)
  const type = idTypeOf(call.query.user_id_type)
  const members = findChat(kernel, message.chat_id)?.members ?? []
  const invalid: string[] = []
  for (const id of ids) {
    const openId = findPerson(kernel, id, type)?.open_id
    if (openId && members.includes(openId)) message.urgent = [...new Set([...message.urgent, openId])]
    else invalid.push(id)
  }
  changedMessage(kernel, message)
  return { invalid_user_id_list: invalid }
}
