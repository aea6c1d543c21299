import { userByOpenId } from '../../feishu/contact/people.ts'
import { listChats } from '../../feishu/im/chats.ts'
import type { Chat, Message } from '../../feishu/im/im-state.ts'
import { messagesIn } from '../../feishu/im/messages.ts'
import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { cardView } from './card-view.ts'
import { type Html, html, timeOf } from './html.ts'

const shownMessages = 3

/** Every group with its newest messages, busiest first. */
export function chatsView(kernel: OwnKernel): Html {
  const chats = [...listChats(kernel)].sort((a, b) => newest(kernel, b) - newest(kernel, a))
  return html`<h2>群 <small>Groups · 每个群最新 ${shownMessages} 条</small></h2>
<div class="chats">${chats.map((chat) => chatView(kernel, chat))}</div>`
}

const newest = (kernel: OwnKernel, chat: Chat) => messagesIn(kernel, chat.chat_id).at(-1)?.createdAt ?? 0

function chatView(kernel: OwnKernel, chat: Chat): Html {
  const last = messagesIn(kernel, chat.chat_id).slice(-shownMessages).reverse()
  const bot = chat.hasBot ? '' : ' · 机器人不在群里'
  return html`<section class="chat" id="${chat.chat_id}"><h3>${chat.name} <small>${chat.messages.length} 条消息 · ${chat.members.length} 人${bot}</small></h3>
${last.length === 0 ? html`<p class="empty">还没有消息</p>` : last.map((message) => messageView(kernel, message))}</section>`
}

function messageView(kernel: OwnKernel, message: Message): Html {
  const person = userByOpenId(kernel, message.sender.id)?.name
  const name = person ?? kernel.identity().botName
  const changes = message.versionCount > 1 && ` · 已更新 ${message.versionCount - 1} 次`
  return html`<div class="message" data-at="${message.createdAt}"><small>${name} · ${timeOf(message.createdAt)}${changes}</small>${contentView(message)}</div>`
}

function contentView(message: Message): Html {
  if (message.state === 'recalled') return html`<p class="empty">消息已撤回</p>`
  const content = JSON.parse(message.content) as Record<string, unknown>
  if (message.msg_type === 'interactive') return cardView(message.message_id, content)
  return html`<p class="bubble">${typeof content.text === 'string' ? content.text : `[${message.msg_type}]`}</p>`
}
