import type { Kernel } from '../../kernel/types.ts'
import { imFailure } from './failures.ts'
import { messageState } from './im-state.ts'
import { mentioned } from './mentions.ts'

export type PostNode = Record<string, unknown> & { tag: string }

export interface PostBody {
  title: string
  content: PostNode[][]
}

/** The first language of a post, Chinese before others. Old worlds may hold the body without a language level. */
export function postBody(post: Record<string, unknown>): PostBody {
  const body = (Array.isArray(post.content) ? post : (post.zh_cn ?? Object.values(post)[0])) as PostBody
  return { title: String(body?.title ?? ''), content: body?.content ?? [] }
}

/** Text of a post as one line of a preview. */
export function postText(post: PostBody): string {
  const words = post.content.flat().map((node) => {
    if (node.tag === 'img') return '[图片]'
    if (node.tag === 'at') return `@${String(node.user_name ?? '')}`
    return typeof node.text === 'string' ? node.text : ''
  })
  return [post.title, words.join('')].filter((part) => part !== '').join(' ')
}

const languages = new Set(['zh_cn', 'en_us', 'ja_jp', 'zh_hk', 'zh_tw', 'ko_kr'])
/** nodes that must be alone in their paragraph */
const alone = new Set(['img', 'media', 'md', 'hr', 'code_block'])

/** Checks a post on its way in. Feishu docs: 发送消息内容, 富文本. @throws 230001 with what is wrong */
export function checkPost(kernel: Kernel, post: Record<string, unknown>): void {
  const bodies = Object.entries(post)
  if (bodies.length === 0) throw refused('post has no language')
  for (const [language, body] of bodies) {
    if (!languages.has(language)) throw refused(`unknown language "${language}" in post`)
    checkBody(kernel, body)
  }
}

function checkBody(kernel: Kernel, body: unknown): void {
  const { title, content } = (body ?? {}) as { title?: unknown; content?: unknown }
  if (title !== undefined && typeof title !== 'string') throw refused('title must be a string')
  if (!Array.isArray(content) || content.length === 0) throw refused('invalid post content')
  for (const line of content) {
    if (!Array.isArray(line)) throw refused('a paragraph must be a list of nodes')
    for (const node of line) checkNode(kernel, node as Record<string, unknown> | null, line.length)
  }
}

function checkNode(kernel: Kernel, node: Record<string, unknown> | null, together: number): void {
  const tag = String(node?.tag)
  const check = Object.hasOwn(nodes, tag) ? nodes[tag] : undefined
  if (!node || !check) throw refused(`unknown tag "${tag}"`)
  // UNVERIFIED: whether the platform refuses a picture beside other nodes, or moves it to a paragraph of its own.
  if (alone.has(tag) && together > 1) throw refused(`tag "${tag}" must be the only node of its paragraph`)
  // A style that does not exist is ignored, as documented; something else than a list is not.
  if (node.style !== undefined && !Array.isArray(node.style)) throw refused('style must be a list')
  check(kernel, node)
}

const nodes: Record<string, (kernel: Kernel, node: Record<string, unknown>) => void> = {
  text: (_kernel, node) => needText(node.text, 'text'),
  a(_kernel, node) {
    needText(node.text, 'text')
    if (typeof node.href !== 'string' || !/^(https?|mailto|lark|feishu):/i.test(node.href))
      throw refused('href is invalid')
  },
  at(kernel, node) {
    if (typeof node.user_id !== 'string' || !mentioned(kernel, node.user_id))
      throw refused(`invalid user_id in at: ${String(node.user_id)}`)
  },
  img: (kernel, node) => needImage(kernel, node.image_key),
  media(kernel, node) {
    if (!Object.hasOwn(messageState(kernel).files, String(node.file_key))) throw refused('invalid file_key')
    if (node.image_key !== undefined && node.image_key !== '') needImage(kernel, node.image_key)
  },
  emotion: (_kernel, node) => needText(node.emoji_type, 'emoji_type'),
  hr: () => undefined,
  // A code language nobody knows is shown as plain text, as documented.
  code_block: (_kernel, node) => needText(node.text, 'text'),
  md: (_kernel, node) => needText(node.text, 'text'),
}

function needText(value: unknown, name: string): void {
  if (typeof value !== 'string') throw refused(`${name} must be a string`)
}

function needImage(kernel: Kernel, key: unknown): void {
  if (!Object.hasOwn(messageState(kernel).images, String(key))) throw refused('invalid image_key')
}

function refused(what: string) {
  return imFailure(230001, what)
}
