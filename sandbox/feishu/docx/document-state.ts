import { ApiFailure, type Kernel } from '../../kernel/types.ts'

export interface Block {
  block_id: string
  parent_id: string
  block_type: number
  children?: string[]
  /** The content, under the name that belongs to the type: text, heading1, table … */
  [content: string]: unknown
}

export interface Document {
  document_id: string
  title: string
  /** 'app' or an open_id */
  owner: string
  folder_token: string
  revision: number
  createdAt: number
  updatedAt: number
  /** The page block has the document's own id. */
  blocks: Record<string, Block>
  /** client_token → the blocks it made */
  tokens: Record<string, string[]>
}

const part = 'docx'

export function documents(kernel: Kernel): Record<string, Document> {
  return kernel.state<{ documents: Record<string, Document> }>(part, () => ({ documents: {} })).documents
}

export function findDocument(kernel: Kernel, id: string): Document | undefined {
  const all = documents(kernel)
  return Object.hasOwn(all, id) ? all[id] : undefined
}

/** Tokens of documents and nodes: 27 letters and digits. */
export function newToken(kernel: Kernel): string {
  return `${kernel.id('')}${kernel.id('')}`.slice(0, 27)
}

export function addDocument(
  kernel: Kernel,
  wanted: { title: string; owner: string; folder_token?: string },
): Document {
  const now = kernel.clock.now()
  const id = newToken(kernel)
  const page: Block = {
    block_id: id,
    parent_id: '',
    block_type: 1,
    children: [],
    page: { style: { align: 1 }, elements: [plainText(wanted.title)] },
  }
  const document: Document = {
    document_id: id,
    title: wanted.title,
    owner: wanted.owner,
    folder_token: wanted.folder_token ?? '',
    revision: 1,
    createdAt: now,
    updatedAt: now,
    blocks: { [id]: page },
    tokens: {},
  }
  documents(kernel)[id] = document
  kernel.changed(part)
  return document
}

/** A change was made: the next revision. */
export function edited(kernel: Kernel, document: Document): void {
  document.revision++
  document.updatedAt = kernel.clock.now()
  kernel.changed(part)
}

export function renameDocument(kernel: Kernel, document: Document, title: string): void {
  document.title = title
  const page = document.blocks[document.document_id]
  if (page) page.page = { style: { align: 1 }, elements: [plainText(title)] }
  edited(kernel, document)
}

export function removeDocument(kernel: Kernel, id: string): void {
  delete documents(kernel)[id]
  kernel.changed(part)
}

export function plainText(content: string): Record<string, unknown> {
  return { text_run: { content, text_element_style: noStyle } }
}

export const noStyle = {
  bold: false,
  inline_code: false,
  italic: false,
  strikethrough: false,
  underline: false,
}

/** Messages of the docx error table. Feishu docs: 新版文档, 错误码. */
const texts = {
  1770001: 'invalid param',
  1770002: 'not found',
  1770004: 'too many blocks in document',
  1770005: 'too deep level in document',
  1770006: 'schema mismatch',
  1770007: 'too many children in block',
  1770010: 'too many table column',
  1770011: 'too many table cell',
  1770012: 'too many grid column',
  1770019: 'repeated blockID in document',
  1770021: 'too old document',
  1770022: 'invalid page token',
  1770024: 'invalid operation',
  1770025: 'operation and block not match',
  1770026: 'row operation over range',
  1770027: 'column operation over range',
  1770028: 'block not support create children',
  1770029: 'block not support to create',
  1770030: 'invalid parent children relation',
  1770031: 'block not support to delete children',
  1770032: 'forBidden',
  1770033: 'content size exceed limit',
  1770038: 'resource not found',
  1770039: 'folder not found',
  1770041: 'open schema mismatch',
} as const

/** The platform's refusal: 404 for what is not there, 403 for what is not theirs, else 400. */
export function docxFailure(code: keyof typeof texts): ApiFailure {
  const status = code === 1770002 ? 404 : code === 1770032 ? 403 : 400
  return new ApiFailure(code, texts[code], { status })
}
