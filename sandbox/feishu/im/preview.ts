import type { Kernel } from '../../kernel/types.ts'
import type { Message } from './im-state.ts'
import { withKeys } from './mentions.ts'
import { postBody, postText } from './post.ts'

const longest = 120
const kinds: Record<string, string> = {
  image: '[图片]',
  audio: '[语音]',
  media: '[视频]',
  sticker: '[表情]',
  share_chat: '[群名片]',
  share_user: '[个人名片]',
  merge_forward: '[聊天记录]',
}

/** A message in one line, as a chat list or a quote shows it. */
export function previewOf(kernel: Kernel, message: Message): string {
  if (message.state === 'recalled') return '撤回了一条消息'
  const content = JSON.parse(message.content) as Record<string, unknown>
  return lineOf(kernel, message, content).replace(/\s+/g, ' ').slice(0, longest)
}

function lineOf(kernel: Kernel, message: Message, content: Record<string, unknown>): string {
  switch (message.msg_type) {
    case 'text':
      return plainText(kernel, message.content)
    case 'post':
      return postText(postBody(content))
    case 'file':
      return `[文件] ${String(content.file_name ?? '')}`
    case 'interactive':
      return `[卡片] ${cardTitle(content)}`
    case 'system':
      return systemText(content)
    default:
      return kinds[message.msg_type] ?? `[${message.msg_type}]`
  }
}

/** The words of a text message, mentions as names. */
export function plainText(kernel: Kernel, content: string): string {
  const keyed = withKeys(kernel, 'text', content)
  let { text } = JSON.parse(keyed.content) as { text: string }
  for (const { key, name } of keyed.mentions.toReversed()) text = text.replace(key, `@${name}`)
  return text.replace(/<\/?[bius]>/g, '').replace(/\[([^[\]]+)\]\(\w+:[^\s)]+\)/g, '$1')
}

export function systemText(content: Record<string, unknown>): string {
  return String(content.template).replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = content[key]
    return Array.isArray(value) ? value.join('、') : String(value ?? '')
  })
}

function cardTitle(card: Record<string, unknown>): string {
  const header = card.header as { title?: { content?: unknown } } | undefined
  if (typeof header?.title?.content === 'string') return header.title.content
  const config = card.config as { summary?: { content?: unknown } } | undefined
  return typeof config?.summary?.content === 'string' ? config.summary.content : ''
}
