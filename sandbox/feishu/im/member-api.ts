import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { page } from '../paging.ts'
import { addMembers, moveBot, removeMembers } from './chat-changes.ts'
import { findChat, requireChat } from './chats.ts'
import { imFailure } from './failures.ts'
import type { Chat } from './im-state.ts'
import { botManages } from './rights.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const mostPerCall = 50
const mostBots = 5
const mostMembers = 5_000

/** im/v1/chats/:id/members: add, remove, list, ask. */
export function registerMemberApi(kernel: Kernel): void {
  const root = '/open-apis/im/v1/chats/:chat_id/members'
  kernel.api({ method: 'POST', path: root, limit, handle: (call) => add(kernel, call) })
  kernel.api({ method: 'DELETE', path: root, limit, handle: (call) => remove(kernel, call) })
  kernel.api({
    method: 'GET',
    path: root,
    limit,
    handle: (call) => {
      const chat = requireChat(kernel, call.params.chat_id ?? '')
      const type = idTypeOf(call.query.member_id_type)
      const members = chat.members.flatMap((openId) => {
        const person = findPerson(kernel, openId, 'open_id')
        return person
          ? [
              {
                member_id_type: type,
                member_id: person[type],
                name: person.name,
                tenant_key: kernel.identity().tenantKey,
              },
            ]
          : []
      })
      return {
        ...page(members, call.query, { size: 20, most: 100, code: 232001 }),
        member_total: members.length,
      }
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/is_in_chat`,
    limit,
    handle: (call) => {
      const chat = findChat(kernel, call.params.chat_id ?? '')
      if (!chat) throw imFailure(232006)
      return { is_in_chat: chat.hasBot }
    },
  })
  kernel.api({
    method: 'PATCH',
    path: `${root}/me_join`,
    limit,
    unverified: ['the code for a private group (232008 here)'],
    handle: (call) => joinByItself(kernel, call),
  })
}

/** The bot enters a public group. Feishu docs: 用户或机器人主动加入群聊. */
function joinByItself(kernel: Kernel, call: ApiCall): unknown {
  const chat = findChat(kernel, call.params.chat_id ?? '')
  if (!chat) throw imFailure(232006)
  if (chat.status === 'dissolved') throw imFailure(232009)
  if (chat.settings.chat_type !== 'public') throw imFailure(232008)
  if (chat.settings.membership_approval === 'approval_required') throw imFailure(232075)
  moveBot(kernel, chat, { present: true, by: kernel.identity().botOpenId })
  return {}
}

/** succeed_type 0: all or nothing for missing ids; 1: add whom it can; 2: like 0 for any bad id. */
function add(kernel: Kernel, call: ApiCall): unknown {
  const chat = requireChat(kernel, call.params.chat_id ?? '')
  if (chat.mode === 'p2p') throw imFailure(232090)
  if (chat.settings.add_member_permission === 'only_owner' && !botManages(kernel, chat))
    throw imFailure(232017)
  if (call.query.member_id_type === 'app_id') return addBots(kernel, call)
  const { known, missing } = resolve(kernel, idsOf(call, mostPerCall), call)
  const mode = String(call.query.succeed_type ?? '0')
  if (missing.length > 0 && mode !== '1') throw notExisted(missing, call)
  if (chat.members.length + known.length > mostMembers) throw imFailure(232013)
  addMembers(kernel, chat, { who: known, by: kernel.identity().botOpenId })
  return { invalid_id_list: [], not_existed_id_list: missing, pending_approval_id_list: [] }
}

/** There is one app in this world, and it is in the group already. */
function addBots(kernel: Kernel, call: ApiCall): unknown {
  const unknown = idsOf(call, mostBots).filter((id) => id !== kernel.identity().appId)
  if (unknown.length > 0 && String(call.query.succeed_type ?? '0') !== '1') throw imFailure(232004)
  return { invalid_id_list: [], not_existed_id_list: unknown, pending_approval_id_list: [] }
}

const idCodes = { open_id: 99992351, user_id: 99992360, union_id: 99992364 } as const

function notExisted(missing: readonly string[], call: ApiCall): ApiFailure {
  const type = idTypeOf(call.query.member_id_type)
  return type === 'open_id'
    ? new ApiFailure(idCodes.open_id, `these open ids not existed: ${missing.join(', ')}`)
    : new ApiFailure(idCodes[type], 'Your request contains not existed id.')
}

function remove(kernel: Kernel, call: ApiCall): unknown {
  const chat = requireChat(kernel, call.params.chat_id ?? '')
  const by = kernel.identity().botOpenId
  if (call.query.member_id_type === 'app_id') return removeBots(kernel, chat, call)
  if (!botManages(kernel, chat)) throw imFailure(232014)
  const { known, missing } = resolve(kernel, idsOf(call, mostPerCall), call)
  if (chat.owner_id !== null && known.includes(chat.owner_id)) throw imFailure(232076)
  removeMembers(kernel, chat, { who: known, by })
  return { invalid_id_list: missing }
}

/** A bot may always leave. */
function removeBots(kernel: Kernel, chat: Chat, call: ApiCall): unknown {
  const { appId, botOpenId } = kernel.identity()
  const ids = idsOf(call, mostBots)
  if (ids.includes(appId)) moveBot(kernel, chat, { present: false, by: botOpenId })
  return { invalid_id_list: ids.filter((id) => id !== appId) }
}

function idsOf(call: ApiCall, most: number): string[] {
  const ids = (call.body.id_list ?? []) as string[]
  if (ids.length === 0 || ids.length > most) throw imFailure(232001)
  return ids
}

function resolve(
  kernel: Kernel,
  ids: readonly string[],
  call: ApiCall,
): { known: string[]; missing: string[] } {
  const type = idTypeOf(call.query.member_id_type)
  const known: string[] = []
  const missing: string[] = []
  for (const id of ids) {
    const person = findPerson(kernel, id, type)
    if (person) known.push(person.open_id)
    else missing.push(id)
  }
  return { known, missing }
}
