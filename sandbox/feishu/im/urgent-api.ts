import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { findChat } from './chats.ts'
import { imFailure } from './failures.ts'
import { allMessages, changedMessage } from './message-store.ts'
import { messengerState } from './messenger-state.ts'
import { botManages } from './rights.ts'
import { requireMessage } from './send-api.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const mostPeople = 200
const mostUnread = 200

/** Urges people to read one of the bot's messages. Feishu docs: 发送应用内加急, 发送短信加急, 发送电话加急. */
export function registerUrgentApi(kernel: Kernel): void {
  for (const way of ['app', 'sms', 'phone'] as const)
    kernel.api({
      method: 'PATCH',
      path: `/open-apis/im/v1/messages/:message_id/urgent_${way}`,
      limit,
      unverified: ['the code when only the owner may urge (230027 here)'],
      handle: (call) => urge(kernel, call, way),
    })
}

function urge(kernel: Kernel, call: ApiCall, way: 'app' | 'sms' | 'phone'): unknown {
  const message = requireMessage(kernel, call.params.message_id ?? '')
  const chat = findChat(kernel, message.chat_id)
  if (chat?.status === 'dissolved') throw imFailure(232009)
  if (!chat?.hasBot) throw imFailure(230002)
  if (message.sender.sender_type !== 'app') throw imFailure(230012)
  const ids = call.body.user_id_list as string[]
  if (ids.length === 0 || ids.length > mostPeople) throw imFailure(230001)
  if (chat.settings.urgent_setting === 'only_owner' && !botManages(kernel, chat)) throw imFailure(230027)
  const type = idTypeOf(call.query.user_id_type)
  const people = ids.map((id) => ({ id, openId: findPerson(kernel, id, type)?.open_id }))
  const reached = people.filter(({ openId }) => openId !== undefined && chat.members.includes(openId))
  const waiting = unreadUrgent(kernel)
  if (reached.some(({ openId }) => (waiting.get(openId ?? '') ?? 0) >= mostUnread)) throw imFailure(230023)
  if (way !== 'app') spendQuota(kernel, way, reached.length)
  message.urgent = [...new Set([...message.urgent, ...reached.map(({ openId }) => openId ?? '')])]
  changedMessage(kernel, message)
  const ok = new Set(reached.map(({ id }) => id))
  return { invalid_user_id_list: ids.filter((id) => !ok.has(id)) }
}

/** How many urgent messages each person has not read. */
function unreadUrgent(kernel: Kernel): Map<string, number> {
  const counts = new Map<string, number>()
  for (const message of allMessages(kernel))
    for (const openId of message.urgent) counts.set(openId, (counts.get(openId) ?? 0) + 1)
  return counts
}

/** Short messages and calls are bought by the tenant. */
function spendQuota(kernel: Kernel, way: 'sms' | 'phone', count: number): void {
  const { urgentQuota } = messengerState(kernel)
  if (urgentQuota[way] < count) throw imFailure(230024)
  urgentQuota[way] -= count
  kernel.changed('im-people')
}
