import { docxFailure } from './document-state.ts'

export interface BlockType {
  /** Name of the property that holds the content. */
  key: string
  isText?: true
  /** May other blocks stand inside? */
  holds: boolean
  /** Cannot be made by itself. */
  inner?: true
}

const text = (key: string, holds = true): BlockType => ({ key, isText: true, holds })

/** Feishu docs: 块的数据结构. Types that are not here cannot be made through the API. */
const types: Readonly<Record<number, BlockType>> = {
  1: { ...text('page'), inner: true },
  2: text('text'),
  3: text('heading1'),
  4: text('heading2'),
  5: text('heading3'),
  6: text('heading4'),
  7: text('heading5'),
  8: text('heading6'),
  9: text('heading7'),
  10: text('heading8'),
  11: text('heading9'),
  12: text('bullet'),
  13: text('ordered'),
  14: text('code', false),
  15: text('quote', false),
  17: text('todo'),
  19: { key: 'callout', holds: true },
  22: { key: 'divider', holds: false },
  24: { key: 'grid', holds: false },
  25: { key: 'grid_column', holds: true, inner: true },
  27: { key: 'image', holds: false },
  31: { key: 'table', holds: false },
  32: { key: 'table_cell', holds: true, inner: true },
  34: { key: 'quote_container', holds: true },
}

/** Blocks that only stand on the page itself. */
const onlyOnPage = new Set([24, 31])
const boxes = new Set([19, 25, 32, 34])

export function blockType(type: number): BlockType | undefined {
  return types[type]
}

/** @throws ApiFailure 1770028, 1770030 when a block cannot stand inside another */
export function checkParent(parent: number, child: number): void {
  if (!types[parent]?.holds) throw docxFailure(1770028)
  if (boxes.has(parent) && onlyOnPage.has(child)) throw docxFailure(1770030)
}

const elementKinds = new Set([
  'text_run',
  'mention_user',
  'mention_doc',
  'reminder',
  'file',
  'inline_block',
  'equation',
  'link_preview',
])
const longestText = 100_000

/** A text with its elements, checked; one without elements holds an empty one. @throws ApiFailure 1770001 */
export function checkText(value: unknown): Record<string, unknown> {
  const { elements, style } = (value ?? {}) as { elements?: unknown; style?: unknown }
  if (!Array.isArray(elements)) throw docxFailure(1770001)
  for (const element of elements) checkElement(element)
  return { style: typeof style === 'object' && style !== null ? style : {}, elements }
}

export function checkElement(element: unknown): void {
  const kinds = Object.keys((element ?? {}) as object).filter((key) => elementKinds.has(key))
  if (kinds.length !== 1) throw docxFailure(1770001)
  const { text_run } = element as { text_run?: { content?: unknown } }
  if (text_run === undefined) return
  if (typeof text_run.content !== 'string') throw docxFailure(1770001)
  if (text_run.content.length > longestText) throw docxFailure(1770033)
}
