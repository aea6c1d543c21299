import type { Kernel } from '../../kernel/types.ts'
import { userByOpenId } from '../contact/people.ts'
import type { Chat } from './im-state.ts'
import { addMessage } from './messages.ts'

export interface Happened {
  template: string
  /** open_ids; the bot's own for the bot */
  from: readonly string[]
  to?: readonly string[]
  /** For templates that name something: `{name}`. */
  name?: string
}

/** The grey line people see when somebody joined, left or renamed the group. Feishu docs: 接收消息内容, 系统消息. */
export function tellChat(kernel: Kernel, chat: Chat, happened: Happened): void {
  const names = (ids: readonly string[]) => ids.map((id) => nameOf(kernel, id))
  addMessage(kernel, {
    chat,
    msg_type: 'system',
    content: JSON.stringify({
      template: happened.template,
      from_user: names(happened.from),
      to_chatters: names(happened.to ?? []),
      ...(happened.name !== undefined && { name: happened.name }),
    }),
    sender: { id: '', id_type: 'open_id', sender_type: 'system' },
  })
}

export const templates = {
  invited: '{from_user} 邀请 {to_chatters} 加入此群',
  removed: '{from_user} 将 {to_chatters} 移出此群',
  left: '{from_user} 退出了此群',
  joined: '{from_user} 加入了此群',
  created: '{from_user} 创建了群聊',
  renamed: '{from_user} 将群名称修改为“{name}”',
  newOwner: '{from_user} 将群主转让给 {to_chatters}',
} as const

/** Name of a person, or of the bot. */
export function nameOf(kernel: Kernel, id: string): string {
  const { botOpenId, botName, appId } = kernel.identity()
  if (id === botOpenId || id === appId) return botName
  return userByOpenId(kernel, id)?.name ?? ''
}
