import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { userByOpenId } from '../../contact/people.ts'
import { addMembers, dissolveChat, editChat, moveBot, removeMembers } from '../chat-changes.ts'
import { addChat, changedChats, emitMembership, personIds, privateChat, privateChatOf } from '../chats.ts'
import type { Chat } from '../im-state.ts'
import { findMessage } from '../message-store.ts'
import { messengerState } from '../messenger-state.ts'
import { recallMessage } from '../recall.ts'
import { isManager, isOwner, mayBySetting } from '../rights.ts'
import { seeChat, startSeen } from '../seen.ts'
import { tellChat, templates } from '../system-message.ts'
import { writeMessage } from '../write-message.ts'
import type { MenuButton } from './shapes.ts'
import { chatOfPerson, mayRecall, messageOfPerson } from './views.ts'

const longestName = 100
const mostMembers = 50

/** What a person does to chats; each act causes the platform's events. */
export function registerActing(kernel: Kernel): void {
  const inChat = (path: string, act: (chat: Chat, me: string, call: WebCall) => unknown) =>
    kernel.web('POST', `messenger/chats/:chat_id/${path}`, (call) => {
      const { open_id } = personOf(kernel, call)
      return act(chatOfPerson(kernel, call.params.chat_id, open_id), open_id, call) ?? { ok: true }
    })
  kernel.web('POST', 'messenger/chats', (call) => createGroup(kernel, call))
  kernel.web('POST', 'messenger/bot-chat', (call) => openBotChat(kernel, call))
  inChat('seen', (chat, me) => seeChat(kernel, chat, me))
  inChat('members', (chat, me, call) => invite(kernel, chat, { me, ids: idsOf(call) }))
  inChat('remove', (chat, me, call) => remove(kernel, chat, { me, ids: idsOf(call) }))
  inChat('leave', (chat, me) => removeMembers(kernel, chat, { who: [me], by: me }))
  inChat('edit', (chat, me, call) => edit(kernel, chat, { me, call }))
  inChat('dissolve', (chat, me) => {
    need(isOwner(chat, me), '只有群主可以解散群 only the owner may')
    dissolveChat(kernel, chat, me)
  })
  inChat('menu', (chat, me, call) => pressMenu(kernel, chat, { me, key: String(call.body.event_key) }))
  kernel.web('POST', 'messenger/messages/:message_id/recall', (call) => {
    const { open_id } = personOf(kernel, call)
    const message = messageOfPerson(kernel, call.params.message_id, open_id)
    const chat = chatOfPerson(kernel, message.chat_id, open_id)
    need(
      message.state === 'live' && mayRecall(kernel, { message, chat, openId: open_id }),
      '不能撤回 not yours to recall',
    )
    const own = message.sender.id === open_id
    const as = own ? 'message_owner' : isOwner(chat, open_id) ? 'group_owner' : 'group_manager'
    recallMessage(kernel, message, { id: open_id, as })
    return { ok: true }
  })
  kernel.web('POST', 'messenger/messages/:message_id/follow-up', (call) => {
    const { open_id } = personOf(kernel, call)
    const message = messageOfPerson(kernel, call.params.message_id, open_id)
    const text = String(call.body.text)
    need(message.followUps?.includes(text) === true, '没有这个气泡 no such bubble')
    const chat = chatOfPerson(kernel, message.chat_id, open_id)
    writeMessage(kernel, { chat, openId: open_id, type: 'text', content: { text } })
    return { ok: true }
  })
}

function createGroup(kernel: Kernel, call: WebCall) {
  const { open_id, name: myName } = personOf(kernel, call)
  const ids = idsOf(call)
  const { botOpenId } = kernel.identity()
  const people = [open_id, ...ids.filter((id) => id !== botOpenId && id !== open_id)]
  const given = String(call.body.name ?? '').trim()
  const name = given || [myName, ...people.slice(1, 3).map((id) => personName(kernel, id))].join('、')
  need(name.length <= longestName, '群名称太长 the name is too long')
  const chat = addChat(kernel, {
    name,
    members: people,
    bot: ids.includes(botOpenId),
    ownerId: open_id,
    creator: open_id,
  })
  startSeen(kernel, chat, people)
  tellChat(kernel, chat, { template: templates.created, from: [open_id] })
  if (chat.hasBot) emitMembership(kernel, chat, { who: 'bot', joined: true, operator: open_id })
  return { chat_id: chat.chat_id }
}

/** Opening the bot's chat tells the app each time. Feishu docs: 用户进入与机器人的会话. */
function openBotChat(kernel: Kernel, call: WebCall) {
  const { open_id } = personOf(kernel, call)
  const known = privateChatOf(kernel, open_id)
  const chat = known ?? privateChat(kernel, open_id)
  const last = findMessage(kernel, chat.messages.at(-1) ?? '')
  kernel.events.emit({
    schema: '2.0',
    type: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    event: {
      chat_id: chat.chat_id,
      operator_id: personIds(kernel, open_id),
      ...(last && {
        last_message_id: last.message_id,
        last_message_create_time: String(last.createdAt),
      }),
    },
  })
  return { chat_id: chat.chat_id }
}

function invite(kernel: Kernel, chat: Chat, { me, ids }: { me: string; ids: string[] }): void {
  need(chat.mode === 'group', '单聊不能加人 not in a private chat')
  need(mayBySetting(chat, me, 'add_member_permission'), '仅群主和管理员可以加人 only the owner may invite')
  const { botOpenId } = kernel.identity()
  addMembers(kernel, chat, { who: ids.filter((id) => id !== botOpenId), by: me })
  if (ids.includes(botOpenId)) moveBot(kernel, chat, { present: true, by: me })
}

function remove(kernel: Kernel, chat: Chat, { me, ids }: { me: string; ids: string[] }): void {
  need(isManager(chat, me), '仅群主和管理员可以移除成员 only the owner may remove')
  need(!ids.includes(chat.owner_id ?? ''), '不能移除群主 the owner cannot be removed')
  const { botOpenId } = kernel.identity()
  removeMembers(kernel, chat, { who: ids.filter((id) => id !== botOpenId), by: me })
  if (ids.includes(botOpenId)) moveBot(kernel, chat, { present: false, by: me })
}

function edit(kernel: Kernel, chat: Chat, { me, call }: { me: string; call: WebCall }): void {
  need(
    chat.mode === 'group' && mayBySetting(chat, me, 'edit_permission'),
    '仅群主和管理员可以修改 only the owner may change it',
  )
  const { name, description } = call.body
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : undefined)
  const wanted = text(name)
  need(
    wanted === undefined || (wanted !== '' && wanted.length <= longestName),
    '群名称为 1 至 100 个字 1 to 100 characters',
  )
  editChat(kernel, chat, {
    by: me,
    edit: {
      ...(wanted !== undefined && { name: wanted }),
      ...(text(description) !== undefined && { description: text(description) ?? '' }),
    },
  })
  changedChats(kernel)
}

/** Feishu docs: 机器人自定义菜单. */
function pressMenu(kernel: Kernel, chat: Chat, { me, key }: { me: string; key: string }): void {
  const buttons: MenuButton[] = messengerState(kernel).menu.flatMap((one) => [one, ...(one.children ?? [])])
  need(
    chat.mode === 'p2p' && buttons.some((one) => one.event_key === key),
    '没有这个菜单 no such menu button',
  )
  kernel.events.emit({
    schema: '2.0',
    type: 'application.bot.menu_v6',
    event: {
      operator: { operator_name: personName(kernel, me), operator_id: personIds(kernel, me) },
      event_key: key,
      timestamp: Math.floor(kernel.clock.now() / 1000),
    },
  })
}

function idsOf(call: WebCall): string[] {
  const ids = call.body.ids
  if (!Array.isArray(ids) || ids.length > mostMembers)
    throw new ApiFailure(400, `ids: at most ${mostMembers}`)
  return ids.map(String)
}

function personName(kernel: Kernel, openId: string): string {
  const person = userByOpenId(kernel, openId)
  if (!person) throw new ApiFailure(400, `没有这个人 nobody has the id ${openId}`)
  return person.name
}

function need(allowed: boolean, otherwise: string): void {
  if (!allowed) throw new ApiFailure(403, otherwise, { status: 403 })
}
