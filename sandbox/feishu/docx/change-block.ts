import type { Kernel } from '../../kernel/types.ts'
import { findMedia } from '../drive/media-store.ts'
import { blockType, checkText } from './block-types.ts'
import { type Block, type Document, docxFailure } from './document-state.ts'
import { addCell, dropBlock, type TableContent } from './make-block.ts'

type Values = Record<string, unknown>
interface Target {
  kernel: Kernel
  document: Document
  block: Block
}

/** One operation of PATCH block or batch_update. Feishu docs: 更新块. */
export function changeBlock(target: Target, request: Values): void {
  const named = Object.keys(request).filter((name) => name !== 'block_id')
  const [name] = named
  if (named.length !== 1 || name === undefined) throw docxFailure(1770001)
  const run = operations[name]
  if (!run) throw docxFailure(1770024)
  run(target, (request[name] ?? {}) as Values)
}

const operations: Record<string, (target: Target, values: Values) => void> = {
  update_text_elements(target, { elements }) {
    const text = textOf(target.block)
    text.elements = checkText({ elements }).elements
    noteTitle(target)
  },
  update_text_style(target, { style }) {
    const text = textOf(target.block)
    text.style = { ...(text.style as Values), ...(style as Values) }
  },
  update_text(target, { elements, style }) {
    const text = textOf(target.block)
    if (elements !== undefined) text.elements = checkText({ elements }).elements
    if (style !== undefined) text.style = { ...(text.style as Values), ...(style as Values) }
    noteTitle(target)
  },
  insert_table_row: (target, { row_index }) => insertRow(target, Number(row_index)),
  insert_table_column: (target, { column_index }) => insertColumn(target, Number(column_index)),
  delete_table_rows: (target, { row_start_index, row_end_index }) =>
    deleteRows(target, Number(row_start_index), Number(row_end_index)),
  delete_table_columns: (target, { column_start_index, column_end_index }) =>
    deleteColumns(target, Number(column_start_index), Number(column_end_index)),
  update_table_property({ block }, { column_width, column_index, header_row, header_column }) {
    const { property } = tableOf(block)
    if (column_width !== undefined) {
      const at = Number(column_index)
      if (!(at >= 0 && at < property.column_size)) throw docxFailure(1770027)
      property.column_width[at] = Number(column_width)
    }
    if (typeof header_row === 'boolean') property.header_row = header_row
    if (typeof header_column === 'boolean') property.header_column = header_column
  },
  replace_image({ kernel, block }, { token, width, height, align }) {
    if (block.block_type !== 27) throw docxFailure(1770025)
    if (!findMedia(kernel, String(token))) throw docxFailure(1770038)
    block.image = { ...(block.image as Values), token, width, height, align: align ?? 2 }
  },
}

function textOf(block: Block): Values {
  const kind = blockType(block.block_type)
  if (!kind?.isText) throw docxFailure(1770025)
  return block[kind.key] as Values
}

/** The page's own text is the document's title. */
function noteTitle({ document, block }: Target): void {
  if (block.block_id === document.document_id) document.title = plainTextOf(block)
}

/** The words of a block, without styles. */
export function plainTextOf(block: Block): string {
  const kind = blockType(block.block_type)
  if (!kind?.isText) return ''
  const { elements = [] } = block[kind.key] as { elements?: Values[] }
  return elements
    .map((element) => {
      const { text_run, mention_doc, equation } = element as Record<
        string,
        { content?: unknown; title?: unknown } | undefined
      >
      return String(text_run?.content ?? mention_doc?.title ?? equation?.content ?? '')
    })
    .join('')
}

function tableOf(block: Block): TableContent {
  if (block.block_type !== 31) throw docxFailure(1770025)
  return block.table as TableContent
}

/** -1 is the end. */
function insertRow({ kernel, document, block }: Target, at: number): void {
  const table = tableOf(block)
  const { row_size, column_size } = table.property
  const index = at === -1 ? row_size : at
  if (!(Number.isInteger(index) && index >= 0 && index <= row_size)) throw docxFailure(1770026)
  const cells = Array.from({ length: column_size }, () => addCell(kernel, document, block))
  table.cells.splice(index * column_size, 0, ...cells)
  table.property.row_size++
  settle(block, table)
}

function insertColumn({ kernel, document, block }: Target, at: number): void {
  const table = tableOf(block)
  const { row_size, column_size } = table.property
  const index = at === -1 ? column_size : at
  if (!(Number.isInteger(index) && index >= 0 && index <= column_size)) throw docxFailure(1770027)
  for (let row = row_size - 1; row >= 0; row--)
    table.cells.splice(row * column_size + index, 0, addCell(kernel, document, block))
  table.property.column_size++
  table.property.column_width.splice(index, 0, 100)
  settle(block, table)
}

function deleteRows({ document, block }: Target, from: number, to: number): void {
  const table = tableOf(block)
  const { row_size, column_size } = table.property
  if (!(from >= 0 && from < to && to <= row_size && to - from < row_size)) throw docxFailure(1770026)
  for (const id of table.cells.splice(from * column_size, (to - from) * column_size)) dropBlock(document, id)
  table.property.row_size -= to - from
  settle(block, table)
}

function deleteColumns({ document, block }: Target, from: number, to: number): void {
  const table = tableOf(block)
  const { column_size } = table.property
  if (!(from >= 0 && from < to && to <= column_size && to - from < column_size)) throw docxFailure(1770027)
  const isGone = (index: number) => index % column_size >= from && index % column_size < to
  for (const id of table.cells.filter((_, index) => isGone(index))) dropBlock(document, id)
  table.cells = table.cells.filter((_, index) => !isGone(index))
  table.property.column_width.splice(from, to - from)
  table.property.column_size -= to - from
  settle(block, table)
}

function settle(block: Block, table: TableContent): void {
  block.children = [...table.cells]
  table.property.merge_info = table.cells.map(() => ({ row_span: 1, col_span: 1 }))
}
