import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { mayUseApp } from '../application/app-state.ts'
import { findPerson } from '../contact/people.ts'
import { privateChat } from './chats.ts'
import { checkContent } from './content.ts'
import { imFailure } from './failures.ts'
import type { Message } from './im-state.ts'
import { findMessage } from './message-store.ts'
import { addMessage } from './messages.ts'
import { messengerState } from './messenger-state.ts'
import { recallMessage } from './recall.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const types = new Set(['text', 'post', 'image', 'share_chat', 'interactive'])
const mostPeople = 200
const recallableMs = 24 * 3_600_000
const lists = [
  ['open_ids', 'open_id'],
  ['user_ids', 'user_id'],
  ['union_ids', 'union_id'],
] as const

/** One message to many people, each in the bot's private chat. Feishu docs: 批量发送消息. */
export function registerBatchMessageApi(kernel: Kernel): void {
  const one = '/open-apis/im/v1/batch_messages/:batch_message_id'
  kernel.api({
    method: 'POST',
    path: '/open-apis/message/v4/batch_send/',
    limit,
    unverified: ['departments have no members in this world: every department id is invalid'],
    handle: (call) => sendBatch(kernel, call),
  })
  kernel.api({
    method: 'GET',
    path: `${one}/get_progress`,
    limit,
    handle: (call) => {
      const messages = batchOf(kernel, call)
      const recalled = messages.filter(({ state }) => state === 'recalled').length
      return {
        batch_message_send_progress: {
          valid_user_ids_count: messages.length,
          success_user_ids_count: messages.length,
          read_user_ids_count: readCount(messages),
        },
        batch_message_recall_progress: { recall: recalled > 0, recall_count: recalled },
      }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${one}/read_user`,
    limit,
    handle: (call) => {
      const messages = batchOf(kernel, call)
      return {
        read_user: { read_count: String(readCount(messages)), total_count: String(messages.length) },
      }
    },
  })
  kernel.api({
    method: 'DELETE',
    path: one,
    limit,
    handle: (call) => {
      const messages = batchOf(kernel, call)
      if (messages.some(({ createdAt }) => kernel.clock.now() - createdAt > recallableMs))
        throw imFailure(230009)
      for (const message of messages)
        if (message.state === 'live')
          recallMessage(kernel, message, { id: kernel.identity().appId, as: 'message_owner' })
      return {}
    },
  })
}

function sendBatch(kernel: Kernel, call: ApiCall): unknown {
  const type = String(call.body.msg_type)
  if (!types.has(type)) throw imFailure(230001, `invalid msg_type: ${type}`)
  const content = JSON.stringify(contentOf(type, call.body))
  checkContent(kernel, type, content)
  const invalid: Record<string, string[]> = {}
  const people = new Set<string>()
  for (const [list, idType] of lists) {
    const ids = (call.body[list] ?? []) as string[]
    if (ids.length > mostPeople) throw imFailure(230001, `${list} holds at most ${mostPeople}`)
    const found = ids.map((id) => ({ id, person: findPerson(kernel, id, idType) }))
    invalid[`invalid_${list}`] = found.filter(({ person }) => !person).map(({ id }) => id)
    for (const { person } of found)
      if (person && !person.resigned && mayUseApp(kernel, person)) people.add(person.open_id)
  }
  if (people.size === 0) throw imFailure(230001, 'no valid receiver')
  const sent = [...people].map((openId) =>
    addMessage(kernel, {
      chat: privateChat(kernel, openId),
      msg_type: type,
      content,
      sender: { id: kernel.identity().appId, id_type: 'app_id', sender_type: 'app' },
    }),
  )
  const id = `bm-${kernel.random.hex(32)}`
  messengerState(kernel).batches[id] = sent.map(({ message_id }) => message_id)
  kernel.changed('im-people')
  return {
    message_id: id,
    invalid_department_ids: (call.body.department_ids ?? []) as string[],
    ...invalid,
  }
}

/** Here the content is JSON, not a text of JSON; posts and cards stand one level deeper or beside it. */
function contentOf(type: string, body: ApiCall['body']): unknown {
  const content = body.content as Record<string, unknown> | undefined
  const wanted = type === 'interactive' ? body.card : type === 'post' ? (content?.post ?? content) : content
  if (typeof wanted !== 'object' || wanted === null) throw imFailure(230001, 'invalid content')
  return wanted
}

function batchOf(kernel: Kernel, call: ApiCall): Message[] {
  const { batches } = messengerState(kernel)
  const id = call.params.batch_message_id ?? ''
  const ids = Object.hasOwn(batches, id) ? batches[id] : undefined
  if (!ids) throw imFailure(230030)
  return ids.flatMap((one) => findMessage(kernel, one) ?? [])
}

function readCount(messages: readonly Message[]): number {
  return messages.filter(({ readers }) => readers.length > 0).length
}
