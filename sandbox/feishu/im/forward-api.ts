import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findChat } from './chats.ts'
import { imFailure, imFailureText } from './failures.ts'
import { type Message, threadState } from './im-state.ts'
import { changedMessage, findMessage } from './message-store.ts'
import { addMessage, wireMessage } from './messages.ts'
import type { Pace } from './pace.ts'
import { once, type Receiver, receiverOf, requireOpenChat } from './send-api.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const unforwardable = new Set(['system', 'audio', 'vote', 'sticker'])
const mostMerged = 100

/** Forwards one message, several as one, or a thread. Feishu docs: 转发消息, 合并转发消息, 转发话题. */
export function registerForwardApi(kernel: Kernel, pace: Pace): void {
  const root = '/open-apis/im/v1'
  kernel.api({
    method: 'POST',
    path: `${root}/messages/:message_id/forward`,
    limit,
    handle: (call) => once(kernel, call, () => forward(kernel, call, pace)),
  })
  kernel.api({
    method: 'POST',
    path: `${root}/messages/merge_forward`,
    limit,
    handle: (call) => {
      const { messages, invalid } = mergeable(kernel, call)
      const message = once(kernel, call, () => merge(kernel, messages, target(kernel, call, pace)))
      return { message, invalid_message_id_list: invalid }
    },
  })
  kernel.api({
    method: 'POST',
    path: `${root}/threads/:thread_id/forward`,
    limit,
    handle: (call) =>
      once(kernel, call, () =>
        merge(kernel, threadMessages(kernel, call.params.thread_id ?? ''), target(kernel, call, pace)),
      ),
  })
}

function forward(kernel: Kernel, call: ApiCall, pace: Pace): Message {
  const message = findMessage(kernel, call.params.message_id ?? '')
  if (!message) throw imFailure(230064)
  if (message.state === 'recalled') throw imFailure(230065)
  if (!findChat(kernel, message.chat_id)?.hasBot) throw imFailure(230002)
  if (unforwardable.has(message.msg_type) || message.upper_message_id) throw imFailure(230061)
  const to = target(kernel, call, pace)
  const forwarded = addMessage(kernel, {
    ...to,
    msg_type: message.msg_type,
    content: message.content,
    sender: app(kernel),
  })
  if (message.msg_type === 'merge_forward') copyInto(kernel, forwarded, childrenOf(kernel, message))
  return forwarded
}

/** Where it goes, if the bot may write there now. */
function target(kernel: Kernel, call: ApiCall, pace: Pace): Receiver {
  const to = receiverOf(kernel, call)
  requireOpenChat(kernel, to.chat)
  pace(`chat ${to.chat.chat_id}`)
  return to
}

function mergeable(kernel: Kernel, call: ApiCall): { messages: Message[]; invalid: string[] } {
  const ids = call.body.message_id_list as string[]
  if (ids.length === 0 || ids.length > mostMerged) throw imFailure(230001, 'invalid message_id_list')
  const found = ids.map((id) => findMessage(kernel, id))
  const known = found.filter((message) => message !== undefined)
  if (known.length === 0) throw imFailureText(230064, 'All messages to be forwarded are invalid.')
  const live = known.filter(({ state }) => state === 'live')
  if (live.length === 0) throw imFailureText(230065, 'All messages to be forwarded have been recalled.')
  const chatIds = new Set(live.map(({ chat_id }) => chat_id))
  if (chatIds.size > 1) throw imFailure(230069)
  if (!findChat(kernel, live[0]?.chat_id ?? '')?.hasBot) throw imFailure(230002)
  const threads = new Set(live.map(({ thread_id }) => thread_id))
  if (threads.size > 1)
    throw imFailureText(
      230067,
      'The source of the messages to be merged and forwarded are not in compliance.',
    )
  const messages = live.filter((message) => message.msg_type !== 'system' && !message.upper_message_id)
  if (messages.length === 0) throw imFailureText(230064, 'All messages to be forwarded are invalid.')
  const kept = new Set(messages.map(({ message_id }) => message_id))
  return { messages, invalid: ids.filter((id) => !kept.has(id)) }
}

function threadMessages(kernel: Kernel, threadId: string): Message[] {
  const threads = threadState(kernel)
  const thread = Object.hasOwn(threads, threadId) ? threads[threadId] : undefined
  if (!thread) throw imFailureText(230064, 'The thread to be forwarded is invalid.')
  if (!findChat(kernel, thread.chat_id)?.hasBot) throw imFailure(230002)
  const all = [thread.root, ...thread.messages].flatMap((id) => findMessage(kernel, id) ?? [])
  return all.filter(({ state }) => state === 'live')
}

/** One message that holds copies of others. */
function merge(kernel: Kernel, messages: readonly Message[], to: Receiver): Message {
  const merged = addMessage(kernel, {
    ...to,
    msg_type: 'merge_forward',
    content: '{"message_ids":[]}',
    sender: app(kernel),
  })
  copyInto(kernel, merged, messages)
  return merged
}

function copyInto(kernel: Kernel, merged: Message, messages: readonly Message[]): void {
  const chat = findChat(kernel, merged.chat_id)
  if (!chat) return
  const copies = messages.map((message) => {
    const { msg_type, content, sender } = message
    const copy = addMessage(kernel, { chat, msg_type, content, sender, upper: merged.message_id })
    copy.createdAt = message.createdAt
    copy.updatedAt = message.updatedAt
    changedMessage(kernel, copy)
    return copy.message_id
  })
  merged.content = JSON.stringify({ message_ids: copies })
  changedMessage(kernel, merged)
}

/** The messages inside a merged one, as the get call returns them after it. */
export function childrenOf(kernel: Kernel, merged: Message): Message[] {
  const { message_ids } = JSON.parse(merged.content) as { message_ids?: string[] }
  return (message_ids ?? []).flatMap((id) => findMessage(kernel, id) ?? [])
}

/** A message and, when it is a merged one, those inside it. */
export function wireWithChildren(
  kernel: Kernel,
  message: Message,
  originalCard: boolean,
): Record<string, unknown>[] {
  const inside =
    message.msg_type === 'merge_forward' && message.state === 'live' ? childrenOf(kernel, message) : []
  return [message, ...inside].map((one) => wireMessage(kernel, one, originalCard))
}

function app(kernel: Kernel): Message['sender'] {
  return { id: kernel.identity().appId, id_type: 'app_id', sender_type: 'app' }
}
