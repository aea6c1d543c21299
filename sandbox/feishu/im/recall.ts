import type { Kernel } from '../../kernel/types.ts'
import { findChat } from './chats.ts'
import type { Message } from './im-state.ts'
import { changedMessage } from './message-store.ts'

export type RecallType = 'message_owner' | 'group_owner' | 'group_manager'

/** Takes a message back and tells the app, if it is in the chat. Feishu docs: 撤回消息, 消息撤回事件. */
export function recallMessage(kernel: Kernel, message: Message, by: { id: string; as: RecallType }): void {
  const now = kernel.clock.now()
  message.state = 'recalled'
  message.recalledBy = by.id
  message.updatedAt = now
  changedMessage(kernel, message)
  const chat = findChat(kernel, message.chat_id)
  if (chat) chat.pins = (chat.pins ?? []).filter((id) => id !== message.message_id)
  if (!chat?.hasBot) return
  kernel.events.emit({
    schema: '2.0',
    type: 'im.message.recalled_v1',
    event: {
      message_id: message.message_id,
      chat_id: message.chat_id,
      recall_time: String(now),
      recall_type: by.as,
    },
  })
}
