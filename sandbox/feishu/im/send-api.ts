import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { bindEntity, type CardEntity, sendableEntity } from '../cardkit/entities.ts'
import { findPerson, listUsers } from '../contact/people.ts'
import { requireAvailable, requireBotAbility } from './bot-ability.ts'
import { findChat, privateChat } from './chats.ts'
import { checkContent, parseContent } from './content.ts'
import { imFailure, imFailureText } from './failures.ts'
import { type Chat, forgetOld, type Message, messageState, threadState } from './im-state.ts'
import { findMessage } from './message-store.ts'
import { addMessage, wireMessage } from './messages.ts'
import type { Pace } from './pace.ts'
import { botManages } from './rights.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const uuidMemoryMs = 3_600_000
const longestUuid = 50

/** im/v1/messages: send and reply. */
export function registerSendApi(kernel: Kernel, pace: Pace): void {
  const root = '/open-apis/im/v1/messages'
  kernel.api({
    method: 'POST',
    path: root,
    limit,
    handle: (call) => once(kernel, call, () => send(kernel, call, pace)),
  })
  kernel.api({
    method: 'POST',
    path: `${root}/:message_id/reply`,
    limit,
    handle: (call) => once(kernel, call, () => reply(kernel, call, pace)),
  })
}

function send(kernel: Kernel, call: ApiCall, pace: Pace): Message {
  return post(kernel, call, { ...receiverOf(kernel, call), pace })
}

function reply(kernel: Kernel, call: ApiCall, pace: Pace): Message {
  const parent = requireMessage(kernel, call.params.message_id ?? '')
  const chat = findChat(kernel, parent.chat_id)
  if (!chat) throw imFailure(230034)
  const inThread = call.body.reply_in_thread === true
  if (inThread && parent.upper_message_id)
    throw imFailureText(230072, 'Aggregated messages do not support reply in thread.')
  return post(kernel, call, { chat, pace, parent, inThread })
}

function post(
  kernel: Kernel,
  call: ApiCall,
  to: Receiver & { pace: Pace; parent?: Message; inThread?: boolean },
): Message {
  const { chat, parent } = to
  requireOpenChat(kernel, chat)
  const msgType = String(call.body.msg_type)
  const content = String(call.body.content)
  // The pace is counted before the content is looked at, so a storm of bad cards is slowed down too.
  to.pace(`chat ${chat.chat_id}`)
  checkContent(kernel, msgType, content, chat)
  const entity = msgType === 'interactive' ? entityIn(kernel, content) : undefined
  const message = addMessage(kernel, {
    chat,
    msg_type: msgType,
    content: entity?.content ?? content,
    sender: { id: kernel.identity().appId, id_type: 'app_id', sender_type: 'app' },
    parent,
    inThread: to.inThread === true,
  })
  if (entity) bindEntity(kernel, entity, message.message_id)
  return message
}

/** The card entity a message shows instead of a card of its own. */
function entityIn(kernel: Kernel, content: string): CardEntity | undefined {
  const card = parseContent(content)
  return card.type === 'card' ? sendableEntity(kernel, card) : undefined
}

/** The bot may write: the chat is open, the bot is in it, and its settings let the bot speak. */
export function requireOpenChat(kernel: Kernel, chat: Chat): void {
  requireBotAbility(kernel, 230006)
  if (chat.status === 'dissolved') throw imFailure(232009)
  if (!chat.hasBot) throw imFailure(230002)
  if (chat.mode === 'p2p') requireAvailable(kernel, chat.members[0])
  const who = chat.settings.moderation_permission
  // UNVERIFIED: whether a bot may speak while only listed members may.
  if (who !== undefined && who !== 'all_members' && !botManages(kernel, chat)) throw imFailure(230018)
}

/** The same uuid within one hour is sent once; the later calls are answered with the first message. */
export function once(kernel: Kernel, call: ApiCall, act: () => Message): Record<string, unknown> {
  const { uuids } = messageState(kernel)
  const now = kernel.clock.now()
  forgetOld(uuids, now - uuidMemoryMs)
  const wanted = String(call.body.uuid ?? call.query.uuid ?? '')
  if (wanted.length > longestUuid) throw imFailure(230001, 'uuid is too long')
  const uuid = wanted === '' ? undefined : `uuid ${wanted}`
  const earlier = uuid === undefined ? undefined : uuids[uuid]
  const known =
    earlier && now - earlier.at < uuidMemoryMs ? findMessage(kernel, earlier.message_id) : undefined
  if (known) return wireMessage(kernel, known)
  const message = act()
  if (uuid !== undefined) {
    uuids[uuid] = { message_id: message.message_id, at: now }
    kernel.changed('im-messages')
  }
  return wireMessage(kernel, message)
}

export interface Receiver {
  chat: Chat
  /** Set when the receiver is a thread: its first message. */
  parent?: Message
  inThread?: boolean
}

/** The chat (or thread) that `receive_id` means. */
export function receiverOf(kernel: Kernel, call: ApiCall): Receiver {
  const type = String(call.query.receive_id_type ?? 'open_id')
  const id = String(call.body.receive_id)
  if (type !== 'thread_id') return { chat: receiver(kernel, type, id) }
  const threads = threadState(kernel)
  const thread = Object.hasOwn(threads, id) ? threads[id] : undefined
  const parent = findMessage(kernel, thread?.root ?? '')
  const chat = findChat(kernel, thread?.chat_id ?? '')
  if (!parent || !chat) throw imFailure(230019)
  return { chat, parent, inThread: true }
}

function receiver(kernel: Kernel, type: string, id: string): Chat {
  if (type === 'chat_id') {
    const chat = findChat(kernel, id)
    if (!chat) throw imFailure(230034)
    return chat
  }
  const person =
    type === 'email'
      ? listUsers(kernel).find((one) => one.email !== '' && one.email === id)
      : type === 'open_id' || type === 'user_id' || type === 'union_id'
        ? findPerson(kernel, id, type)
        : undefined
  if (!person) throw imFailure(230034)
  requireAvailable(kernel, person.open_id)
  return privateChat(kernel, person.open_id)
}

/** The message, if it exists and was not recalled. */
export function requireMessage(kernel: Kernel, messageId: string): Message {
  const message = findMessage(kernel, messageId)
  if (!message) throw imFailure(230001, 'invalid message_id')
  if (message.state === 'recalled') throw imFailure(230011)
  return message
}
