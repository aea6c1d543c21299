import { ApiFailure, type Kernel, type WebCall } from '../../../kernel/types.ts'
import { personOf } from '../../../web/person.ts'
import { listChats, privateChatOf } from '../chats.ts'
import { type Chat, type Message, threadState } from '../im-state.ts'
import { findMessage } from '../message-store.ts'
import { messengerState } from '../messenger-state.ts'
import { previewOf } from '../preview.ts'
import { isManager, isOwner, mayBySetting, mayWrite } from '../rights.ts'
import { unreadOf } from '../seen.ts'
import { nameOf } from '../system-message.ts'
import type { ChatMember, ChatPage, ChatRow, MenuButton, MessagesPage, ThreadPage } from './shapes.ts'
import { chatOfPerson, messageOfPerson, viewOf } from './views.ts'

const pageSize = 40

/** What a person sees of chats: the list, one chat, its messages, a thread. */
export function registerReading(kernel: Kernel): void {
  kernel.web('GET', 'messenger/chats', (call): ChatRow[] => {
    const { open_id } = personOf(kernel, call)
    const groups = listChats(kernel).filter(
      (chat) => chat.status === 'normal' && chat.members.includes(open_id),
    )
    const withBot = privateChatOf(kernel, open_id)
    const rows = [...groups, ...(withBot ? [withBot] : [])].map((chat) => rowOf(kernel, chat, open_id))
    if (!withBot) rows.push(closedBotChat(kernel))
    return rows.toSorted((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0))
  })
  kernel.web('GET', 'messenger/chats/:chat_id', (call): ChatPage => {
    const { open_id } = personOf(kernel, call)
    return pageOf(kernel, chatOfPerson(kernel, call.params.chat_id, open_id), open_id)
  })
  kernel.web('GET', 'messenger/chats/:chat_id/messages', (call) => messagesOf(kernel, call))
  kernel.web('GET', 'messenger/chats/:chat_id/pins', (call) => {
    const { open_id } = personOf(kernel, call)
    const chat = chatOfPerson(kernel, call.params.chat_id, open_id)
    return pinned(kernel, chat).map((message) => viewOf(kernel, message, open_id))
  })
  kernel.web('GET', 'messenger/threads/:message_id', (call): ThreadPage => {
    const { open_id } = personOf(kernel, call)
    const root = messageOfPerson(kernel, call.params.message_id, open_id)
    const ids = threadState(kernel)[root.opensThread ?? '']?.messages ?? []
    const replies = ids.flatMap((id) => findMessage(kernel, id) ?? [])
    return {
      root: viewOf(kernel, root, open_id),
      replies: replies.map((message) => viewOf(kernel, message, open_id)),
    }
  })
}

/** A page of a chat's own messages (answers in threads are read in their thread), newest page first. */
function messagesOf(kernel: Kernel, call: WebCall): MessagesPage {
  const { open_id } = personOf(kernel, call)
  const chat = chatOfPerson(kernel, call.params.chat_id, open_id)
  const end = call.query.before === undefined ? chat.messages.length : Number(call.query.before)
  if (!Number.isInteger(end) || end < 0) throw new ApiFailure(400, 'before must be a number')
  const found: Message[] = []
  let at = Math.min(end, chat.messages.length)
  while (at > 0 && found.length < pageSize) {
    at--
    const message = findMessage(kernel, chat.messages[at] ?? '')
    if (message && !message.thread_id) found.push(message)
  }
  const items = found.toReversed().map((message) => viewOf(kernel, message, open_id))
  return { items, before: at > 0 ? at : null }
}

function rowOf(kernel: Kernel, chat: Chat, openId: string): ChatRow {
  const unread = unreadOf(kernel, chat, openId)
  const last = findMessage(kernel, chat.messages.at(-1) ?? '')
  const recent = chat.messages.slice(-20).flatMap((id) => findMessage(kernel, id) ?? [])
  return {
    chat_id: chat.chat_id,
    name: chat.mode === 'p2p' ? kernel.identity().botName : chat.name,
    mode: chat.mode,
    members: chat.members.length,
    hasBot: chat.hasBot,
    unread: unread.count,
    mentioned: unread.mentioned,
    urgent: recent.some(({ urgent, state }) => state === 'live' && urgent.includes(openId)),
    last: last
      ? { text: previewOf(kernel, last), at: last.createdAt, by: nameOf(kernel, last.sender.id) }
      : { text: '', at: chat.createdAt, by: '' },
  }
}

/** The bot can always be written to: its chat is made when somebody opens it. */
function closedBotChat(kernel: Kernel): ChatRow {
  return {
    chat_id: '',
    name: kernel.identity().botName,
    mode: 'p2p',
    members: 1,
    hasBot: true,
    unread: 0,
    mentioned: false,
    urgent: false,
    last: null,
  }
}

function pageOf(kernel: Kernel, chat: Chat, openId: string): ChatPage {
  const { botName } = kernel.identity()
  const isGroup = chat.mode === 'group'
  return {
    chat_id: chat.chat_id,
    name: isGroup ? chat.name : botName,
    description: chat.description,
    mode: chat.mode,
    hasBot: chat.hasBot,
    botName,
    members: membersOf(kernel, chat),
    can: {
      write: mayWrite(chat, openId),
      edit: isGroup && mayBySetting(chat, openId, 'edit_permission'),
      invite: isGroup && mayBySetting(chat, openId, 'add_member_permission'),
      remove: isGroup && isManager(chat, openId),
      dissolve: isGroup && isOwner(chat, openId),
      atAll: isGroup && mayBySetting(chat, openId, 'at_all_permission'),
    },
    menu: isGroup ? groupMenu(chat) : messengerState(kernel).menu.map((button) => ({ ...button })),
    tabs: (chat.tabs ?? []).map((tab) => ({
      tab_id: tab.tab_id,
      name: tab.tab_name ?? tab.tab_type,
      url: linkOf(tab.tab_content),
    })),
    notice: noticeOf(kernel, chat),
    pins: isGroup ? pinned(kernel, chat).length : 0,
  }
}

function membersOf(kernel: Kernel, chat: Chat): ChatMember[] {
  const people = chat.members.map(
    (openId): ChatMember => ({
      open_id: openId,
      name: nameOf(kernel, openId),
      kind: 'person',
      role: isOwner(chat, openId) ? 'owner' : isManager(chat, openId) ? 'manager' : 'member',
    }),
  )
  if (!chat.hasBot) return people
  const { botOpenId, botName } = kernel.identity()
  const role = chat.owner_id === null && chat.mode === 'group' ? 'owner' : 'member'
  return [...people, { open_id: botOpenId, name: botName, kind: 'bot', role }]
}

function groupMenu(chat: Chat): MenuButton[] {
  const button = (item: { name: string; redirect_link?: Record<string, string> }): MenuButton => {
    const url = item.redirect_link?.pc_url ?? item.redirect_link?.common_url
    return { name: item.name, ...(url && { url }) }
  }
  return (chat.menu ?? []).map((top) => ({
    ...button(top.chat_menu_item),
    ...(top.children.length > 0 && { children: top.children.map((one) => button(one.chat_menu_item)) }),
  }))
}

function linkOf(content: Record<string, unknown> | undefined): string | null {
  const url = content?.url ?? content?.doc ?? content?.meeting_minute
  return typeof url === 'string' ? url : null
}

function noticeOf(kernel: Kernel, chat: Chat): ChatPage['notice'] {
  const message = findMessage(kernel, chat.notice?.message_id ?? '')
  if (!chat.notice || !message || message.state === 'recalled') return null
  return {
    message_id: message.message_id,
    text: previewOf(kernel, message),
    by: nameOf(kernel, message.sender.id),
  }
}

function pinned(kernel: Kernel, chat: Chat): Message[] {
  const messages = (chat.pins ?? []).flatMap((id) => findMessage(kernel, id) ?? [])
  return messages.filter((message) => message.state === 'live').toReversed()
}
