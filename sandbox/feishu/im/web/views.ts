import { ApiFailure, type Kernel } from '../../../kernel/types.ts'
import { findChat } from '../chats.ts'
import { type Chat, type Message, threadState } from '../im-state.ts'
import { mentioned } from '../mentions.ts'
import { findMessage } from '../message-store.ts'
import { postBody } from '../post.ts'
import { previewOf } from '../preview.ts'
import { isManager } from '../rights.ts'
import { readableMs } from '../seen.ts'
import { nameOf } from '../system-message.ts'
import type { WebMessage } from './shapes.ts'

/** People may take their own messages back for a day; owners and managers those of others, too. */
export const recallMs = 24 * 3_600_000

/** A chat this person is in. @throws ApiFailure 404 for any other */
export function chatOfPerson(kernel: Kernel, chatId: string | undefined, openId: string): Chat {
  const chat = findChat(kernel, chatId ?? '')
  if (chat?.status !== 'normal' || !chat.members.includes(openId))
    throw new ApiFailure(404, '会话不存在，或你不在其中 no such chat, or you are not in it', { status: 404 })
  return chat
}

/** A message of a chat this person is in. @throws ApiFailure 404 */
export function messageOfPerson(kernel: Kernel, messageId: string | undefined, openId: string): Message {
  const message = findMessage(kernel, messageId ?? '')
  if (!message) throw new ApiFailure(404, '消息不存在 no such message', { status: 404 })
  chatOfPerson(kernel, message.chat_id, openId)
  return message
}

/** A message through a person's eyes. */
export function viewOf(kernel: Kernel, message: Message, openId: string): WebMessage {
  const recalled = message.state === 'recalled'
  const content = recalled ? {} : shownContent(message)
  const chat = findChat(kernel, message.chat_id)
  return {
    message_id: message.message_id,
    chat_id: message.chat_id,
    at: message.createdAt,
    type: message.msg_type,
    content,
    names: recalled ? {} : namesIn(kernel, message.msg_type, message.content),
    sender: senderOf(kernel, message),
    mine: message.sender.id === openId,
    recalled: recalled ? { by: nameOf(kernel, message.recalledBy ?? message.sender.id) } : null,
    edited: message.edits > 0,
    quote: quoteOf(kernel, message),
    thread: threadOf(kernel, message),
    urgent: urgencyOf(message, openId),
    read: readOf(kernel, message, chat),
    reactions: reactionsOf(kernel, message),
    pinned: message.pin !== undefined,
    followUps: recalled ? [] : (message.followUps ?? []),
    canRecall: !recalled && mayRecall(kernel, { message, chat, openId }),
    ...(message.msg_type === 'merge_forward' && !recalled && { merged: mergedOf(kernel, content) }),
  }
}

export function mayRecall(
  kernel: Kernel,
  { message, chat, openId }: { message: Message; chat: Chat | undefined; openId: string },
): boolean {
  if (message.sender.sender_type === 'system' || kernel.clock.now() - message.createdAt > recallMs)
    return false
  return message.sender.id === openId || (chat?.mode === 'group' && isManager(chat, openId))
}

function shownContent(message: Message): Record<string, unknown> {
  const content = JSON.parse(message.content) as Record<string, unknown>
  return message.msg_type === 'post' ? { ...postBody(content) } : content
}

function senderOf(kernel: Kernel, { sender }: Message): WebMessage['sender'] {
  if (sender.sender_type === 'system') return { id: '', name: '', kind: 'system' }
  return {
    id: sender.id,
    name: nameOf(kernel, sender.id),
    kind: sender.sender_type === 'app' ? 'bot' : 'person',
  }
}

const idsInContent = /<at (?:user_)?id=\\?"?([^"\\>]+)\\?"?>|"user_id":"([^"]+)"/g

function namesIn(kernel: Kernel, type: string, content: string): Record<string, string> {
  if (type !== 'text' && type !== 'post' && type !== 'share_user') return {}
  const names: Record<string, string> = {}
  for (const [, inTag, inNode] of content.matchAll(idsInContent)) {
    const id = inTag ?? inNode ?? ''
    const who = mentioned(kernel, id)
    if (who) names[id] = who.name
  }
  return names
}

function quoteOf(kernel: Kernel, message: Message): WebMessage['quote'] {
  // In a thread the first message is what everybody answers; only other quotes are worth a line.
  if (!message.parent_id || (message.thread_id && message.parent_id === message.root_id)) return null
  const parent = findMessage(kernel, message.parent_id)
  if (!parent) return null
  return {
    message_id: parent.message_id,
    by: nameOf(kernel, parent.sender.id),
    text: previewOf(kernel, parent),
  }
}

function threadOf(kernel: Kernel, message: Message): WebMessage['thread'] {
  const id = message.opensThread
  if (!id) return null
  const replies = threadState(kernel)[id]?.messages ?? []
  const last = findMessage(kernel, replies.at(-1) ?? '')
  return {
    thread_id: id,
    replies: replies.length,
    last: last ? `${nameOf(kernel, last.sender.id)}：${previewOf(kernel, last)}` : null,
  }
}

function urgencyOf(message: Message, openId: string): WebMessage['urgent'] {
  if (message.urgent.includes(openId)) return 'me'
  return message.urgent.length > 0 ? 'others' : null
}

/** People see who has read what they wrote themselves; for the bot's messages its own API tells. */
function readOf(kernel: Kernel, message: Message, chat: Chat | undefined): WebMessage['read'] {
  const { sender } = message
  if (sender.sender_type !== 'user' || !chat || chat.mode === 'p2p') return null
  if (kernel.clock.now() - message.createdAt > readableMs) return null
  const read = new Set(message.readers.map(({ open_id }) => open_id))
  const others = chat.members.filter((openId) => openId !== sender.id)
  return {
    by: others.filter((openId) => read.has(openId)).map((openId) => nameOf(kernel, openId)),
    unread: others.filter((openId) => !read.has(openId)).map((openId) => nameOf(kernel, openId)),
  }
}

function reactionsOf(kernel: Kernel, message: Message): WebMessage['reactions'] {
  const byEmoji = Map.groupBy(message.reactions ?? [], ({ emoji }) => emoji)
  return [...byEmoji].map(([emoji, all]) => ({ emoji, by: all.map(({ by }) => nameOf(kernel, by)) }))
}

function mergedOf(kernel: Kernel, content: Record<string, unknown>): { by: string; text: string }[] {
  const ids = Array.isArray(content.message_ids) ? content.message_ids : []
  return ids.flatMap((id) => {
    const message = findMessage(kernel, String(id))
    return message ? [{ by: nameOf(kernel, message.sender.id), text: previewOf(kernel, message) }] : []
  })
}
