import type { ReactNode } from 'react'
import type { WebSpan } from '#sandbox/feishu/docs/web/docs-shapes.ts'
import styles from './blocks.module.css'

const colors = ['', '#d83931', '#de7802', '#dc9b04', '#2ea121', '#245bdb', '#6425d0', '#8f959e']
const backgrounds = [
  '',
  '#fde2e2',
  '#feead2',
  '#ffffcc',
  '#d9f5d6',
  '#e1eaff',
  '#ece2fe',
  '#eff0f1',
  '#fbbfbc',
  '#fed4a4',
  '#fffca3',
  '#b7edb1',
  '#bacefd',
  '#cdb2fa',
  '#dee0e3',
]

/** A line of text with its styles. Everything is text; only checked addresses become links. */
export function Spans({ spans }: { spans: readonly WebSpan[] }) {
  return (
    <>
      {spans.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no ids and are never reordered
        <Span key={index} span={span} />
      ))}
    </>
  )
}

function Span({ span }: { span: WebSpan }) {
  let content: ReactNode = span.text
  if (span.code) content = <code className={styles.inlineCode}>{content}</code>
  if (span.formula) content = <code className={styles.formula}>{content}</code>
  if (span.bold) content = <strong>{content}</strong>
  if (span.italic) content = <em>{content}</em>
  if (span.underline) content = <u>{content}</u>
  if (span.strike) content = <s>{content}</s>
  if (span.mention === 'person') content = <span className={styles.mention}>{content}</span>
  if (span.link && /^(https?|mailto):/.test(span.link))
    content = (
      <a href={span.link} target="_blank" rel="noreferrer">
        {content}
      </a>
    )
  const color = colors[span.color ?? 0]
  const background = backgrounds[span.background ?? 0]
  if (!color && !background) return <>{content}</>
  return <span style={{ ...(color && { color }), ...(background && { background }) }}>{content}</span>
}
