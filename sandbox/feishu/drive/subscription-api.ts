import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { driveState, type FileDirectory, requireFile } from './files.ts'

const limit = { perMinute: 1000, perSecond: 50 }
const codes = { missing: 1069604, forbidden: 1069603 }
const mostDocs = 200

/** drive/v1/files/:token subscriptions (one per document, again after a copy) and metas. Feishu docs: 订阅云文档事件. */
export function registerSubscriptionApi(kernel: Kernel, files: FileDirectory): void {
  const root = '/open-apis/drive/v1/files/:file_token'
  const token = (call: ApiCall) => {
    requireFile(files, call.params.file_token ?? '', codes)
    return call.params.file_token ?? ''
  }
  const set = (call: ApiCall, isSubscribed: boolean) => {
    const { subscriptions } = driveState(kernel)
    if (isSubscribed) subscriptions[token(call)] = true
    else delete subscriptions[token(call)]
    kernel.changed('drive')
    return {}
  }
  kernel.api({ method: 'POST', path: `${root}/subscribe`, limit, handle: (call) => set(call, true) })
  kernel.api({
    method: 'DELETE',
    path: `${root}/delete_subscribe`,
    limit,
    handle: (call) => set(call, false),
  })
  kernel.api({
    method: 'GET',
    path: `${root}/get_subscribe`,
    limit,
    handle: (call) => ({ is_subscribe: driveState(kernel).subscriptions[token(call)] === true }),
  })
  kernel.api({
    method: 'POST',
    path: '/open-apis/drive/v1/metas/batch_query',
    limit,
    handle: (call) => metas(kernel, files, call),
  })
}

interface RequestedDoc {
  doc_token: string
  doc_type: string
}

function metas(kernel: Kernel, files: FileDirectory, call: ApiCall): unknown {
  const docs = call.body.request_docs as RequestedDoc[]
  if (docs.length === 0 || docs.length > mostDocs) throw new ApiFailure(970002, 'param error')
  const found = docs.flatMap((doc) => {
    const file = files.find(doc.doc_token)
    if (!file) return []
    return [
      {
        doc_token: doc.doc_token,
        doc_type: doc.doc_type,
        title: file.name,
        owner_id: file.owner === 'app' ? kernel.identity().botOpenId : file.owner,
        ...(call.body.with_url === true && { url: `${kernel.baseUrl()}/base/${doc.doc_token}` }),
      },
    ]
  })
  const known = new Set(found.map((meta) => meta.doc_token))
  const failed = docs
    .filter((doc) => !known.has(doc.doc_token))
    .map((doc) => ({ token: doc.doc_token, code: 970003 }))
  return { metas: found, ...(failed.length > 0 && { failed_list: failed }) }
}
