import type { ChatPage, Draft } from '#sandbox/feishu/im/web/shapes.ts'

/** Somebody who can be spoken to. */
export interface Mentionable {
  id: string
  name: string
  kind: 'person' | 'bot' | 'all'
}

/** Whom a message in this chat may speak to; nobody in a private chat. */
export function mentionables(chat: ChatPage, me: string, everybody: string): Mentionable[] {
  if (chat.mode === 'p2p') return []
  const members = chat.members
    .filter(({ open_id }) => open_id !== me)
    .map(({ open_id, name, kind }) => ({ id: open_id, name, kind }))
  return chat.can.atAll ? [...members, { id: 'all', name: everybody, kind: 'all' }] : members
}

/** The name being typed after an @ that ends at the cursor; undefined when none is. */
export function mentionBeingTyped(text: string, cursor: number): { from: number; query: string } | undefined {
  const found = /(^|\s|[\u3000-\u303f\uff00-\uffef])@([^\s@]{0,20})$/.exec(text.slice(0, cursor))
  if (!found) return undefined
  const query = found[2] ?? ''
  return { from: cursor - query.length - 1, query }
}

/** Words as a text message: every `@name` of somebody chosen becomes an `at`. */
export function textDraft(words: string, chosen: readonly Mentionable[]): Draft {
  return { type: 'text', content: { text: splitMentions(words, chosen).map(asTag).join('') } }
}

type Part = string | Mentionable

function asTag(part: Part): string {
  return typeof part === 'string' ? part : `<at user_id="${part.id}">${part.name.replaceAll('<', '')}</at>`
}

function splitMentions(words: string, chosen: readonly Mentionable[]): Part[] {
  // Longer names first: @王岚岚 is not @王岚 followed by a letter.
  const byLength = chosen.toSorted((a, b) => b.name.length - a.name.length)
  let parts: Part[] = [words]
  for (const one of byLength) {
    parts = parts.flatMap((part) =>
      typeof part === 'string' ? weave(part.split(`@${one.name}`), one) : [part],
    )
  }
  return parts.filter((part) => part !== '')
}

function weave(pieces: readonly string[], between: Mentionable): Part[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]))
}

/** Words with **bold** and [label](address) as a rich text message. */
export function postDraft(title: string, words: string, chosen: readonly Mentionable[]): Draft {
  const content = words
    .split('\n')
    .map((line) =>
      splitMentions(line, chosen).flatMap((part) =>
        typeof part === 'string' ? styledNodes(part) : [{ tag: 'at', user_id: part.id }],
      ),
    )
  return { type: 'post', content: { zh_cn: { title, content } } }
}

const styled = /(\*\*[^*]+\*\*|\[[^[\]]+\]\((?:https?|mailto):[^\s)]+\))/

function styledNodes(text: string): Record<string, unknown>[] {
  return text
    .split(styled)
    .filter((part) => part !== '')
    .map((part) => {
      const bold = /^\*\*([^*]+)\*\*$/.exec(part)
      if (bold) return { tag: 'text', text: bold[1], style: ['bold'] }
      const link = /^\[([^[\]]+)\]\((.+)\)$/.exec(part)
      return link ? { tag: 'a', text: link[1], href: link[2] } : { tag: 'text', text: part }
    })
}
