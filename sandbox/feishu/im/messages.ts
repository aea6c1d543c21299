import type { Kernel } from '../../kernel/types.ts'
import { userByOpenId } from '../contact/people.ts'
import { findChat, personIds } from './chats.ts'
import type { Chat, Message } from './im-state.ts'
import { changedMessage, findMessage, storeMessage } from './message-store.ts'

/** older contents are only counted, so that a busy card does not swell the saved world */
const keptVersions = 6

export interface NewMessage {
  chat: Chat
  msg_type: string
  content: string
  sender: Message['sender']
  parent?: Message
  inThread?: boolean
}

/** Puts a message into its chat. */
export function addMessage(kernel: Kernel, wanted: NewMessage): Message {
  const now = kernel.clock.now()
  const root = wanted.parent?.root_id ?? wanted.parent?.message_id
  const message: Message = {
    message_id: kernel.id('om_'),
    ...(root && { root_id: root, parent_id: wanted.parent?.message_id }),
    ...(wanted.inThread && { thread_id: wanted.parent?.thread_id ?? kernel.id('omt_') }),
    msg_type: wanted.msg_type,
    content: wanted.content,
    createdAt: now,
    updatedAt: now,
    state: 'live',
    edits: 0,
    chat_id: wanted.chat.chat_id,
    sender: wanted.sender,
    versions: [],
    versionCount: 0,
    readers: [],
    urgent: [],
  }
  storeMessage(kernel, message)
  if (message.msg_type === 'interactive') addVersion(kernel, message, { content: wanted.content, by: 'send' })
  wanted.chat.messages.push(message.message_id)
  kernel.changed('im-chats')
  return message
}

/** A new content of a card, whoever caused it; what people see from now on. */
export function addVersion(
  kernel: Kernel,
  message: Message,
  version: { content: string; by: Message['versions'][number]['by'] },
): void {
  const at = kernel.clock.now()
  const replaced = message.versions.at(-1)
  if (replaced) replaced.content = message.content
  message.content = version.content
  message.updatedAt = at
  message.versionCount++
  message.versions = [...message.versions, { at, by: version.by }].slice(-keptVersions)
  changedMessage(kernel, message)
}

/** A person writes into a chat: stored, and told to the app when it may know (private chat, or the bot is mentioned). */
export function receiveMessage(
  kernel: Kernel,
  wanted: { chat: Chat; openId: string; text: string; mentionBot?: boolean },
): Message {
  const { botOpenId, botName, tenantKey } = kernel.identity()
  const text = wanted.mentionBot ? `@_user_1 ${wanted.text}` : wanted.text
  const message = addMessage(kernel, {
    chat: wanted.chat,
    msg_type: 'text',
    content: JSON.stringify({ text }),
    sender: { id: wanted.openId, id_type: 'open_id', sender_type: 'user' },
  })
  const isHeard = wanted.chat.hasBot && (wanted.chat.mode === 'p2p' || wanted.mentionBot)
  if (!isHeard) return message
  kernel.events.emit({
    schema: '2.0',
    type: 'im.message.receive_v1',
    event: {
      sender: { sender_id: personIds(kernel, wanted.openId), sender_type: 'user', tenant_key: tenantKey },
      message: {
        message_id: message.message_id,
        create_time: String(message.createdAt),
        update_time: String(message.updatedAt),
        chat_id: message.chat_id,
        chat_type: wanted.chat.mode,
        message_type: 'text',
        content: message.content,
        ...(wanted.mentionBot && {
          mentions: [
            {
              key: '@_user_1',
              id: { open_id: botOpenId },
              mentioned_type: 'bot',
              name: botName,
              tenant_key: tenantKey,
            },
          ],
        }),
      },
    },
  })
  return message
}

/** The message as the API returns it. `originalCard`: the card as sent instead of the lossy default. */
export function wireMessage(kernel: Kernel, message: Message, originalCard = false): Record<string, unknown> {
  const { tenantKey } = kernel.identity()
  const { content, mentions } = readable(kernel, message, originalCard)
  const { root_id, parent_id, thread_id } = message
  return {
    message_id: message.message_id,
    ...(root_id && { root_id, parent_id }),
    ...(thread_id && { thread_id }),
    msg_type: message.msg_type,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: message.state === 'recalled',
    updated: message.edits > 0 || message.versionCount > 1,
    chat_id: message.chat_id,
    sender: { ...message.sender, tenant_key: tenantKey },
    body: { content },
    ...(mentions.length > 0 && { mentions }),
  }
}

export function messagesIn(kernel: Kernel, chatId: string): Message[] {
  return (findChat(kernel, chatId)?.messages ?? []).flatMap((id) => findMessage(kernel, id) ?? [])
}

function readable(
  kernel: Kernel,
  message: Message,
  originalCard: boolean,
): { content: string; mentions: Record<string, unknown>[] } {
  if (message.state === 'recalled') return { content: 'This message was recalled', mentions: [] }
  if (message.msg_type === 'interactive') {
    return { content: originalCard ? message.content : lossyCard(message.content), mentions: [] }
  }
  if (message.msg_type !== 'text') return { content: message.content, mentions: [] }
  const mentions: Record<string, unknown>[] = []
  const text = String(JSON.parse(message.content).text).replace(
    /<at user_id="([^"]+)">[^<]*<\/at>/g,
    (_, id) => {
      const key = id === 'all' ? '@_all' : `@_user_${mentions.length + 1}`
      const name = id === 'all' ? '所有人' : (userByOpenId(kernel, id)?.name ?? '')
      mentions.push({ key, id, id_type: 'open_id', name, tenant_key: kernel.identity().tenantKey })
      return key
    },
  )
  return { content: JSON.stringify({ text }), mentions }
}

/** The default card content of list and get is a flattened picture: a title and texts, nothing to work with. */
function lossyCard(content: string): string {
  const card = JSON.parse(content) as { header?: { title?: { content?: string } } }
  const texts: { tag: 'text'; text: string }[] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, item] of Object.entries(value)) {
      if (key === 'content' && typeof item === 'string') texts.push({ tag: 'text', text: item })
      else if (key !== 'header' && key !== 'behaviors') collect(item)
    }
  }
  collect(card)
  return JSON.stringify({ title: card.header?.title?.content ?? null, elements: [texts] })
}
