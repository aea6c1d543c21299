import type { Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import { type PostBody, postBody } from './post.ts'

export interface Mention {
  /** `@_user_1` …, or `@_all` */
  key: string
  /** open_id; '' for everybody */
  openId: string
  name: string
  isBot: boolean
}

const atTag = /<at user_id="([^"]+)">([^<]*)<\/at>/g
const idTypes = ['open_id', 'user_id', 'union_id'] as const

/** Who an id in an `at` means: a person (by any id), the bot or everybody; undefined: nobody. */
export function mentioned(kernel: Kernel, id: string): Omit<Mention, 'key'> | undefined {
  if (id === 'all') return { openId: '', name: '所有人', isBot: false }
  const { botOpenId, botName } = kernel.identity()
  if (id === botOpenId) return { openId: botOpenId, name: botName, isBot: true }
  for (const type of idTypes) {
    const person = findPerson(kernel, id, type)
    if (person) return { openId: person.open_id, name: person.name, isBot: false }
  }
  return undefined
}

/**
 * Content as receivers get it: every `at` replaced by a key, with what the keys mean. A post loses its language level.
 * Feishu docs: 接收消息内容.
 */
export function withKeys(
  kernel: Kernel,
  type: string,
  content: string,
): { content: string; mentions: Mention[] } {
  const mentions: Mention[] = []
  const keyOf = (id: string): string | undefined => {
    const who = mentioned(kernel, id)
    if (!who) return undefined
    const key = who.openId === '' ? '@_all' : `@_user_${mentions.length + 1}`
    mentions.push({ key, ...who })
    return key
  }
  if (type === 'text') {
    const text = String(JSON.parse(content).text).replace(atTag, (whole, id: string) => keyOf(id) ?? whole)
    return { content: JSON.stringify({ text }), mentions }
  }
  if (type !== 'post') return { content, mentions }
  const body = postBody(JSON.parse(content))
  return { content: JSON.stringify(readablePost(body, keyOf)), mentions }
}

/** open_ids (and 'all') a message speaks to. */
export function mentionsIn(kernel: Kernel, type: string, content: string): string[] {
  if (type !== 'text' && type !== 'post') return []
  if (!content.includes('at')) return []
  return withKeys(kernel, type, content).mentions.map(({ openId }) => openId || 'all')
}

function readablePost(post: PostBody, keyOf: (id: string) => string | undefined): PostBody {
  const content = post.content.flatMap((line) =>
    line.some((node) => node.tag === 'md')
      ? markdownLines(String(line.find((node) => node.tag === 'md')?.text ?? ''), keyOf)
      : [
          line.map((node) =>
            node.tag === 'at'
              ? { ...node, user_id: keyOf(String(node.user_id)) ?? node.user_id, user_name: '' }
              : node,
          ),
        ],
  )
  return { title: post.title, content }
}

/** Markdown is only for sending: what comes back are plain lines of text, links and mentions. */
function markdownLines(text: string, keyOf: (id: string) => string | undefined): PostBody['content'] {
  const part = /<at user_id="([^"]+)">[^<]*<\/at>|\[([^\]]*)\]\(([^)\s]+)\)/g
  return text.split('\n').map((line) => {
    const nodes: PostBody['content'][number] = []
    let end = 0
    const plain = (until: number) => {
      const words = line.slice(end, until).replace(/(\*{1,3}|~~)(\S(?:.*?\S)?)\1/g, '$2')
      if (words !== '') nodes.push({ tag: 'text', text: words, style: [] })
    }
    for (const found of line.matchAll(part)) {
      plain(found.index)
      const [whole, id, label, href] = found
      if (id === undefined) nodes.push({ tag: 'a', text: label ?? '', href: href ?? '', style: [] })
      else nodes.push({ tag: 'at', user_id: keyOf(id) ?? id, user_name: '', style: [] })
      end = found.index + whole.length
    }
    plain(line.length)
    return nodes
  })
}
