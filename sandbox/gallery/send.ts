import { listUsers } from '../feishu/contact/people.ts'
import { listChats } from '../feishu/im/chats.ts'
import { checkContent } from '../feishu/im/content.ts'
import { findMessage } from '../feishu/im/message-store.ts'
import { addMessage } from '../feishu/im/messages.ts'
import { ApiFailure, type Kernel, type WebCall } from '../kernel/types.ts'
import { personOf } from '../web/person.ts'
import type { SentCard } from './shapes.ts'

/**
 * `POST /_web/gallery/send` sends a card as the bot into a group of the person being played, so that it can be pressed
 * for real; `GET /_web/gallery/sent/:message_id` is the card as it is now.
 */
export function registerGallerySend(kernel: Kernel): void {
  kernel.web('POST', 'gallery/send', (call): SentCard => {
    if (typeof call.body.content !== 'string') throw new ApiFailure(400, 'content is needed')
    return send(kernel, call, call.body.content)
  })
  kernel.web('GET', 'gallery/sent/:message_id', (call): SentCard => sent(kernel, call))
}

function send(kernel: Kernel, call: WebCall, content: string): SentCard {
  const person = personOf(kernel, call)
  const chat = listChats(kernel).find(
    ({ hasBot, status, members }) => hasBot && status === 'normal' && members.includes(person.open_id),
  )
  if (!chat) throw new ApiFailure(409, '你不在任何有机器人的群里 you are in no group with the bot')
  checkContent(kernel, 'interactive', content)
  const message = addMessage(kernel, {
    chat,
    msg_type: 'interactive',
    content,
    sender: { id: kernel.identity().appId, id_type: 'app_id', sender_type: 'app' },
  })
  return sent(kernel, { ...call, params: { message_id: message.message_id } })
}

function sent(kernel: Kernel, call: WebCall): SentCard {
  const person = personOf(kernel, call)
  const message = findMessage(kernel, call.params.message_id ?? '')
  const chat = listChats(kernel).find(({ chat_id }) => chat_id === message?.chat_id)
  if (message?.msg_type !== 'interactive' || !chat?.members.includes(person.open_id))
    throw new ApiFailure(404, '没有这条消息 no such message', { status: 404 })
  return {
    message_id: message.message_id,
    chat_id: chat.chat_id,
    chat_name: chat.name,
    members: chat.members,
    people: namesOf(kernel),
    card: JSON.parse(message.content) as unknown,
  }
}

/** Names by any id a card may use. */
export function namesOf(kernel: Kernel): Record<string, string> {
  return Object.fromEntries(
    listUsers(kernel).flatMap(({ open_id, user_id, union_id, name }) =>
      [open_id, user_id, union_id].map((id) => [id, name] as const),
    ),
  )
}
