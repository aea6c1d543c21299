import type { BlockContent, DefinitionContent, List, PhrasingContent, RootContent, Table } from 'mdast'
import { type ReactNode, useMemo } from 'react'
import { CodeBlock } from './code-block.tsx'
import { Inlines } from './inlines.tsx'
import styles from './markdown.module.css'
import { asWritten, nestTags, parseMarkdown } from './parse.ts'

type Block = RootContent | BlockContent | DefinitionContent
const deepest = 10

export interface MarkdownProps {
  content: string
  dialect?: 'markdown' | 'lark_md'
}

/** Feishu's Markdown, drawn as elements. */
export function Markdown({ content, dialect = 'markdown' }: MarkdownProps) {
  const { root, raws } = useMemo(() => parseMarkdown(content, dialect), [content, dialect])
  return (
    <div className={styles.markdown} dir="auto">
      <Blocks nodes={root.children} raws={raws} depth={0} />
    </div>
  )
}

interface BlocksProps {
  nodes: readonly Block[]
  raws: readonly string[]
  depth: number
}

function Blocks({ nodes, raws, depth }: BlocksProps): ReactNode {
  if (depth > deepest) return null
  return nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text have no other name
    <Block key={index} node={node} raws={raws} depth={depth} />
  ))
}

function Block({ node, raws, depth }: { node: Block; raws: readonly string[]; depth: number }) {
  const line = (nodes: readonly PhrasingContent[]) => <Inlines nodes={nestTags(nodes)} raws={raws} />
  switch (node.type) {
    case 'paragraph':
      return <p className={styles.paragraph}>{line(node.children)}</p>
    case 'heading':
      return <Heading level={node.depth}>{line(node.children)}</Heading>
    case 'thematicBreak':
      return <hr className={styles.rule} />
    case 'blockquote':
      return (
        <blockquote className={styles.quote}>
          <Blocks nodes={node.children} raws={raws} depth={depth + 1} />
        </blockquote>
      )
    case 'list':
      return <Items list={node} raws={raws} depth={depth} />
    case 'code':
      return <CodeBlock code={asWritten(node.value, raws)} language={node.lang ?? ''} />
    case 'table':
      return <Grid table={node} raws={raws} />
    case 'html':
      return <p className={styles.paragraph}>{node.value}</p>
    default:
      return null
  }
}

const names = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const

function Heading({ level, children }: { level: number; children: ReactNode }) {
  const Tag = names[level - 1] ?? 'h6'
  return (
    <Tag className={styles.heading} data-level={level}>
      {children}
    </Tag>
  )
}

function Items({ list, raws, depth }: { list: List; raws: readonly string[]; depth: number }) {
  const items = list.children.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items of one list
    <li key={index}>
      {typeof item.checked === 'boolean' ? (
        <input
          type="checkbox"
          checked={item.checked}
          disabled
          aria-label={item.checked ? '已完成' : '未完成'}
        />
      ) : null}
      <Blocks nodes={item.children} raws={raws} depth={depth + 1} />
    </li>
  ))
  return list.ordered ? (
    <ol className={styles.list} start={list.start ?? 1}>
      {items}
    </ol>
  ) : (
    <ul className={styles.list}>{items}</ul>
  )
}

function Grid({ table, raws }: { table: Table; raws: readonly string[] }) {
  const [head, ...rows] = table.children
  const align = (index: number) => ({ textAlign: table.align?.[index] ?? 'left' }) as const
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll a wide table
    <section className={styles.scroll} tabIndex={0} aria-label="表格">
      <table className={styles.table}>
        <thead>
          <tr>
            {head?.children.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells of one row
              <th key={index} style={align(index)}>
                <Inlines nodes={nestTags(cell.children)} raws={raws} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rowIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one table
            <tr key={rowIndex}>
              {row.children.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of one row
                <td key={index} style={align(index)}>
                  <Inlines nodes={nestTags(cell.children)} raws={raws} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
