import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { page } from '../paging.ts'
import { changedChats, findChat } from './chats.ts'
import { imFailure } from './failures.ts'
import type { Chat, Message } from './im-state.ts'
import { changedMessage, findMessage } from './message-store.ts'
import type { Pace } from './pace.ts'

const limit = { perMinute: 1000, perSecond: 50 }

/** Pinned messages of a chat. Feishu docs: Pin 消息, 移除 Pin 消息, 获取群内 Pin 消息. */
export function registerPinApi(kernel: Kernel, pace: Pace): void {
  const path = '/open-apis/im/v1/pins'
  kernel.api({ method: 'POST', path, limit, handle: (call) => pin(kernel, call, pace) })
  kernel.api({ method: 'GET', path, limit, handle: (call) => list(kernel, call) })
  kernel.api({
    method: 'DELETE',
    path: `${path}/:message_id`,
    limit,
    handle: (call) => {
      const { message, chat } = pinnable(kernel, call.params.message_id)
      pace(`pin ${message.message_id}`)
      if (!message.pin) return {}
      delete message.pin
      chat.pins = (chat.pins ?? []).filter((id) => id !== message.message_id)
      changedMessage(kernel, message)
      changedChats(kernel)
      return {}
    },
  })
}

function pin(kernel: Kernel, call: ApiCall, pace: Pace): unknown {
  const { message, chat } = pinnable(kernel, call.body.message_id)
  if (message.state === 'recalled') throw imFailure(230011)
  if (message.msg_type === 'system') throw imFailure(230054)
  pace(`pin ${message.message_id}`)
  if (!message.pin) {
    message.pin = { by: kernel.identity().appId, byApp: true, at: kernel.clock.now() }
    chat.pins = [...(chat.pins ?? []), message.message_id]
    changedMessage(kernel, message)
    changedChats(kernel)
  }
  return { pin: wire(message) }
}

function list(kernel: Kernel, call: ApiCall): unknown {
  const chat = findChat(kernel, String(call.query.chat_id))
  if (!chat) throw imFailure(230045)
  if (!chat.hasBot) throw imFailure(230002)
  const from = Number(call.query.start_time ?? 0)
  const to = Number(call.query.end_time ?? Number.MAX_SAFE_INTEGER)
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) throw imFailure(230001, 'invalid time')
  const messages = (chat.pins ?? []).flatMap((id) => findMessage(kernel, id) ?? []).toReversed()
  const found = messages.filter(({ pin: mark }) => mark && mark.at >= from && mark.at <= to)
  return page(found.map(wire), call.query, { size: 20, most: 50, code: 230001 })
}

function pinnable(kernel: Kernel, id: unknown): { message: Message; chat: Chat } {
  const message = findMessage(kernel, String(id))
  if (!message) throw imFailure(230001, 'invalid message_id')
  const chat = findChat(kernel, message.chat_id)
  if (!chat) throw imFailure(230045)
  if (chat.status === 'dissolved') throw imFailure(232009)
  if (!chat.hasBot) throw imFailure(230002)
  return { message, chat }
}

function wire(message: Message): Record<string, unknown> {
  return {
    message_id: message.message_id,
    chat_id: message.chat_id,
    operator_id: message.pin?.by,
    operator_id_type: message.pin?.byApp ? 'app_id' : 'open_id',
    create_time: String(message.pin?.at),
  }
}
