import { ImageOff, Square, SquareCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import type { WebBlock } from '#sandbox/feishu/docs/web/docs-shapes.ts'
import { addressOf } from '../api/client.ts'
import { useT } from '../shell/language.tsx'
import styles from './blocks.module.css'
import { Spans } from './spans.tsx'

/** Blocks in reading order; neighbours of a numbered list are one list. */
export function Blocks({ blocks }: { blocks: readonly WebBlock[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <Block key={block.id} block={block} number={numberOf(blocks, index)} />
      ))}
    </>
  )
}

function numberOf(blocks: readonly WebBlock[], index: number): number {
  let number = 1
  for (let at = index - 1; at >= 0 && blocks[at]?.kind === 'ordered'; at--) number++
  return number
}

function Block({ block, number }: { block: WebBlock; number: number }): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <Heading block={block} />
    case 'bullet':
    case 'ordered':
    case 'todo':
      return <ListItem block={block} number={number} />
    case 'code':
      return (
        <pre className={styles.code}>
          <code>{block.spans.map((span) => span.text).join('')}</code>
        </pre>
      )
    case 'quote':
      return (
        <blockquote className={styles.quote}>
          <Spans spans={block.spans} />
        </blockquote>
      )
    case 'quote-box':
      return (
        <blockquote className={styles.quote}>
          <Blocks blocks={block.children} />
        </blockquote>
      )
    case 'divider':
      return <hr className={styles.divider} />
    case 'callout':
      return (
        <aside className={styles.callout} data-tone={(block.tone ?? 1) % 8}>
          <span aria-hidden>{emojis[block.emoji ?? ''] ?? '💡'}</span>
          <div>
            <Blocks blocks={block.children} />
          </div>
        </aside>
      )
    case 'grid':
      return <Grid block={block} />
    case 'table':
      return <Table block={block} />
    case 'image':
      return <Picture block={block} />
    case 'other':
      return null
    default:
      return <Text block={block} />
  }
}

const emojis: Record<string, string> = {
  bulb: '💡',
  pushpin: '📌',
  warning: '⚠️',
  gift: '🎁',
  white_check_mark: '✅',
  fire: '🔥',
}

const aligns = ['left', 'left', 'center', 'right'] as const

function Text({ block }: { block: WebBlock }) {
  return (
    <>
      <p className={styles.text} style={{ textAlign: aligns[block.align ?? 1] ?? 'left' }}>
        {block.spans.every(({ text }) => text === '') ? <br /> : <Spans spans={block.spans} />}
      </p>
      <Inner blocks={block.children} />
    </>
  )
}

/** Headings of a document begin below the page's own. */
function Heading({ block }: { block: WebBlock }) {
  const level = Math.min(6, (block.level ?? 1) + 1)
  const Tag = `h${level}` as 'h2'
  return (
    <>
      <Tag className={styles.heading} data-level={block.level}>
        <Spans spans={block.spans} />
      </Tag>
      <Inner blocks={block.children} />
    </>
  )
}

function ListItem({ block, number }: { block: WebBlock; number: number }) {
  const t = useT()
  const Box = block.done ? SquareCheck : Square
  return (
    <div className={styles.item} data-done={block.done}>
      <span className={styles.marker}>
        {block.kind === 'todo' ? (
          <Box size={16} aria-label={block.done ? t('已完成', 'done') : t('未完成', 'open')} />
        ) : block.kind === 'ordered' ? (
          `${number}.`
        ) : (
          '•'
        )}
      </span>
      <div>
        <Spans spans={block.spans} />
        <Blocks blocks={block.children} />
      </div>
    </div>
  )
}

function Inner({ blocks }: { blocks: readonly WebBlock[] }) {
  return blocks.length === 0 ? null : (
    <div className={styles.inner}>
      <Blocks blocks={blocks} />
    </div>
  )
}

function Grid({ block }: { block: WebBlock }) {
  return (
    <div
      className={styles.grid}
      style={{ gridTemplateColumns: block.children.map((column) => `${column.share ?? 1}fr`).join(' ') }}
    >
      {block.children.map((column) => (
        <div key={column.id}>
          <Blocks blocks={column.children} />
        </div>
      ))}
    </div>
  )
}

function Table({ block }: { block: WebBlock }) {
  const columns = Math.max(1, block.columns ?? 1)
  const rows = Array.from({ length: Math.ceil(block.children.length / columns) }, (_, row) =>
    block.children.slice(row * columns, (row + 1) * columns),
  )
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={cells[0]?.id}>
              {cells.map((cell) => {
                const Cell = block.headerRow && row === 0 ? 'th' : 'td'
                return (
                  <Cell key={cell.id}>
                    <Blocks blocks={cell.children} />
                  </Cell>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Picture({ block }: { block: WebBlock }) {
  const t = useT()
  if (!block.picture)
    return (
      <p className={styles.noPicture}>
        <ImageOff size={18} aria-hidden />
        {t('图片还没有上传', 'The picture was not uploaded')}
      </p>
    )
  return (
    <img
      className={styles.picture}
      src={addressOf(block.picture)}
      alt={t('文档图片', 'Picture')}
      style={block.width ? { width: block.width } : {}}
      loading="lazy"
    />
  )
}
