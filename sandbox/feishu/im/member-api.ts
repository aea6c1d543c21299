import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { page } from '../paging.ts'
import { changedChats, emitMembership, findChat, requireChat } from './chats.ts'
import { imFailure } from './failures.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const mostPerCall = 50

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
}

/** succeed_type 0: all or nothing for missing ids; 1: add whom it can; 2: like 0 for any bad id. */
function add(kernel: Kernel, call: ApiCall): unknown {
  const chat = requireChat(kernel, call.params.chat_id ?? '')
  const ids = idsOf(call)
  const { known, missing } = resolve(kernel, ids, call)
  const mode = String(call.query.succeed_type ?? '0')
  if (missing.length > 0 && mode !== '1') {
    throw new ApiFailure(99992351, `these open ids not existed: ${missing.join(', ')}`)
  }
  const fresh = known.filter((openId) => !chat.members.includes(openId))
  chat.members.push(...fresh)
  changedChats(kernel)
  if (fresh.length > 0) emitMembership(kernel, chat, { who: fresh, joined: true })
  return { invalid_id_list: [], not_existed_id_list: missing, pending_approval_id_list: [] }
}

function remove(kernel: Kernel, call: ApiCall): unknown {
  const chat = requireChat(kernel, call.params.chat_id ?? '')
  if (call.query.member_id_type === 'app_id') {
    chat.hasBot = false
    changedChats(kernel)
    emitMembership(kernel, chat, { who: 'bot', joined: false })
    return { invalid_id_list: [] }
  }
  const { known, missing } = resolve(kernel, idsOf(call), call)
  const gone = known.filter((openId) => chat.members.includes(openId))
  chat.members = chat.members.filter((openId) => !gone.includes(openId))
  changedChats(kernel)
  if (gone.length > 0) emitMembership(kernel, chat, { who: gone, joined: false })
  return { invalid_id_list: missing }
}

function idsOf(call: ApiCall): string[] {
  const ids = (call.body.id_list ?? []) as string[]
  if (ids.length === 0 || ids.length > mostPerCall) throw imFailure(232001)
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
