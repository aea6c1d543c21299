import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { driveState, type FileDirectory, isType } from './files.ts'

const mostDocs = 200

interface RequestedDoc {
  doc_token: string
  doc_type: string
}

/** drive/v1/metas/batch_query. Feishu docs: 获取文件元数据. */
export function registerMetaApi(kernel: Kernel, files: FileDirectory): void {
  kernel.api({
    method: 'POST',
    path: '/open-apis/drive/v1/metas/batch_query',
    limit: { perMinute: 1000, perSecond: 50 },
    handle: (call) => metas(kernel, files, call),
  })
}

function metas(kernel: Kernel, files: FileDirectory, call: ApiCall): unknown {
  const docs = call.body.request_docs as RequestedDoc[]
  if (docs.length === 0 || docs.length > mostDocs) throw new ApiFailure(970002, 'param error')
  const answers = docs.map((doc) => oneMeta(kernel, files, doc, call.body.with_url === true))
  const failed = answers.flatMap((one) => ('code' in one ? [one] : []))
  return {
    metas: answers.flatMap((one) => ('code' in one ? [] : [one])),
    ...(failed.length > 0 && { failed_list: failed }),
  }
}

/** 970002: wrong type, 970003: not open to the app, 970005: no such token. */
function oneMeta(kernel: Kernel, files: FileDirectory, doc: RequestedDoc, withUrl: boolean) {
  const token = doc.doc_token
  const folder = driveState(kernel).folders?.[token]
  const file = files.find(token) ?? (folder && { ...folder, shared_with_app: true, type: 'folder' })
  if (!file) return { token, code: 970005 }
  if (!isType(file, doc.doc_type)) return { token, code: 970002 }
  if (!file.shared_with_app) return { token, code: 970003 }
  const owner = file.owner === 'app' ? kernel.identity().botOpenId : file.owner
  const seconds = (ms: number | undefined) => String(Math.floor((ms ?? kernel.clock.now()) / 1000))
  return {
    doc_token: token,
    doc_type: doc.doc_type,
    title: file.name,
    owner_id: owner,
    create_time: seconds(file.created_time),
    latest_modify_user: owner,
    latest_modify_time: seconds(file.created_time),
    ...(withUrl && { url: urlOf(kernel, file.type ?? 'bitable', token) }),
  }
}

/** Where a document opens in a browser. */
export function urlOf(kernel: Kernel, type: string, token: string): string {
  const places: Record<string, string> = { bitable: 'base', folder: 'drive/folder' }
  return `${kernel.baseUrl()}/${places[type] ?? type}/${token}`
}
