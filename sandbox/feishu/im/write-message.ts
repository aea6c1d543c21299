import type { Kernel } from '../../kernel/types.ts'
import { hasScope } from '../application/scopes.ts'
import { personIds } from './chats.ts'
import type { Chat, Message } from './im-state.ts'
import { type Mention, withKeys } from './mentions.ts'
import { addMessage } from './messages.ts'
import { messengerState } from './messenger-state.ts'

export interface Written {
  chat: Chat
  openId: string
  type: 'text' | 'post' | 'image' | 'file'
  /** As it would be sent by the API: `at` tags name people. */
  content: Record<string, unknown>
  parent?: Message | undefined
  inThread?: boolean
}

/**
 * A person writes into a chat. The app hears of it in its private chats, when it is mentioned, and everywhere if it may
 * read all messages of its groups. Feishu docs: 接收消息.
 */
export function writeMessage(kernel: Kernel, written: Written): Message {
  const { chat, openId, parent } = written
  const message = addMessage(kernel, {
    chat,
    msg_type: written.type,
    content: JSON.stringify(written.content),
    sender: { id: openId, id_type: 'open_id', sender_type: 'user' },
    ...(parent && { parent }),
    inThread: written.inThread === true,
  })
  const { content, mentions } = withKeys(kernel, message.msg_type, message.content)
  const isHeard = chat.mode === 'p2p' || mentions.some(({ isBot }) => isBot) || hearsEverything(kernel)
  if (!chat.hasBot || !isHeard) return message
  const { root_id, parent_id, thread_id } = message
  kernel.events.emit({
    schema: '2.0',
    type: 'im.message.receive_v1',
    event: {
      sender: {
        sender_id: personIds(kernel, openId),
        sender_type: 'user',
        tenant_key: kernel.identity().tenantKey,
      },
      message: {
        message_id: message.message_id,
        ...(root_id && { root_id, parent_id }),
        create_time: String(message.createdAt),
        update_time: String(message.updatedAt),
        chat_id: message.chat_id,
        ...(thread_id && { thread_id }),
        chat_type: chat.mode,
        message_type: message.msg_type,
        content,
        ...(mentions.length > 0 && { mentions: mentions.map((mention) => wireMention(kernel, mention)) }),
      },
    },
  })
  return message
}

/** Switched on by the developer, and only with the scope. */
function hearsEverything(kernel: Kernel): boolean {
  return messengerState(kernel).readsAllGroupMessages && hasScope(kernel, 'im:message.group_msg')
}

/** A person writes plain text, with the bot mentioned first when asked. */
export function receiveMessage(
  kernel: Kernel,
  wanted: { chat: Chat; openId: string; text: string; mentionBot?: boolean },
): Message {
  const { botOpenId, botName } = kernel.identity()
  const at = wanted.mentionBot ? `<at user_id="${botOpenId}">${botName}</at> ` : ''
  const { chat, openId } = wanted
  return writeMessage(kernel, { chat, openId, type: 'text', content: { text: at + wanted.text } })
}

function wireMention(kernel: Kernel, mention: Mention): Record<string, unknown> {
  const everybody = { union_id: '', user_id: '', open_id: '' }
  return {
    key: mention.key,
    id: mention.openId === '' ? everybody : personIds(kernel, mention.openId),
    mentioned_type: mention.isBot ? 'bot' : 'user',
    name: mention.name,
    tenant_key: kernel.identity().tenantKey,
  }
}
