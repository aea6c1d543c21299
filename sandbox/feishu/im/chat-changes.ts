import type { Kernel } from '../../kernel/types.ts'
import { changedChats, emitMembership, personIds } from './chats.ts'
import type { Chat } from './im-state.ts'
import { startSeen } from './seen.ts'
import { tellChat, templates } from './system-message.ts'

/** Adds people to a group, tells the group and the app. `by`: open_id of whoever invites, the bot's own for the bot. */
export function addMembers(kernel: Kernel, chat: Chat, change: { who: readonly string[]; by: string }): void {
  const fresh = change.who.filter((openId) => !chat.members.includes(openId))
  if (fresh.length === 0) return
  chat.members.push(...fresh)
  startSeen(kernel, chat, fresh)
  changedChats(kernel)
  const joinedAlone = fresh.length === 1 && fresh[0] === change.by
  tellChat(kernel, chat, {
    template: joinedAlone ? templates.joined : templates.invited,
    from: [change.by],
    to: fresh,
  })
  emitMembership(kernel, chat, { who: fresh, joined: true, operator: change.by })
}

/** Removes people; one who removes only oneself leaves. An owner's place goes to the next member. */
export function removeMembers(
  kernel: Kernel,
  chat: Chat,
  change: { who: readonly string[]; by: string },
): void {
  const gone = change.who.filter((openId) => chat.members.includes(openId))
  if (gone.length === 0) return
  chat.members = chat.members.filter((openId) => !gone.includes(openId))
  chat.managers = (chat.managers ?? []).filter((openId) => !gone.includes(openId))
  if (chat.owner_id !== null && gone.includes(chat.owner_id)) chat.owner_id = chat.members[0] ?? null
  changedChats(kernel)
  const left = gone.length === 1 && gone[0] === change.by
  tellChat(kernel, chat, {
    template: left ? templates.left : templates.removed,
    from: [change.by],
    to: gone,
  })
  emitMembership(kernel, chat, { who: gone, joined: false, operator: change.by })
}

/** Puts the bot into a group or takes it out. */
export function moveBot(kernel: Kernel, chat: Chat, change: { present: boolean; by: string }): void {
  if (chat.hasBot === change.present) return
  chat.hasBot = change.present
  changedChats(kernel)
  const { botOpenId } = kernel.identity()
  tellChat(kernel, chat, {
    template: change.present ? templates.invited : templates.removed,
    from: [change.by],
    to: [botOpenId],
  })
  emitMembership(kernel, chat, { who: 'bot', joined: change.present, operator: change.by })
}

export type ChatEdit = Partial<Pick<Chat, 'name' | 'description' | 'owner_id'>> & {
  settings?: Record<string, unknown>
}

/** Changes name, description, owner or settings; the app hears what was before and after. Feishu docs: 群配置修改. */
export function editChat(kernel: Kernel, chat: Chat, change: { edit: ChatEdit; by: string }): void {
  const { edit, by } = change
  const before = settingsOf(kernel, chat)
  const renamed = edit.name !== undefined && edit.name !== chat.name
  const handedOver = edit.owner_id !== undefined && edit.owner_id !== chat.owner_id
  if (edit.name !== undefined) chat.name = edit.name
  if (edit.description !== undefined) chat.description = edit.description
  if (edit.owner_id !== undefined) chat.owner_id = edit.owner_id
  Object.assign(chat.settings, edit.settings)
  changedChats(kernel)
  if (renamed) tellChat(kernel, chat, { template: templates.renamed, from: [by], name: chat.name })
  if (handedOver) {
    const to = [chat.owner_id ?? kernel.identity().botOpenId]
    tellChat(kernel, chat, { template: templates.newOwner, from: [by], to })
  }
  const after = settingsOf(kernel, chat)
  const changed = Object.keys(after).filter(
    (key) => JSON.stringify(after[key]) !== JSON.stringify(before[key]),
  )
  if (changed.length === 0 || !chat.hasBot) return
  const only = (all: Record<string, unknown>) => Object.fromEntries(changed.map((key) => [key, all[key]]))
  kernel.events.emit({
    schema: '2.0',
    type: 'im.chat.updated_v1',
    event: {
      chat_id: chat.chat_id,
      operator_id: personIds(kernel, by),
      external: false,
      operator_tenant_key: kernel.identity().tenantKey,
      after_change: only(after),
      before_change: only(before),
    },
  })
}

/** Ends a group for everybody. Feishu docs: 群解散. */
export function dissolveChat(kernel: Kernel, chat: Chat, by: string): void {
  chat.status = 'dissolved'
  changedChats(kernel)
  if (!chat.hasBot) return
  kernel.events.emit({
    schema: '2.0',
    type: 'im.chat.disbanded_v1',
    event: {
      chat_id: chat.chat_id,
      operator_id: personIds(kernel, by),
      external: false,
      operator_tenant_key: kernel.identity().tenantKey,
      name: chat.name,
      i18n_names: {},
    },
  })
}

function settingsOf(kernel: Kernel, chat: Chat): Record<string, unknown> {
  return {
    name: chat.name,
    description: chat.description,
    owner_id: personIds(kernel, chat.owner_id ?? undefined),
    ...chat.settings,
  }
}
