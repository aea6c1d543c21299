import type { Kernel } from '../../kernel/types.ts'
import { findChat } from './chats.ts'
import { type Chat, imShown, type Message, threadState } from './im-state.ts'
import { withKeys } from './mentions.ts'
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
  /** Not listed in a chat: it belongs to a merged message. */
  upper?: string
}

/** Puts a message into its chat. */
export function addMessage(kernel: Kernel, wanted: NewMessage): Message {
  const now = kernel.clock.now()
  const root = wanted.parent?.root_id ?? wanted.parent?.message_id
  const message: Message = {
    message_id: kernel.id('om_'),
    ...(root && { root_id: root, parent_id: wanted.parent?.message_id }),
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
    ...(wanted.upper && { upper_message_id: wanted.upper }),
  }
  intoThread(kernel, message, wanted)
  storeMessage(kernel, message)
  if (message.msg_type === 'interactive') addVersion(kernel, message, { content: wanted.content, by: 'send' })
  if (wanted.upper) return message
  wanted.chat.messages.push(message.message_id)
  kernel.changed('im-chats')
  imShown(kernel)
  return message
}

/**
 * An answer "in the thread" joins the thread of the first message, which is opened by the first such answer; in a group
 * of topics every message opens one.
 */
function intoThread(kernel: Kernel, message: Message, wanted: NewMessage): void {
  const threads = threadState(kernel)
  const isTopics = wanted.chat.settings.group_message_type === 'thread' && message.msg_type !== 'system'
  const root = message.root_id === undefined ? undefined : findMessage(kernel, message.root_id)
  if (root && (wanted.inThread || wanted.parent?.thread_id || isTopics)) {
    const thread = root.opensThread ?? kernel.id('omt_')
    threads[thread] ??= { root: root.message_id, chat_id: message.chat_id, messages: [] }
    threads[thread].messages.push(message.message_id)
    message.thread_id = thread
    if (root.opensThread) return
    root.opensThread = thread
    changedMessage(kernel, root)
  } else if (isTopics && !wanted.upper) {
    const thread = kernel.id('omt_')
    threads[thread] = { root: message.message_id, chat_id: message.chat_id, messages: [] }
    message.opensThread = thread
  }
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

/** The message as the API returns it. `originalCard`: the card as sent instead of the lossy default. */
export function wireMessage(kernel: Kernel, message: Message, originalCard = false): Record<string, unknown> {
  const { tenantKey } = kernel.identity()
  const { content, mentions } = readable(kernel, message, originalCard)
  const { root_id, parent_id, upper_message_id } = message
  const thread_id = message.thread_id ?? message.opensThread
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
    ...(upper_message_id && { upper_message_id }),
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
  if (message.msg_type === 'merge_forward') return { content: 'Merged and Forwarded Message', mentions: [] }
  const { content, mentions } = withKeys(kernel, message.msg_type, message.content)
  return {
    content,
    mentions: mentions.map(({ key, openId, name }) => ({
      key,
      id: openId || 'all',
      id_type: 'open_id',
      name,
      tenant_key: kernel.identity().tenantKey,
    })),
  }
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
