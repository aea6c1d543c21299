import type { PhrasingContent } from 'mdast'
import { Fragment, type ReactNode } from 'react'
import { useCard } from '../context.ts'
import { safeLink } from '../links.ts'
import { Emoji } from './emoji.tsx'
import styles from './markdown.module.css'
import { asWritten, type Inline, nestTags } from './parse.ts'
import { Tag } from './tags.tsx'

const deepest = 12

export interface InlineProps {
  nodes: readonly Inline[]
  raws: readonly string[]
  depth?: number
}

/** A line of Markdown. Nothing of it is ever HTML. */
export function Inlines({ nodes, raws, depth = 0 }: InlineProps) {
  return nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name, and it is drawn anew as a whole
    <Fragment key={index}>
      <One node={node} raws={raws} depth={depth} />
    </Fragment>
  ))
}

function One({ node, raws, depth }: { node: Inline; raws: readonly string[]; depth: number }) {
  const inside = (nodes: readonly Inline[]): ReactNode =>
    depth > deepest ? lettersOf(nodes) : <Inlines nodes={nodes} raws={raws} depth={depth + 1} />
  switch (node.type) {
    case 'text':
      return <Text value={node.value} raws={raws} />
    case 'tag':
      return <Tag tag={node}>{inside(node.children)}</Tag>
    case 'strong':
      return <strong>{inside(nestTags(node.children))}</strong>
    case 'emphasis':
      return <em>{inside(nestTags(node.children))}</em>
    case 'delete':
      return <del>{inside(nestTags(node.children))}</del>
    case 'inlineCode':
      return <code className={styles.code}>{asWritten(node.value, raws)}</code>
    case 'break':
      return <br />
    case 'link':
      return <Anchor url={node.url}>{inside(nestTags(node.children))}</Anchor>
    case 'image':
      return <Picture imageKey={node.url} alt={node.alt ?? ''} />
    default:
      return null
  }
}

const pieces = /(\uE000\d+\uE001|:[A-Za-z]{1,24}:)/

/** What is nested deeper than anybody means is shown without its looks. */
function lettersOf(nodes: readonly Inline[]): string {
  const rest: (Inline | PhrasingContent)[] = [...nodes]
  let letters = ''
  for (let node = rest.shift(); node !== undefined; node = rest.shift()) {
    if (node.type === 'text' || node.type === 'inlineCode') letters += node.value
    else if ('children' in node) rest.unshift(...node.children)
  }
  return letters
}

/** One line end is a new line; `<raw>` shows what was written in it. */
function Text({ value, raws }: { value: string; raws: readonly string[] }) {
  return value.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text
    <Fragment key={index}>
      {index > 0 ? <br /> : null}
      {line.split(pieces).map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one line
        <Fragment key={at}>{drawn(piece, raws)}</Fragment>
      ))}
    </Fragment>
  ))
}

function drawn(piece: string, raws: readonly string[]): ReactNode {
  if (piece.startsWith('\uE000')) return raws[Number.parseInt(piece.slice(1), 10)] ?? ''
  return pieces.test(piece) ? <Emoji name={piece.slice(1, -1)} /> : piece
}

/** A link, where the address is of a kind that may be opened; else its text alone. */
export function Anchor({ url, children }: { url: string | undefined; children: ReactNode }) {
  const href = safeLink(url)
  if (href === undefined) return <span data-dead-link="">{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" onClick={(event) => event.stopPropagation()}>
      {children}
    </a>
  )
}

function Picture({ imageKey, alt }: { imageKey: string; alt: string }) {
  const address = useCard().image(imageKey)
  if (address === undefined) return <span className={styles.missing}>{alt || '图片'}</span>
  return <img className={styles.image} src={address} alt={alt} title={alt} />
}
