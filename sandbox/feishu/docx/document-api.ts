import { createRateLimiter } from '../../kernel/rate-limiter.ts'
import { type ApiCall, ApiFailure, type ApiRoute, type Kernel } from '../../kernel/types.ts'
import { driveState } from '../drive/files.ts'
import { page } from '../paging.ts'
import { changeBlock, plainTextOf } from './change-block.ts'
import { convertText } from './convert.ts'
import { addDescendants } from './descendants.ts'
import { addDocument, type Block, type Document, docxFailure, edited } from './document-state.ts'
import { addBlock, blocksBelow, dropBlock } from './make-block.ts'
import { requireDocument } from './rights.ts'

const root = '/open-apis/docx/v1/documents'
const block = `${root}/:document_id/blocks/:block_id`
const longestTitle = 800
const mostPerCall = 50

/** Writes 3/s of the app and of a document, reads 5/s; over it HTTP 400 (app) or 429 (document). Feishu docs: 文档概述. */
export function registerDocxApi(kernel: Kernel): void {
  const pace = createRateLimiter(kernel.clock.now)
  const route = (
    method: ApiRoute['method'],
    path: string,
    more: Pick<ApiRoute, 'handle'> & { body?: Record<string, unknown> },
  ) =>
    kernel.api({
      method,
      path,
      auth: 'any',
      ...(more.body && { body: more.body }),
      handle: (call) => {
        spend(pace, `${method} ${path}`, method === 'GET' ? 5 : 3)
        if (method !== 'GET' && call.params.document_id)
          pace.spend(`document ${call.params.document_id}`, { perSecond: 3 })
        return more.handle(call)
      },
    })
  route('POST', root, { handle: (call) => create(kernel, call) })
  route('GET', `${root}/:document_id`, {
    handle: (call) => ({ document: wireDocument(requireDocument(kernel, call, 'read')) }),
  })
  route('GET', `${root}/:document_id/raw_content`, {
    handle: (call) => ({ content: rawContent(requireDocument(kernel, call, 'read')) }),
  })
  route('GET', `${root}/:document_id/blocks`, {
    handle: (call) => {
      const document = atRevision(requireDocument(kernel, call, 'read'), call)
      return blockPage(blocksBelow(document, document.document_id), call)
    },
  })
  route('GET', block, {
    handle: (call) => ({
      block: requireBlock(atRevision(requireDocument(kernel, call, 'read'), call), call),
    }),
  })
  route('GET', `${block}/children`, { handle: (call) => children(kernel, call) })
  route('POST', `${block}/children`, { body: childrenBody, handle: (call) => addChildren(kernel, call) })
  route('POST', `${block}/descendant`, { body: descendantBody, handle: (call) => addTree(kernel, call) })
  route('DELETE', `${block}/children/batch_delete`, { handle: (call) => removeChildren(kernel, call) })
  route('PATCH', `${root}/:document_id/blocks/batch_update`, { handle: (call) => batchUpdate(kernel, call) })
  route('PATCH', block, {
    handle: (call) => {
      const [changed] = update(kernel, call, [{ ...call.body, block_id: call.params.block_id }])
      return { block: changed, ...receipt(call, requireDocument(kernel, call, 'read')) }
    },
  })
  route('POST', `${root}/blocks/convert`, { handle: (call) => convertText(kernel, call.body) })
}

const childrenBody = {
  type: 'object',
  required: ['children'],
  properties: {
    children: {
      type: 'array',
      minItems: 1,
      maxItems: mostPerCall,
      items: { type: 'object', required: ['block_type'] },
    },
    index: { type: 'integer', minimum: -1 },
  },
}

const descendantBody = {
  type: 'object',
  required: ['children_id', 'descendants'],
  properties: {
    children_id: { type: 'array', minItems: 1, maxItems: 1000 },
    descendants: { type: 'array', minItems: 1, maxItems: 1000 },
    index: { type: 'integer', minimum: -1 },
  },
}

/** The gateway answers the app's own budget of these APIs with HTTP 400. */
function spend(pace: ReturnType<typeof createRateLimiter>, key: string, perSecond: number): void {
  try {
    pace.spend(key, { perSecond })
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    throw new ApiFailure(error.code, error.message, { status: 400, headers: error.headers })
  }
}

function create(kernel: Kernel, { body, user }: ApiCall): unknown {
  const title = String(body.title ?? '')
  if (title.length > longestTitle) throw docxFailure(1770001)
  const folder = String(body.folder_token ?? '')
  if (folder !== '' && !driveState(kernel).folders?.[folder]) throw docxFailure(1770039)
  const document = addDocument(kernel, { title, owner: user ?? 'app', folder_token: folder })
  return { document: wireDocument(document) }
}

function wireDocument({ document_id, revision, title }: Document): Record<string, unknown> {
  return { document_id, revision_id: revision, title }
}

/** The words of a document, a line per block. */
export function rawContent(document: Document): string {
  return blocksBelow(document, document.document_id)
    .slice(1)
    .filter((one) => one.block_type < 18)
    .map((one) => `${plainTextOf(one)}\n`)
    .join('')
}

/** Only the newest revision is kept. */
function atRevision(document: Document, call: ApiCall): Document {
  const asked = call.query.document_revision_id
  if (asked === undefined || asked === '-1' || Number(asked) === document.revision) return document
  throw docxFailure(Number(asked) > document.revision || Number(asked) < -1 ? 1770001 : 1770021)
}

function requireBlock(document: Document, call: ApiCall): Block {
  const id = call.params.block_id ?? ''
  const found = Object.hasOwn(document.blocks, id) ? document.blocks[id] : undefined
  if (!found) throw docxFailure(1770002)
  return found
}

function blockPage(blocks: readonly Block[], call: ApiCall): unknown {
  try {
    return page(blocks, call.query, { size: 500, most: 500 })
  } catch (error) {
    if (error instanceof ApiFailure) throw docxFailure(call.query.page_token ? 1770022 : 1770001)
    throw error
  }
}

function children(kernel: Kernel, call: ApiCall): unknown {
  const document = atRevision(requireDocument(kernel, call, 'read'), call)
  const ids = requireBlock(document, call).children ?? []
  return blockPage(
    ids.flatMap((id) => document.blocks[id] ?? []),
    call,
  )
}

function receipt(call: ApiCall, document: Document): Record<string, unknown> {
  return {
    document_revision_id: document.revision,
    client_token: call.query.client_token ?? String(document.revision),
  }
}

/** Runs a change on a copy, so that a refused one leaves nothing behind. */
function write<T>(kernel: Kernel, call: ApiCall, act: (draft: Document) => T): T {
  const document = atRevision(requireDocument(kernel, call, 'edit'), call)
  const draft = structuredClone(document)
  const result = act(draft)
  Object.assign(document, draft)
  edited(kernel, document)
  return result
}

function addChildren(kernel: Kernel, call: ApiCall): unknown {
  const document = requireDocument(kernel, call, 'edit')
  const token = call.query.client_token === undefined ? undefined : String(call.query.client_token)
  const before = token === undefined ? undefined : document.tokens[token]
  if (before) {
    const blocks = before.flatMap((id) => document.blocks[id] ?? [])
    return { children: blocks, ...receipt(call, document) }
  }
  const made = write(kernel, call, (draft) => {
    const parent = requireBlock(draft, call)
    const start = indexIn(parent, call.body.index)
    const blocks = (call.body.children as Record<string, unknown>[]).map((one, at) =>
      addBlock(kernel, draft, { block: one, parent, index: start + at }),
    )
    if (token !== undefined) draft.tokens[token] = blocks.map((one) => one.block_id)
    return blocks
  })
  return { children: made, ...receipt(call, document) }
}

/** -1 or nothing: the end. */
function indexIn(parent: Block, index: unknown): number {
  const length = parent.children?.length ?? 0
  if (index === undefined || index === -1) return length
  if (Number(index) > length) throw docxFailure(1770001)
  return Number(index)
}

function addTree(kernel: Kernel, call: ApiCall): unknown {
  const { children_id, descendants, index } = call.body
  const result = write(kernel, call, (draft) => {
    const parent = requireBlock(draft, call)
    return addDescendants(kernel, draft, {
      parent,
      index: indexIn(parent, index),
      roots: children_id as unknown[],
      descendants: descendants as Record<string, unknown>[],
    })
  })
  return {
    children: result.children,
    block_id_relations: result.relations,
    ...receipt(call, requireDocument(kernel, call, 'read')),
  }
}

function removeChildren(kernel: Kernel, call: ApiCall): unknown {
  const { start_index, end_index } = call.body as { start_index: number; end_index: number }
  write(kernel, call, (draft) => {
    const parent = requireBlock(draft, call)
    if (parent.block_type === 31 || parent.block_type === 24) throw docxFailure(1770031)
    const ids = parent.children ?? []
    if (start_index < 0 || start_index >= end_index || end_index > ids.length) throw docxFailure(1770001)
    for (const id of ids.splice(start_index, end_index - start_index)) dropBlock(draft, id)
  })
  return receipt(call, requireDocument(kernel, call, 'read'))
}

function update(kernel: Kernel, call: ApiCall, requests: readonly Record<string, unknown>[]): Block[] {
  return write(kernel, call, (draft) =>
    requests.map((request) => {
      const target = draft.blocks[String(request.block_id)]
      if (!target) throw docxFailure(1770002)
      changeBlock({ kernel, document: draft, block: target }, request)
      return target
    }),
  )
}

const mostRequests = 200

function batchUpdate(kernel: Kernel, call: ApiCall): unknown {
  const requests = call.body.requests as Record<string, unknown>[]
  const ids = requests.map((one) => one.block_id)
  if (requests.length === 0 || requests.length > mostRequests || new Set(ids).size < ids.length)
    throw docxFailure(1770001)
  const blocks = update(kernel, call, requests)
  return { blocks, ...receipt(call, requireDocument(kernel, call, 'read')) }
}
