import { userByOpenId } from '../feishu/contact/people.ts'
import { pressablesOf } from '../feishu/im/buttons.ts'
import { changedChats, emitMembership, findChat } from '../feishu/im/chats.ts'
import type { Chat, Message } from '../feishu/im/im-state.ts'
import { changedMessage, findMessage } from '../feishu/im/message-store.ts'
import { messagesIn, wireMessage } from '../feishu/im/messages.ts'
import { receiveMessage } from '../feishu/im/write-message.ts'
import type { OwnKernel } from '../kernel/create-kernel.ts'
import { ApiFailure, type ControlCall } from '../kernel/types.ts'

/** People's side of a chat: look, write, read, put the bot in or out. */
export function registerChatControl(kernel: OwnKernel): void {
  kernel.control('GET', 'chats/:chat_id/messages', {
    about: {
      zh: '群里的消息；卡片带按钮和各个版本',
      en: 'Messages of a chat; cards with buttons and versions',
    },
    handle: (call) =>
      messagesIn(kernel, chatOf(kernel, call).chat_id).map((message) => shown(kernel, message)),
  })
  kernel.control('POST', 'chats/:chat_id/messages', (call) => {
    const { open_id, text, mention_bot } = call.body
    if (typeof text !== 'string' || text === '') throw new ApiFailure(400, 'text is needed')
    const message = receiveMessage(kernel, {
      chat: chatOf(kernel, call),
      openId: personOf(kernel, open_id),
      text,
      mentionBot: mention_bot === true,
    })
    return { message_id: message.message_id }
  })
  kernel.control('POST', 'chats/:chat_id/bot', (call) => {
    const chat = chatOf(kernel, call)
    const isIn = call.body.present !== false
    if (chat.hasBot === isIn) return { hasBot: isIn }
    chat.hasBot = isIn
    changedChats(kernel)
    emitMembership(kernel, chat, { who: 'bot', joined: isIn })
    return { hasBot: isIn }
  })
  kernel.control('GET', 'messages/:message_id', (call) => shown(kernel, messageOf(kernel, call)))
  kernel.control('POST', 'messages/:message_id/read', (call) => {
    const message = messageOf(kernel, call)
    const openId = personOf(kernel, call.body.open_id)
    const others = message.readers.filter((reader) => reader.open_id !== openId)
    message.readers = [...others, { open_id: openId, at: kernel.clock.now() }]
    changedMessage(kernel, message)
    return { readers: message.readers }
  })
}

function shown(kernel: OwnKernel, message: Message): Record<string, unknown> {
  const card = message.msg_type === 'interactive' ? JSON.parse(message.content) : undefined
  return {
    ...wireMessage(kernel, message, true),
    ...(card && {
      card,
      buttons: pressablesOf(card).map(({ form: _form, element: _element, ...one }) => one),
      versions: message.versions,
    }),
  }
}

function chatOf(kernel: OwnKernel, call: ControlCall): Chat {
  const chat = findChat(kernel, call.params.chat_id ?? '')
  if (!chat) throw new ApiFailure(404, 'no such chat', { status: 404 })
  return chat
}

function messageOf(kernel: OwnKernel, call: ControlCall): Message {
  const message = findMessage(kernel, call.params.message_id ?? '')
  if (!message) throw new ApiFailure(404, 'no such message', { status: 404 })
  return message
}

function personOf(kernel: OwnKernel, openId: unknown): string {
  if (typeof openId !== 'string' || !userByOpenId(kernel, openId))
    throw new ApiFailure(400, 'open_id is nobody here')
  return openId
}
