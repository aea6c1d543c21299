import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { findTexts } from './index.ts'

const mostCount = 50
const mostReached = 200

/** The older search over documents, which only people may use. Feishu docs: 搜索云文档. */
export function registerObjectSearch(kernel: Kernel): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/suite/docs-api/search/object',
    auth: 'user',
    limit: { perMinute: 1000, perSecond: 50 },
    body: {
      type: 'object',
      additionalProperties: false,
      required: ['search_key'],
      properties: {
        search_key: { type: 'string' },
        count: { type: 'integer', minimum: 0 },
        offset: { type: 'integer', minimum: 0 },
        owner_ids: { type: 'array', items: { type: 'string' } },
        chat_ids: { type: 'array', items: { type: 'string' } },
        docs_types: { type: 'array', items: { type: 'string' } },
      },
    },
    unverified: ['the code of a count above 50 or a reach of 200'],
    handle: (call) => search(kernel, call),
  })
}

function search(kernel: Kernel, call: ApiCall): unknown {
  const {
    search_key,
    count = 20,
    offset = 0,
    owner_ids,
    docs_types,
  } = call.body as {
    search_key: string
    count?: number
    offset?: number
    owner_ids?: string[]
    docs_types?: string[]
  }
  if (count > mostCount || offset + count >= mostReached) throw new ApiFailure(91402, 'NOTEXIST')
  const hits = findTexts(kernel, { openId: call.user ?? '', query: search_key })
    .filter(({ document }) => !owner_ids?.length || owner_ids.includes(document.owner))
    .filter(() => !docs_types?.length || docs_types.includes('docx'))
  return {
    docs_entities: hits.slice(offset, offset + count).map(({ document }) => ({
      docs_token: document.document_id,
      docs_type: 'docx',
      title: document.title,
      owner_id: document.owner,
    })),
    has_more: hits.length > offset + count,
    total: hits.length,
  }
}
