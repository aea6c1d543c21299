import type { Kernel } from '../../kernel/types.ts'
import { blockType, checkParent, checkText } from './block-types.ts'
import { type Block, type Document, docxFailure, newToken, plainText } from './document-state.ts'

type Wanted = Record<string, unknown>

const mostCells = 9
const mostColumns = 5
const mostBlocks = 20_000
const mostChildren = 5_000

/** A block and what comes with it (cells of a table, columns of a grid), put under its parent. */
export function addBlock(
  kernel: Kernel,
  document: Document,
  wanted: { block: Wanted; parent: Block; index: number },
): Block {
  const { block, parent } = wanted
  const type = Number(block.block_type)
  const kind = blockType(type)
  if (!kind || kind.inner) throw docxFailure(1770029)
  checkParent(parent.block_type, type)
  parent.children ??= []
  if (parent.children.length >= mostChildren) throw docxFailure(1770007)
  if (Object.keys(document.blocks).length >= mostBlocks) throw docxFailure(1770004)
  const content = block[kind.key]
  const made: Block = {
    block_id: newToken(kernel),
    parent_id: parent.block_id,
    block_type: type,
    [kind.key]: kind.isText ? checkText(content) : (content ?? {}),
  }
  document.blocks[made.block_id] = made
  parent.children.splice(wanted.index, 0, made.block_id)
  if (type === 31) addCells(kernel, document, made)
  if (type === 24) addColumns(kernel, document, made)
  if (type === 19) addInner(kernel, document, { parent: made, type: 2, key: 'text' })
  return made
}

/** A block that belongs to another: a cell, a column, the first line of a box. */
export function addInner(
  kernel: Kernel,
  document: Document,
  wanted: { parent: Block; type: number; key: string },
): Block {
  const { parent, type, key } = wanted
  const made: Block = {
    block_id: newToken(kernel),
    parent_id: parent.block_id,
    block_type: type,
    [key]: key === 'text' ? { style: {}, elements: [plainText('')] } : {},
  }
  document.blocks[made.block_id] = made
  parent.children = [...(parent.children ?? []), made.block_id]
  return made
}

/** A cell with an empty line in it. Not yet in the table's list of cells. */
export function addCell(kernel: Kernel, document: Document, table: Block): string {
  const cell = addInner(kernel, document, { parent: table, type: 32, key: 'table_cell' })
  addInner(kernel, document, { parent: cell, type: 2, key: 'text' })
  return cell.block_id
}

export interface TableContent {
  cells: string[]
  property: {
    row_size: number
    column_size: number
    column_width: number[]
    header_row: boolean
    header_column: boolean
    merge_info: { row_span: number; col_span: number }[]
  }
}

function addCells(kernel: Kernel, document: Document, table: Block): void {
  const { property = {} } = (table.table ?? {}) as { property?: Partial<TableContent['property']> }
  const { row_size = 0, column_size = 0 } = property
  if (!Number.isInteger(row_size) || !Number.isInteger(column_size) || row_size < 1 || column_size < 1)
    throw docxFailure(1770001)
  if (column_size > mostCells) throw docxFailure(1770010)
  if (row_size > mostCells) throw docxFailure(1770011)
  const cells = Array.from({ length: row_size * column_size }, () => addCell(kernel, document, table))
  table.table = {
    cells,
    property: {
      row_size,
      column_size,
      column_width: property.column_width ?? Array.from({ length: column_size }, () => 100),
      header_row: property.header_row ?? false,
      header_column: property.header_column ?? false,
      merge_info: cells.map(() => ({ row_span: 1, col_span: 1 })),
    },
  } satisfies TableContent
}

function addColumns(kernel: Kernel, document: Document, grid: Block): void {
  const { column_size } = (grid.grid ?? {}) as { column_size?: unknown }
  const count = Number(column_size)
  if (!Number.isInteger(count) || count < 2) throw docxFailure(1770001)
  if (count > mostColumns) throw docxFailure(1770012)
  for (let index = 0; index < count; index++) {
    const column = addInner(kernel, document, { parent: grid, type: 25, key: 'grid_column' })
    column.grid_column = { width_ratio: Math.floor(100 / count) }
    addInner(kernel, document, { parent: column, type: 2, key: 'text' })
  }
}

/** Takes a block and everything in it out of the document. */
export function dropBlock(document: Document, id: string): void {
  const block = document.blocks[id]
  for (const child of block?.children ?? []) dropBlock(document, child)
  delete document.blocks[id]
}

/** A block and everything below it, in reading order. */
export function blocksBelow(document: Document, id: string): Block[] {
  const block = document.blocks[id]
  return block ? [block, ...(block.children ?? []).flatMap((child) => blocksBelow(document, child))] : []
}
