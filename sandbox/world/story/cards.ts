/** Cards about an order or a refund, and the words on them. */
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

/** Plain lines of a card: its texts in reading order, markup taken off. */
export function cardLines(content: string): string[] {
  const lines: string[] = []
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk)
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return
    const { content, ...rest } = node as Record<string, unknown>
    if (typeof content === 'string') lines.push(...plain(content))
    Object.values(rest).forEach(walk)
  }
  walk(JSON.parse(content))
  return lines.slice(0, 14)
}

function plain(markdown: string): string[] {
  return markdown
    .replace(/<[^>]{0,200}>/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
