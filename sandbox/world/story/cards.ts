/** Cards about an order or a refund. */
import type { Message } from '../../feishu/im/im-state.ts'
import { chatState } from '../../feishu/im/im-state.ts'
import { messagesIn } from '../../feishu/im/messages.ts'
import type { Kernel } from '../../kernel/types.ts'

/** The app's cards that hold this text, oldest first, sent since a moment (ms); in one chat, or in any. */
export function cardsAbout(
  kernel: Kernel,
  wanted: { text: string; since: number; chatId?: string },
): Message[] {
  const chats = wanted.chatId === undefined ? Object.keys(chatState(kernel).chats) : [wanted.chatId]
  return chats.flatMap((chatId) =>
    messagesIn(kernel, chatId).filter(
      (message) =>
        message.createdAt >= wanted.since &&
        message.msg_type === 'interactive' &&
        message.state === 'live' &&
        message.root_id === undefined &&
        message.content.includes(wanted.text),
    ),
  )
}
