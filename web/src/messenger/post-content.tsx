import { Fragment } from 'react'
import styles from './content.module.css'
import { ImageContent } from './image-content.tsx'
import { Mention, RichText, SafeLink } from './rich-text.tsx'

type Node = Record<string, unknown> & { tag?: unknown }

export interface PostContentProps {
  post: Record<string, unknown>
  names: Readonly<Record<string, string>>
  me: string
}

/** A rich text message: a title and paragraphs of nodes. */
export function PostContent({ post, names, me }: PostContentProps) {
  const lines = Array.isArray(post.content) ? (post.content as Node[][]) : []
  return (
    <div className={styles.post}>
      {typeof post.title === 'string' && post.title !== '' ? (
        <strong className={styles.title}>{post.title}</strong>
      ) : null}
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of a fixed text
        <div key={index} className={styles.paragraph}>
          {line.map((node, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nodes of a fixed text
            <Fragment key={at}>
              <PostNode node={node} names={names} me={me} />
            </Fragment>
          ))}
        </div>
      ))}
    </div>
  )
}

function PostNode({ node, names, me }: { node: Node; names: Readonly<Record<string, string>>; me: string }) {
  const text = typeof node.text === 'string' ? node.text : ''
  switch (node.tag) {
    case 'text':
      return <span className={styleOf(node)}>{text}</span>
    case 'a':
      return (
        <span className={styleOf(node)}>
          <SafeLink href={String(node.href)}>{text}</SafeLink>
        </span>
      )
    case 'at': {
      const id = String(node.user_id)
      return <Mention id={id} name={names[id] ?? ''} me={me} />
    }
    case 'img':
      return <ImageContent imageKey={String(node.image_key)} />
    case 'media':
      return typeof node.image_key === 'string' ? <ImageContent imageKey={node.image_key} /> : <span>🎬</span>
    case 'emotion':
      return <span>[{String(node.emoji_type)}]</span>
    case 'hr':
      return <hr />
    case 'code_block':
      return <pre className={styles.code}>{text}</pre>
    case 'md':
      return <Markdown text={text} names={names} me={me} />
    default:
      return null
  }
}

const classes: Record<string, string | undefined> = {
  bold: styles.bold,
  italic: styles.italic,
  underline: styles.underline,
  lineThrough: styles.struck,
}

function styleOf(node: Node): string {
  const wanted = Array.isArray(node.style) ? node.style : []
  return wanted.map((style) => classes[String(style)] ?? '').join(' ')
}

/** The little Markdown a post knows, line by line: bold, struck, lists, quotes; links and mentions are RichText's. */
function Markdown({
  text,
  names,
  me,
}: {
  text: string
  names: Readonly<Record<string, string>>
  me: string
}) {
  return (
    <>
      {text.split('\n').map((line, index) => {
        const quote = /^> (.*)$/.exec(line)
        const words = (quote?.[1] ?? line)
          .replace(/\*\*(\S(?:[^*]*\S)?)\*\*/g, '<b>$1</b>')
          .replace(/~~(\S(?:[^~]*\S)?)~~/g, '<s>$1</s>')
          .replace(/^(\s*)- /, '$1• ')
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a fixed text
          <div key={index} className={quote ? styles.quoted : undefined}>
            <RichText text={words} names={names} markup me={me} />
          </div>
        )
      })}
    </>
  )
}
