import type { Kernel } from '../../../kernel/types.ts'
import { findPerson } from '../../contact/people.ts'
import { blockType } from '../../docx/block-types.ts'
import type { Block, Document } from '../../docx/document-state.ts'
import type { WebBlock, WebBlockKind, WebSpan } from './docs-shapes.ts'

const kinds: Readonly<Record<number, WebBlockKind>> = {
  2: 'text',
  12: 'bullet',
  13: 'ordered',
  14: 'code',
  15: 'quote',
  17: 'todo',
  19: 'callout',
  22: 'divider',
  24: 'grid',
  25: 'column',
  27: 'image',
  31: 'table',
  32: 'cell',
  34: 'quote-box',
}

type Values = Record<string, unknown>

/** The content of a document as a tree the page can draw. */
export function viewBlocks(kernel: Kernel, document: Document, ids: readonly string[]): WebBlock[] {
  return ids.flatMap((id) => {
    const block = document.blocks[id]
    return block ? [viewBlock(kernel, document, block)] : []
  })
}

function viewBlock(kernel: Kernel, document: Document, block: Block): WebBlock {
  const type = block.block_type
  const isHeading = type >= 3 && type <= 11
  const kind = blockType(type)
  const content = (kind ? block[kind.key] : undefined) as Values | undefined
  const style = (content?.style ?? {}) as { align?: unknown; done?: unknown }
  return {
    id: block.block_id,
    kind: isHeading ? 'heading' : (kinds[type] ?? 'other'),
    spans: kind?.isText ? viewSpans(kernel, content) : [],
    children: viewBlocks(kernel, document, block.children ?? []),
    ...(isHeading && { level: type - 2 }),
    ...(type === 17 && { done: style.done === true }),
    ...(typeof style.align === 'number' && { align: style.align }),
    ...extras(type, document, content ?? {}),
  }
}

function extras(type: number, document: Document, content: Values): Partial<WebBlock> {
  if (type === 19)
    return { tone: Number(content.background_color ?? 1), emoji: String(content.emoji_id ?? 'bulb') }
  if (type === 25) return { share: Number(content.width_ratio ?? 50) }
  if (type === 27) {
    const token = String(content.token ?? '')
    return {
      picture: token === '' ? '' : `docs/media/${document.document_id}/${encodeURIComponent(token)}`,
      width: Number(content.width ?? 0),
    }
  }
  if (type !== 31) return {}
  const { column_size = 1, header_row = false } = (content.property ?? {}) as {
    column_size?: number
    header_row?: boolean
  }
  return { columns: column_size, headerRow: header_row }
}

function viewSpans(kernel: Kernel, content: Values | undefined): WebSpan[] {
  return ((content?.elements ?? []) as Values[]).map((element) => viewSpan(kernel, element))
}

function viewSpan(kernel: Kernel, element: Values): WebSpan {
  const [name = '', value] = Object.entries(element)[0] ?? []
  const data = (value ?? {}) as Values
  const style = (data.text_element_style ?? {}) as Values
  const marks = styleOf(style)
  if (name === 'mention_user') {
    const person = findPerson(kernel, String(data.user_id ?? ''), 'open_id')
    return { ...marks, text: `@${person?.name ?? '未知用户'}`, mention: 'person' }
  }
  if (name === 'mention_doc') {
    const link = safeLink(data.url)
    return {
      ...marks,
      text: String(data.title ?? data.token ?? '文档'),
      mention: 'document',
      ...(link && { link }),
    }
  }
  if (name === 'equation') return { ...marks, text: String(data.content ?? ''), formula: true }
  return { ...marks, text: typeof data.content === 'string' ? data.content : '' }
}

function styleOf(style: Values): Omit<WebSpan, 'text'> {
  const link = safeLink((style.link as { url?: unknown } | undefined)?.url)
  return {
    ...(style.bold === true && { bold: true }),
    ...(style.italic === true && { italic: true }),
    ...(style.underline === true && { underline: true }),
    ...(style.strikethrough === true && { strike: true }),
    ...(style.inline_code === true && { code: true }),
    ...(typeof style.text_color === 'number' && { color: style.text_color }),
    ...(typeof style.background_color === 'number' && { background: style.background_color }),
    ...(link && { link }),
  }
}

/** Links are stored percent-encoded; only addresses a browser may follow safely leave here. */
function safeLink(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined
  try {
    const address = decodeURIComponent(url)
    return URL.canParse(address) && /^(https?|mailto):$/.test(new URL(address).protocol) ? address : undefined
  } catch {
    return undefined
  }
}
