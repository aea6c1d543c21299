import type { Kernel } from '../../kernel/types.ts'
import { type Block, docxFailure, newToken } from './document-state.ts'
import { htmlToMarkdown } from './html-to-markdown.ts'
import { inlineElements } from './inline-markdown.ts'

const longest = 10_485_760

interface Converted {
  first_level_block_ids: string[]
  blocks: Block[]
  block_id_to_image_urls: { block_id: string; image_url: string }[]
}

/** POST blocks/convert: Markdown or HTML as blocks, ready for `descendant`. Feishu docs: Markdown/HTML 内容转换为文档块. */
export function convertText(kernel: Kernel, body: Record<string, unknown>): Converted {
  const content = String(body.content)
  if (content.length > longest) throw docxFailure(1770033)
  const markdown = body.content_type === 'html' ? htmlToMarkdown(content) : content
  const result: Converted = { first_level_block_ids: [], blocks: [], block_id_to_image_urls: [] }
  const lines = markdown.replace(/\r\n?/g, '\n').split('\n')
  for (let at = 0; at < lines.length; ) at = takeBlock(kernel, result, lines, at)
  return result
}

type Take = (kernel: Kernel, result: Converted, lines: readonly string[], at: number) => number | undefined

/** Each looks at the line and says where the next block begins; undefined: not mine. */
const takers: readonly Take[] = [takeNothing, takeCode, takeTable, takeImage, takeLine, takeParagraph]

function takeBlock(kernel: Kernel, result: Converted, lines: readonly string[], at: number): number {
  for (const take of takers) {
    const next = take(kernel, result, lines, at)
    if (next !== undefined) return next
  }
  return at + 1
}

function push(
  kernel: Kernel,
  result: Converted,
  block: Record<string, unknown> & { block_type: number },
  parent = '',
): Block {
  const made: Block = { block_id: newToken(kernel), parent_id: parent, ...block }
  result.blocks.push(made)
  if (parent === '') result.first_level_block_ids.push(made.block_id)
  return made
}

function textBlock(type: number, key: string, content: string, style: Record<string, unknown> = {}) {
  return { block_type: type, [key]: { style, elements: inlineElements(content) } }
}

function takeNothing(_kernel: Kernel, _result: Converted, lines: readonly string[], at: number) {
  return lines[at]?.trim() === '' ? at + 1 : undefined
}

function takeCode(kernel: Kernel, result: Converted, lines: readonly string[], at: number) {
  if (!lines[at]?.startsWith('```')) return undefined
  const rest = lines.slice(at + 1)
  const length = rest.findIndex((line) => line.startsWith('```'))
  const code = rest.slice(0, length < 0 ? rest.length : length).join('\n')
  push(kernel, result, {
    block_type: 14,
    code: { style: { language: 1, wrap: false }, elements: [{ text_run: { content: code } }] },
  })
  return at + code.split('\n').length + 2
}

const row = /^\s*\|(.+)\|\s*$/

function takeTable(kernel: Kernel, result: Converted, lines: readonly string[], at: number) {
  if (!row.test(lines[at] ?? '') || !/^\s*\|[\s:|-]+\|\s*$/.test(lines[at + 1] ?? '')) return undefined
  const rest = lines.slice(at)
  const count = rest.findIndex((line) => !row.test(line))
  const rows = rest
    .slice(0, count < 0 ? rest.length : count)
    .filter((_, index) => index !== 1)
    .map((line) => (row.exec(line)?.[1] ?? '').split('|').map((cell) => cell.trim()))
  const columns = Math.max(...rows.map((cells) => cells.length))
  const table = push(kernel, result, { block_type: 31, children: [] })
  const cells = rows.flatMap((texts) =>
    Array.from({ length: columns }, (_, index) => {
      const cell = push(kernel, result, { block_type: 32, table_cell: {} }, table.block_id)
      const text = push(kernel, result, textBlock(2, 'text', texts[index] ?? ''), cell.block_id)
      cell.children = [text.block_id]
      return cell.block_id
    }),
  )
  table.children = cells
  table.table = { cells, property: { row_size: rows.length, column_size: columns, header_row: true } }
  return at + rows.length + 1
}

function takeImage(kernel: Kernel, result: Converted, lines: readonly string[], at: number) {
  const url = /^!\[[^\]]*\]\((\S+?)\)\s*$/.exec(lines[at] ?? '')?.[1]
  if (url === undefined) return undefined
  const block = push(kernel, result, { block_type: 27, image: { token: '' } })
  result.block_id_to_image_urls.push({ block_id: block.block_id, image_url: url })
  return at + 1
}

const lineKinds: readonly [RegExp, (found: RegExpExecArray) => { block_type: number }][] = [
  [/^(?:-{3,}|\*{3,}|_{3,})\s*$/, () => ({ block_type: 22, divider: {} })],
  [
    /^(#{1,9})\s+(.*)$/,
    ([, signs = '#', text = '']) => textBlock(2 + signs.length, `heading${signs.length}`, text),
  ],
  [
    /^\s*[-*+]\s+\[([ xX])\]\s+(.*)$/,
    ([, mark, text = '']) => textBlock(17, 'todo', text, { done: mark !== ' ' }),
  ],
  [/^\s*[-*+]\s+(.*)$/, ([, text = '']) => textBlock(12, 'bullet', text)],
  [/^\s*\d+[.)]\s+(.*)$/, ([, text = '']) => textBlock(13, 'ordered', text)],
  [/^>\s?(.*)$/, ([, text = '']) => textBlock(15, 'quote', text)],
]

function takeLine(kernel: Kernel, result: Converted, lines: readonly string[], at: number) {
  for (const [pattern, make] of lineKinds) {
    const found = pattern.exec(lines[at] ?? '')
    if (!found) continue
    push(kernel, result, make(found))
    return at + 1
  }
  return undefined
}

function takeParagraph(kernel: Kernel, result: Converted, lines: readonly string[], at: number) {
  push(kernel, result, textBlock(2, 'text', lines[at] ?? ''))
  return at + 1
}
