import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { findPerson } from '../contact/people.ts'
import { rawContent } from '../docx/document-api.ts'
import { type Document, documents, findDocument } from '../docx/document-state.ts'
import { mayUseDocument } from '../docx/rights.ts'
import { page } from '../paging.ts'
import { titleOf } from '../wiki/nodes.ts'
import { spaceRight } from '../wiki/rights.ts'
import { type WikiNode, wikiState } from '../wiki/wiki-state.ts'

const limit = { perMinute: 100 }
const longestQuery = 50

interface Hit {
  document: Document
  node: WikiNode | undefined
}

interface Filter {
  creator_ids?: string[]
  doc_types?: string[]
  space_ids?: string[]
  folder_tokens?: string[]
  only_title?: boolean
  sort_type?: string
}

/** Documents and wiki pages a person may read that hold the words. */
export function findTexts(kernel: Kernel, by: { openId: string; query: string; onlyTitle?: boolean }): Hit[] {
  const words = by.query.trim().toLowerCase()
  const reader = { kind: 'person', openId: by.openId } as const
  const { nodes } = wikiState(kernel)
  return Object.values(documents(kernel))
    .filter((document) => {
      const text = by.onlyTitle ? document.title : `${document.title}\n${rawContent(document)}`
      return text.toLowerCase().includes(words) && mayUseDocument(kernel, document, { reader, right: 'read' })
    })
    .map((document) => ({
      document,
      node: nodes.find((one) => one.obj_token === document.document_id && one.node_type === 'origin'),
    }))
}

/** The words around a hit. */
export function excerpt(document: Document, query: string): string {
  const text = rawContent(document).replaceAll('\n', ' ').trim()
  const at = Math.max(0, text.toLowerCase().indexOf(query.trim().toLowerCase()))
  return text.slice(Math.max(0, at - 20), at + 60)
}

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['query'],
  properties: {
    query: { type: 'string' },
    doc_filter: { type: 'object' },
    wiki_filter: { type: 'object' },
    page_token: { type: 'string' },
    page_size: { type: 'integer' },
  },
}

/** search/v2/doc_wiki/search and wiki/v1/nodes/search: what the person of the token may read. */
export function registerSearch(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/search/v2/doc_wiki/search',
    limit,
    auth: 'user',
    body,
    unverified: ['how words are marked in titles and summaries'],
    handle: (call) => searchAll(kernel, call),
  })
  kernel.api({
    method: 'POST',
    path: '/open-apis/wiki/v1/nodes/search',
    limit,
    auth: 'user',
    handle: (call) => searchNodes(kernel, call),
  })
}

function searchAll(kernel: Kernel, call: ApiCall): unknown {
  const query = String(call.body.query)
  if (query.length > longestQuery) throw new ApiFailure(1274001, 'invalid param: query is too long')
  const { doc_filter, wiki_filter, page_size, page_token } = call.body as {
    doc_filter?: Filter
    wiki_filter?: Filter
    page_size?: number
    page_token?: string
  }
  for (const filter of [doc_filter, wiki_filter]) checkFilter(filter)
  const onlyTitle = (doc_filter?.only_title ?? wiki_filter?.only_title) === true
  const hits = findTexts(kernel, { openId: call.user ?? '', query, onlyTitle }).filter((hit) =>
    hit.node ? passes(hit, wiki_filter, doc_filter) : passes(hit, doc_filter, wiki_filter),
  )
  const asked = { page_size: page_size === undefined ? undefined : String(page_size), page_token }
  const { items, ...rest } = page(hits, asked, { size: 15, most: 20, code: 1274001 })
  return { total: hits.length, ...rest, res_units: items.map((hit) => wireHit(kernel, hit, query)) }
}

const sorts = ['DEFAULT_TYPE', 'OPEN_TIME', 'EDIT_TIME', 'EDIT_TIME_ASC', 'CREATE_TIME']

function checkFilter(filter: Filter | undefined): void {
  if (filter?.sort_type !== undefined && !sorts.includes(filter.sort_type))
    throw new ApiFailure(1274002, 'invalid param: illegal enum value')
}

/** Without its own filter a kind is left out when the other kind has one. */
function passes({ document, node }: Hit, own: Filter | undefined, other: Filter | undefined): boolean {
  if (own === undefined) return other === undefined
  const holds = (list: string[] | undefined, value: string) =>
    list === undefined || list.length === 0 || list.includes(value)
  return (
    holds(own.creator_ids, document.owner) &&
    holds(own.doc_types, 'DOCX') &&
    holds(own.space_ids, node?.space_id ?? '') &&
    holds(own.folder_tokens, document.folder_token)
  )
}

const seconds = (ms: number) => Math.floor(ms / 1000)

function wireHit(kernel: Kernel, { document, node }: Hit, query: string): Record<string, unknown> {
  const marked = (text: string) => text.replaceAll(query, `<h>${query}</h>`)
  const owner = findPerson(kernel, document.owner, 'open_id')
  return {
    title_highlighted: marked(document.title),
    summary_highlighted: marked(excerpt(document, query)),
    entity_type: node ? 'WIKI' : 'DOC',
    result_meta: {
      doc_types: 'DOCX',
      token: node?.node_token ?? document.document_id,
      url: `${kernel.baseUrl()}/${node ? `wiki/${node.node_token}` : `docx/${document.document_id}`}`,
      owner_id: owner?.open_id ?? kernel.identity().botOpenId,
      owner_name: owner?.name ?? kernel.identity().botName,
      is_cross_tenant: false,
      create_time: seconds(document.createdAt),
      update_time: seconds(document.updatedAt),
    },
  }
}

const docxObject = 8

function searchNodes(kernel: Kernel, call: ApiCall): unknown {
  const { query, space_id } = call.body
  const { nodes, spaces } = wikiState(kernel)
  const reader = { kind: 'person', openId: call.user ?? '' } as const
  const open = new Set(
    spaces.filter((space) => spaceRight(kernel, space, reader)).map((space) => space.space_id),
  )
  const words = String(query).toLowerCase()
  const found = nodes.filter((node) => {
    const document = findDocument(kernel, node.obj_token)
    const text = `${titleOf(kernel, node)}\n${document ? rawContent(document) : ''}`
    return (
      open.has(node.space_id) &&
      (space_id === undefined || node.space_id === space_id) &&
      text.toLowerCase().includes(words)
    )
  })
  return page(
    found.map((node, index) => ({
      node_id: node.node_token,
      space_id: node.space_id,
      parent_id: node.parent,
      obj_type: docxObject,
      obj_token: node.obj_token,
      title: titleOf(kernel, node),
      url: `${kernel.baseUrl()}/wiki/${node.node_token}`,
      sort_id: index + 1,
    })),
    call.query,
    { size: 20, most: 50, code: 131002 },
  )
}
