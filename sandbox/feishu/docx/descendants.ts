import type { Kernel } from '../../kernel/types.ts'
import { blockType } from './block-types.ts'
import { type Block, type Document, docxFailure, newToken } from './document-state.ts'
import { addBlock } from './make-block.ts'

type Wanted = Record<string, unknown> & { block_id?: unknown; children?: unknown }

export interface DescendantResult {
  children: Block[]
  relations: { block_id: string; temporary_block_id: string }[]
}

/** POST descendant: a whole tree at once, under ids of the caller's own. Feishu docs: 创建嵌套块. */
export function addDescendants(
  kernel: Kernel,
  document: Document,
  wanted: { parent: Block; index: number; roots: readonly unknown[]; descendants: readonly Wanted[] },
): DescendantResult {
  const byId = new Map(wanted.descendants.map((block) => [String(block.block_id), block]))
  if (byId.size < wanted.descendants.length) throw docxFailure(1770019)
  const relations: DescendantResult['relations'] = []
  const add = (id: string, parent: Block, index: number): Block => {
    const block = byId.get(id)
    if (!block) throw docxFailure(1770041)
    byId.delete(id)
    const inner = blockType(Number(block.block_type))?.inner
    const made = inner
      ? addInnerBlock(kernel, document, block, parent)
      : addBlock(kernel, document, { block: withoutCells(block), parent, index })
    relations.push({ block_id: made.block_id, temporary_block_id: id })
    const children = Array.isArray(block.children) ? block.children.map(String) : []
    if (children.length > 0) replaceInner(document, made)
    for (const [at, child] of children.entries()) add(child, made, at)
    if (Number(block.block_type) === 31) keepCells(made)
    return made
  }
  const children = wanted.roots.map((id, at) => add(String(id), wanted.parent, wanted.index + at))
  if (byId.size > 0) throw docxFailure(1770041)
  return { children, relations }
}

/** The caller brings its own cells; what a new table or box has by itself goes. */
function replaceInner(document: Document, block: Block): void {
  for (const id of block.children ?? []) {
    for (const inner of document.blocks[id]?.children ?? []) delete document.blocks[inner]
    delete document.blocks[id]
  }
  block.children = []
}

function withoutCells(block: Wanted): Wanted {
  const { children: _children, ...rest } = block
  return rest
}

function addInnerBlock(kernel: Kernel, document: Document, block: Wanted, parent: Block): Block {
  const type = Number(block.block_type)
  const isCell = type === 32 && parent.block_type === 31
  const isColumn = type === 25 && parent.block_type === 24
  const kind = blockType(type)
  if (!kind || (!isCell && !isColumn)) throw docxFailure(1770041)
  const made: Block = {
    block_id: newToken(kernel),
    parent_id: parent.block_id,
    block_type: type,
    [kind.key]: block[kind.key] ?? {},
  }
  document.blocks[made.block_id] = made
  parent.children = [...(parent.children ?? []), made.block_id]
  return made
}

function keepCells(table: Block): void {
  const content = table.table as { cells: string[]; property: { row_size: number; column_size: number } }
  content.cells = table.children ?? []
  const { row_size, column_size } = content.property
  if (content.cells.length !== row_size * column_size) throw docxFailure(1770041)
}
