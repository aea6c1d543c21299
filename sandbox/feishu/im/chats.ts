import type { Kernel } from '../../kernel/types.ts'
import { userByOpenId } from '../contact/people.ts'
import { requireBotAbility } from './bot-ability.ts'
import { imFailure } from './failures.ts'
import { type Chat, chatState, imShown } from './im-state.ts'

export interface NewChat {
  name: string
  description?: string
  /** open_ids */
  members: readonly string[]
  /** Is our bot in the group? */
  bot: boolean
  ownerId?: string | null
  /** open_id of the person who makes it; absent: the bot does */
  creator?: string
  settings?: Record<string, unknown>
}

/** Makes a group chat without asking the API. */
export function addChat(kernel: Kernel, wanted: NewChat): Chat {
  return insert(kernel, {
    chat_id: kernel.id('oc_'),
    name: wanted.name,
    description: wanted.description ?? '',
    mode: 'group',
    owner_id: wanted.ownerId === undefined ? (wanted.members[0] ?? null) : wanted.ownerId,
    members: [...new Set(wanted.members)],
    hasBot: wanted.bot,
    status: 'normal',
    createdAt: kernel.clock.now(),
    settings: wanted.settings ?? {},
    messages: [],
    ...(wanted.creator && { creator: wanted.creator }),
  })
}

/** Every group (not the one-to-one chats). */
export function listChats(kernel: Kernel): Chat[] {
  return Object.values(chatState(kernel).chats).filter((chat) => chat.mode === 'group')
}

export function findChat(kernel: Kernel, chatId: string): Chat | undefined {
  const { chats } = chatState(kernel)
  return Object.hasOwn(chats, chatId) ? chats[chatId] : undefined
}

/** The chat, if it exists, is not dissolved and our bot is in it; else the platform's refusal. */
export function requireChat(kernel: Kernel, chatId: string): Chat {
  requireBotAbility(kernel, 232025)
  const chat = findChat(kernel, chatId)
  if (!chat) throw imFailure(232006)
  if (chat.status === 'dissolved') throw imFailure(232009)
  if (!chat.hasBot) throw imFailure(232011)
  return chat
}

/** The one-to-one chat of the bot with a person, if there is one. */
export function privateChatOf(kernel: Kernel, openId: string): Chat | undefined {
  return Object.values(chatState(kernel).chats).find(
    (chat) => chat.mode === 'p2p' && chat.members[0] === openId,
  )
}

/** The one-to-one chat of the bot with a person, made on first use. */
export function privateChat(kernel: Kernel, openId: string): Chat {
  const known = privateChatOf(kernel, openId)
  if (known) return known
  return insert(kernel, {
    chat_id: kernel.id('oc_'),
    name: userByOpenId(kernel, openId)?.name ?? '',
    description: '',
    mode: 'p2p',
    owner_id: null,
    members: [openId],
    hasBot: true,
    status: 'normal',
    createdAt: kernel.clock.now(),
    settings: {},
    messages: [],
  })
}

export function changedChats(kernel: Kernel): void {
  kernel.changed('im-chats')
  imShown(kernel)
}

/** Tells subscribers that people or the bot entered or left. Feishu docs: 用户进群, 机器人进群 and their opposites. */
export function emitMembership(
  kernel: Kernel,
  chat: Chat,
  change: { who: readonly string[] | 'bot'; joined: boolean; operator?: string },
): void {
  // Only apps in the group hear of it; one that was removed hears that.
  if (!chat.hasBot && change.who !== 'bot') return
  const { tenantKey } = kernel.identity()
  const base = {
    chat_id: chat.chat_id,
    operator_id: personIds(kernel, change.operator),
    external: false,
    operator_tenant_key: tenantKey,
    name: chat.name,
    i18n_names: {},
  }
  const suffix = change.joined ? 'added_v1' : 'deleted_v1'
  if (change.who === 'bot') {
    kernel.events.emit({ schema: '2.0', type: `im.chat.member.bot.${suffix}`, event: base })
    return
  }
  const users = change.who.map((openId) => ({
    name: userByOpenId(kernel, openId)?.name ?? '',
    tenant_key: tenantKey,
    user_id: personIds(kernel, openId),
  }))
  kernel.events.emit({ schema: '2.0', type: `im.chat.member.user.${suffix}`, event: { ...base, users } })
}

/** The three ids of a person as events carry them; the bot has no user_id. */
export function personIds(kernel: Kernel, openId: string | undefined): Record<string, string> {
  const person = openId === undefined ? undefined : userByOpenId(kernel, openId)
  if (!person) return { open_id: openId ?? kernel.identity().botOpenId }
  return { union_id: person.union_id, user_id: person.user_id, open_id: person.open_id }
}

function insert(kernel: Kernel, chat: Chat): Chat {
  chatState(kernel).chats[chat.chat_id] = chat
  changedChats(kernel)
  return chat
}
