import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, type IdType, idTypeOf } from '../contact/people.ts'
import { page } from '../paging.ts'
import { requireBotAbility } from './bot-ability.ts'
import { dissolveChat, editChat } from './chat-changes.ts'
import { chatApi } from './chat-route.ts'
import { addChat, emitMembership, findChat, listChats, requireChat } from './chats.ts'
import { imFailure } from './failures.ts'
import { type Chat, chatState, forgetOld } from './im-state.ts'
import { findMessage } from './message-store.ts'
import { botManages, botOwns } from './rights.ts'
import { startSeen } from './seen.ts'

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
        sorted(kernel, call).map((chat) => brief(kernel, chat, call)),
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
        found.map((chat) => brief(kernel, chat, call)),
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
  chatApi(kernel, { method: 'PUT', path: '', handle: (chat, call) => update(kernel, chat, call) })
  chatApi(kernel, {
    method: 'DELETE',
    path: '',
    handle(chat) {
      if (chat.mode === 'p2p') throw imFailure(232008)
      if (!botOwns(chat)) throw imFailure(232017)
      dissolveChat(kernel, chat, kernel.identity().botOpenId)
    },
  })
}

function create(kernel: Kernel, call: ApiCall): unknown {
  requireBotAbility(kernel, 232025)
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
  const { appId, botOpenId } = kernel.identity()
  if (((bot_id_list ?? []) as string[]).some((id) => id !== appId)) throw imFailure(232021)
  if (people.some((id) => id && findPerson(kernel, id, 'open_id')?.resigned)) throw imFailure(232022)
  checkName(settings.chat_type, name)
  const owner = owner_id === undefined ? null : (people.at(-1) ?? null)
  const chat = addChat(kernel, {
    name: String(name ?? ''),
    description: String(description ?? ''),
    members: people.filter((id) => id !== undefined),
    bot: true,
    ownerId: owner,
    settings,
  })
  if (owner !== null && String(call.query.set_bot_manager) === 'true') chat.managers = [botOpenId]
  startSeen(kernel, chat, chat.members)
  if (uuid) state.uuids[uuid] = { chat_id: chat.chat_id, at: now }
  emitMembership(kernel, chat, { who: 'bot', joined: true })
  return { chat_id: chat.chat_id, ...full(kernel, chat, call) }
}

function mine(kernel: Kernel): Chat[] {
  return listChats(kernel).filter((chat) => chat.hasBot && chat.status === 'normal')
}

/** Oldest first, or those first where something happened last. */
function sorted(kernel: Kernel, call: ApiCall): Chat[] {
  const chats = mine(kernel)
  if (call.query.sort_type !== 'ByActiveTimeDesc') return chats
  const activeAt = (chat: Chat) =>
    findMessage(kernel, chat.messages.at(-1) ?? '')?.createdAt ?? chat.createdAt
  return chats.toSorted((a, b) => activeAt(b) - activeAt(a))
}

function checkName(chatType: unknown, name: unknown): void {
  if (chatType !== 'public') return
  if (name === undefined || name === '') throw imFailure(232042)
  if (String(name).length < 2) throw imFailure(232020)
}

const openToMembers = new Set(['name', 'description', 'avatar', 'i18n_names'])

/** Owners and managers change everything; others the name and description, where the group lets them. Feishu docs: 更新群信息. */
function update(kernel: Kernel, chat: Chat, call: ApiCall): void {
  if (chat.mode === 'p2p') throw imFailure(232008)
  const { name, description, owner_id, ...settings } = call.body
  if (!botManages(kernel, chat)) {
    if (chat.settings.edit_permission === 'only_owner') throw imFailure(232002)
    if (Object.keys(call.body).some((key) => !openToMembers.has(key))) throw imFailure(232016)
  }
  checkName(settings.chat_type ?? chat.settings.chat_type, name ?? chat.name)
  const type = idTypeOf(call.query.user_id_type)
  const owner = owner_id === undefined ? undefined : findPerson(kernel, String(owner_id), type)
  if (owner_id !== undefined && !owner) throw imFailure(232035)
  if (owner && !chat.members.includes(owner.open_id)) throw imFailure(232012)
  editChat(kernel, chat, {
    by: kernel.identity().botOpenId,
    edit: {
      ...(typeof name === 'string' && { name }),
      ...(typeof description === 'string' && { description }),
      ...(owner && { owner_id: owner.open_id }),
      settings,
    },
  })
}

function brief(kernel: Kernel, chat: Chat, call: ApiCall): Record<string, unknown> {
  const type = idTypeOf(call.query.user_id_type)
  const owner = chat.owner_id === null ? undefined : findPerson(kernel, chat.owner_id, 'open_id')?.[type]
  return {
    chat_id: chat.chat_id,
    avatar: '',
    name: chat.name,
    description: chat.description,
    ...(owner && { owner_id: owner, owner_id_type: type }),
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
    ...managersOf(kernel, chat, type),
    chat_status: chat.status,
  }
}

function managersOf(kernel: Kernel, chat: Chat, type: IdType): Record<string, string[]> {
  const { appId, botOpenId } = kernel.identity()
  const managers = chat.managers ?? []
  const people = managers.filter((id) => id !== botOpenId)
  return {
    user_manager_id_list: people.map((id) => findPerson(kernel, id, 'open_id')?.[type] ?? id),
    bot_manager_id_list: managers.includes(botOpenId) ? [appId] : [],
  }
}
