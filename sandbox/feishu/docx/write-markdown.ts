import type { Kernel } from '../../kernel/types.ts'
import { convertText } from './convert.ts'
import { addDescendants } from './descendants.ts'
import { type Document, edited } from './document-state.ts'

/** Writes Markdown at the end of an empty document. */
export function writeMarkdown(kernel: Kernel, document: Document, text: string): void {
  const { blocks, first_level_block_ids } = convertText(kernel, { content: text, content_type: 'markdown' })
  const page = document.blocks[document.document_id]
  if (!page) return
  addDescendants(kernel, document, {
    parent: page,
    index: 0,
    roots: first_level_block_ids,
    descendants: blocks,
  })
  edited(kernel, document)
}
