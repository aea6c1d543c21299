import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { bindEntity, type CardEntity, sendableEntity } from '../cardkit/entities.ts'
import { findPerson, listUsers } from '../contact/people.ts'
import { findChat, privateChat } from './chats.ts'
import { checkContent, parseContent } from './content.ts'
import { imFailure } from './failures.ts'
import { type Chat, forgetOld, type Message, messageState } from './im-state.ts'
import { findMessage } from './message-store.ts'
import { addMessage, wireMessage } from './messages.ts'
import type { createPace } from './pace.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const uuidMemoryMs = 3_600_000
const longestUuid = 50

/** im/v1/messages: send and reply. */
export function registerSendApi(kernel: Kernel, pace: ReturnType<typeof createPace>): void {
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

function send(kernel: Kernel, call: ApiCall, pace: (key: string) => void): Message {
  const chat = receiver(kernel, String(call.query.receive_id_type ?? 'open_id'), String(call.body.receive_id))
  return post(kernel, call, { chat, pace })
}

function reply(kernel: Kernel, call: ApiCall, pace: (key: string) => void): Message {
  const parent = requireMessage(kernel, call.params.message_id ?? '')
  const chat = findChat(kernel, parent.chat_id)
  if (!chat) throw imFailure(230034)
  return post(kernel, call, { chat, pace, parent })
}

function post(
  kernel: Kernel,
  call: ApiCall,
  to: { chat: Chat; pace: (key: string) => void; parent?: Message },
): Message {
  if (to.chat.status === 'dissolved') throw imFailure(232009)
  if (!to.chat.hasBot) throw imFailure(230002)
  const msgType = String(call.body.msg_type)
  const content = String(call.body.content)
  // The pace is counted before the content is looked at, so a storm of bad cards is slowed down too.
  to.pace(`chat ${to.chat.chat_id}`)
  checkContent(kernel, msgType, content)
  const entity = msgType === 'interactive' ? entityIn(kernel, content) : undefined
  const message = addMessage(kernel, {
    chat: to.chat,
    msg_type: msgType,
    content: entity?.content ?? content,
    sender: { id: kernel.identity().appId, id_type: 'app_id', sender_type: 'app' },
    parent: to.parent,
    inThread: call.body.reply_in_thread === true,
  })
  if (entity) bindEntity(kernel, entity, message.message_id)
  return message
}

/** The card entity a message shows instead of a card of its own. */
function entityIn(kernel: Kernel, content: string): CardEntity | undefined {
  const card = parseContent(content)
  return card.type === 'card' ? sendableEntity(kernel, card) : undefined
}

/** The same uuid within one hour is sent once; the later calls are answered with the first message. */
function once(kernel: Kernel, call: ApiCall, act: () => Message): Record<string, unknown> {
  const { uuids } = messageState(kernel)
  const now = kernel.clock.now()
  forgetOld(uuids, now - uuidMemoryMs)
  const wanted = String(call.body.uuid ?? '')
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

/** The chat a receive_id means. */
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
  if (person.resigned) throw imFailure(230013)
  return privateChat(kernel, person.open_id)
}

/** The message, if it exists and was not recalled. */
export function requireMessage(kernel: Kernel, messageId: string): Message {
  const message = findMessage(kernel, messageId)
  if (!message) throw imFailure(230001, 'invalid message_id')
  if (message.state === 'recalled') throw imFailure(230011)
  return message
}
