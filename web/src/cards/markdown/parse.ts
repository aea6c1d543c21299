import type { PhrasingContent, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** One of Feishu's tags (`<font color='red'>…</font>`) with what stands inside it. */
export interface TagNode {
  type: 'tag'
  name: string
  attributes: Readonly<Record<string, string>>
  children: Inline[]
}

export type Inline = PhrasingContent | TagNode

export interface Parsed {
  root: Root
  /** texts of `<raw>`, by their place */
  raws: readonly string[]
}

/** what lark_md leaves as it is written */
const onlyInMarkdown = ['headingAtx', 'setextUnderline', 'blockQuote', 'codeIndented', 'table']
const longest = 40_000
const raw = /<raw>([\s\S]*?)<\/raw>/g
/** Tag names with an underscore are no HTML names, so the parser would leave them as text. */
const underscored = /<(\/?)(text|number|local)_(tag|datetime)\b/g
const hyphened = /<(\/?)(text|number|local)-(tag|datetime)\b/g

/** Markdown as Feishu reads it: CommonMark and GitHub's additions, with no HTML but Feishu's own inline tags. */
export function parseMarkdown(content: string, dialect: 'markdown' | 'lark_md'): Parsed {
  const raws: string[] = []
  const text = tamed(content.slice(0, longest))
    .replace(raw, (_, inner: string) => `\uE000${raws.push(inner) - 1}\uE001`)
    .replace(underscored, '<$1$2-$3')
  const off = ['htmlFlow', ...(dialect === 'lark_md' ? onlyInMarkdown : [])]
  const root = fromMarkdown(text, {
    extensions: [gfm(), { disable: { null: off } }],
    mdastExtensions: [gfmFromMarkdown()],
  })
  return { root, raws }
}

/** Long runs of opening marks would nest without end and mean nothing. */
function tamed(content: string): string {
  return content
    .replace(/^[ \t]*(?:>[ \t]*){12,}/gm, '> ')
    .replace(/([*_~[\]])\1{7,}/g, (run) => run.slice(0, 3))
}

/** Code shows what was written. */
export function asWritten(text: string, raws: readonly string[]): string {
  return text
    .replace(hyphened, '<$1$2_$3')
    .replace(/\uE000(\d+)\uE001/g, (_, index: string) => `<raw>${raws[Number(index)] ?? ''}</raw>`)
}

const alone = new Set(['br', 'hr'])
const known = new Set([
  'at',
  'person',
  'font',
  'text-tag',
  'link',
  'a',
  'number-tag',
  'local-datetime',
  ...alone,
])

/** Puts what stands between an opening and a closing tag inside it; a tag nobody knows stays text. */
export function nestTags(nodes: readonly PhrasingContent[]): Inline[] {
  const open: TagNode[] = []
  const top: Inline[] = []
  const list = () => open.at(-1)?.children ?? top
  for (const node of nodes) {
    if (node.type !== 'html') {
      list().push(node)
      continue
    }
    const [, closing, name = ''] = /^<(\/?)([a-zA-Z][\w-]*)/.exec(node.value) ?? []
    if (!known.has(name)) list().push({ type: 'text', value: node.value })
    else if (closing === '/') close(open, name)
    else {
      const tag: TagNode = { type: 'tag', name, attributes: attributesOf(node.value), children: [] }
      list().push(tag)
      if (!alone.has(name) && !node.value.endsWith('/>')) open.push(tag)
    }
  }
  return top
}

function close(open: TagNode[], name: string): void {
  const at = open.findLastIndex((tag) => tag.name === name)
  if (at >= 0) open.length = at
}

function attributesOf(tag: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name = '', double, single, bare] of tag.matchAll(
    /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g,
  )) {
    found[name] = double ?? single ?? bare?.replace(/\/$/, '') ?? ''
  }
  return found
}
