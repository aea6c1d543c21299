import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { page } from '../paging.ts'
import { addChat, changedChats, emitMembership, findChat, listChats, requireChat } from './chats.ts'
import { imFailure } from './failures.ts'
import { type Chat, chatState, forgetOld } from './im-state.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const uuidMemoryMs = 10 * 3_600_000
const pageLimits = { size: 20, most: 100, code: 232001 }

/** im/v1/chats: make, read, list, search, change, dissolve. */
export function registerChatApi(kernel: Kernel): void {
  const root = '/open-apis/im/v1/chats'
  kernel.api({ method: 'POST', path: root, limit, handle: (call) => create(kernel, call) })
  kernel.api({
    method: 'GET',
    path: root,
    limit,
    handle: (call) =>
      page(
        mine(kernel).map((chat) => brief(kernel, chat)),
        call.query,
        pageLimits,
      ),
  })
  kernel.api({
    method: 'GET',
    path: `${root}/search`,
    limit,
    handle: (call) => {
      const query = String(call.query.query ?? '')
      if (query.length > 64) throw imFailure(232001)
      const found = query === '' ? [] : mine(kernel).filter((chat) => chat.name.includes(query))
      return page(
        found.map((chat) => brief(kernel, chat)),
        call.query,
        pageLimits,
      )
    },
  })
  kernel.api({
    method: 'GET',
    path: `${root}/:chat_id`,
    limit,
    handle: (call) => full(kernel, requireChat(kernel, call.params.chat_id ?? ''), call),
  })
  kernel.api({
    method: 'PUT',
    path: `${root}/:chat_id`,
    limit,
    handle: (call) => {
      const chat = requireChat(kernel, call.params.chat_id ?? '')
      const { name, description, ...settings } = call.body
      if (typeof name === 'string') chat.name = name
      if (typeof description === 'string') chat.description = description
      Object.assign(chat.settings, settings)
      changedChats(kernel)
      return {}
    },
  })
  kernel.api({
    method: 'DELETE',
    path: `${root}/:chat_id`,
    limit,
    handle: (call) => {
      const chat = requireChat(kernel, call.params.chat_id ?? '')
      chat.status = 'dissolved'
      changedChats(kernel)
      kernel.events.emit({
        schema: '2.0',
        type: 'im.chat.disbanded_v1',
        event: { chat_id: chat.chat_id, name: chat.name },
      })
      return {}
    },
  })
}

function create(kernel: Kernel, call: ApiCall): unknown {
  const state = chatState(kernel)
  const now = kernel.clock.now()
  forgetOld(state.uuids, now - uuidMemoryMs)
  const uuid = call.query.uuid === undefined ? undefined : `uuid ${call.query.uuid}`
  const repeated = uuid && findChat(kernel, state.uuids[uuid]?.chat_id ?? '')
  if (repeated) return { chat_id: repeated.chat_id, ...full(kernel, repeated, call) }
  const { name, description, owner_id, user_id_list, bot_id_list, ...settings } = call.body
  const ids = (user_id_list ?? []) as string[]
  if (ids.length > 50 || ((bot_id_list ?? []) as string[]).length > 5) throw imFailure(232001)
  const type = idTypeOf(call.query.user_id_type)
  const wanted = owner_id === undefined ? ids : [...ids, String(owner_id)]
  const people = wanted.map((id) => findPerson(kernel, id, type)?.open_id)
  if (people.includes(undefined)) throw imFailure(232043)
  if (settings.chat_type === 'public' && String(name ?? '').length < 2) throw imFailure(232020)
  const owner = owner_id === undefined ? null : (people.at(-1) ?? null)
  const chat = addChat(kernel, {
    name: String(name ?? ''),
    description: String(description ?? ''),
    members: people.filter((id) => id !== undefined),
    bot: true,
    ownerId: owner,
    settings,
  })
  if (uuid) state.uuids[uuid] = { chat_id: chat.chat_id, at: now }
  emitMembership(kernel, chat, { who: 'bot', joined: true })
  return { chat_id: chat.chat_id, ...full(kernel, chat, call) }
}

function mine(kernel: Kernel): Chat[] {
  return listChats(kernel).filter((chat) => chat.hasBot && chat.status === 'normal')
}

function brief(kernel: Kernel, chat: Chat): Record<string, unknown> {
  return {
    chat_id: chat.chat_id,
    avatar: '',
    name: chat.name,
    description: chat.description,
    ...(chat.owner_id && { owner_id: chat.owner_id, owner_id_type: 'open_id' }),
    external: false,
    tenant_key: kernel.identity().tenantKey,
    chat_status: chat.status,
  }
}

function full(kernel: Kernel, chat: Chat, call: ApiCall): Record<string, unknown> {
  const type = idTypeOf(call.query.user_id_type)
  const owner = chat.owner_id === null ? undefined : findPerson(kernel, chat.owner_id, 'open_id')?.[type]
  return {
    avatar: '',
    name: chat.name,
    description: chat.description,
    i18n_names: {},
    add_member_permission: 'all_members',
    share_card_permission: 'allowed',
    at_all_permission: 'all_members',
    edit_permission: 'all_members',
    group_message_type: 'chat',
    chat_type: 'private',
    join_message_visibility: 'all_members',
    leave_message_visibility: 'all_members',
    membership_approval: 'no_approval_required',
    moderation_permission: 'all_members',
    urgent_setting: 'all_members',
    ...chat.settings,
    ...(owner && { owner_id: owner, owner_id_type: type }),
    chat_mode: chat.mode,
    chat_tag: 'inner',
    external: false,
    tenant_key: kernel.identity().tenantKey,
    user_count: String(chat.members.length),
    bot_count: chat.hasBot ? '1' : '0',
    chat_status: chat.status,
  }
}
