import type { Kernel } from '../../kernel/types.ts'
import type { Chat } from './im-state.ts'

/** Does a person own the group? */
export function isOwner(chat: Chat, openId: string): boolean {
  return chat.owner_id === openId
}

/** Owner or manager: may do what a group's settings keep for them. */
export function isManager(chat: Chat, openId: string): boolean {
  return isOwner(chat, openId) || (chat.managers ?? []).includes(openId)
}

/** May this person add members, change the name, speak to everybody …? A setting that is not made allows it. */
export function mayBySetting(chat: Chat, openId: string, setting: string): boolean {
  return chat.settings[setting] !== 'only_owner' || isManager(chat, openId)
}

/** May this member write? Feishu docs: 更新群发言权限. */
export function mayWrite(chat: Chat, openId: string): boolean {
  const who = chat.settings.moderation_permission
  if (who === 'only_owner') return isManager(chat, openId)
  if (who === 'moderator_list') return isManager(chat, openId) || (chat.moderators ?? []).includes(openId)
  return true
}

/** The bot owns the group, or it made it and may act as its owner (scope im:chat:operate_as_owner). */
export function botOwns(chat: Chat): boolean {
  return chat.owner_id === null || chat.creator === undefined
}

export function botManages(kernel: Kernel, chat: Chat): boolean {
  return botOwns(chat) || (chat.managers ?? []).includes(kernel.identity().botOpenId)
}
