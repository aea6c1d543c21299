import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { findPerson, idTypeOf } from '../contact/people.ts'
import { page } from '../paging.ts'
import { chatApi } from './chat-route.ts'
import { changedChats, personIds } from './chats.ts'
import { imFailure } from './failures.ts'
import type { Chat } from './im-state.ts'
import { botOwns } from './rights.ts'

const settings = new Set(['all_members', 'only_owner', 'moderator_list'])

/** Who may write in a group. Feishu docs: 更新群发言权限, 获取群成员发言权限. */
export function registerModerationApi(kernel: Kernel): void {
  chatApi(kernel, {
    method: 'GET',
    path: '/moderation',
    handle(chat, call) {
      const type = idTypeOf(call.query.user_id_type)
      const setting = String(chat.settings.moderation_permission ?? 'all_members')
      const speakers = setting === 'moderator_list' ? (chat.moderators ?? []) : []
      const items = speakers.map((openId) => ({
        user_id_type: type,
        user_id: findPerson(kernel, openId, 'open_id')?.[type] ?? openId,
        tenant_key: kernel.identity().tenantKey,
      }))
      return {
        moderation_setting: setting,
        ...page(items, call.query, { size: 50, most: 100, code: 232001 }),
      }
    },
  })
  chatApi(kernel, {
    method: 'PUT',
    path: '/moderation',
    handle: (chat, call) => change(kernel, chat, call),
  })
}

function change(kernel: Kernel, chat: Chat, call: ApiCall): void {
  if (!botOwns(chat)) throw imFailure(232017)
  const before = String(chat.settings.moderation_permission ?? 'all_members')
  const setting = String(call.body.moderation_setting ?? before)
  if (!settings.has(setting)) throw imFailure(232001)
  const added = peopleOf(kernel, call, 'moderator_added_list').filter((id) => chat.members.includes(id))
  const removed = peopleOf(kernel, call, 'moderator_removed_list')
  const kept = (chat.moderators ?? []).filter((id) => !removed.includes(id))
  chat.settings.moderation_permission = setting
  chat.moderators = [...new Set([...kept, ...added])]
  changedChats(kernel)
  emitModeration(kernel, chat, { before, setting, added, removed })
}

function emitModeration(
  kernel: Kernel,
  chat: Chat,
  change: { before: string; setting: string; added: string[]; removed: string[] },
): void {
  const { tenantKey, botOpenId } = kernel.identity()
  const list = (ids: string[]) => ids.map((id) => ({ tenant_key: tenantKey, user_id: personIds(kernel, id) }))
  kernel.events.emit({
    schema: '2.0',
    type: 'im.chat.updated_v1',
    event: {
      chat_id: chat.chat_id,
      operator_id: personIds(kernel, botOpenId),
      external: false,
      operator_tenant_key: tenantKey,
      after_change: { moderation_permission: change.setting },
      before_change: { moderation_permission: change.before },
      moderator_list: {
        added_member_list: list(change.added),
        removed_member_list: list(change.removed),
      },
    },
  })
}

function peopleOf(kernel: Kernel, call: ApiCall, field: string): string[] {
  const type = idTypeOf(call.query.user_id_type)
  const ids = (call.body[field] ?? []) as string[]
  return ids.flatMap((id) => findPerson(kernel, id, type)?.open_id ?? [])
}
