import type { ApiCall, Kernel } from '../../kernel/types.ts'
import { driveState, type FileDirectory, isType, requireFile } from './files.ts'
import { invalid } from './permission-failures.ts'

const read = { perMinute: 1000, perSecond: 50 }
const write = { perMinute: 100 }
const codes = { missing: 1063005, forbidden: 1063002 }

/** What a document starts with. UNVERIFIED: a tenant's admin chooses it; the link lets the tenant edit, see bitable/access.ts. */
const initial: Record<string, unknown> = {
  external_access_entity: 'closed',
  security_entity: 'anyone_can_view',
  comment_entity: 'anyone_can_view',
  share_entity: 'same_tenant',
  manage_collaborator_entity: 'collaborator_can_edit',
  link_share_entity: 'tenant_editable',
  copy_entity: 'anyone_can_view',
  lock_switch: false,
}

/** drive/v1 and v2 permissions/:token/public: links and who may copy. Feishu docs: 获取/更新云文档权限设置. */
export function registerPublicApi(kernel: Kernel, files: FileDirectory): void {
  const settingsOf = (token: string) => ({ ...initial, ...driveState(kernel).publicSettings[token] })
  for (const version of ['v1', 'v2']) {
    const path = `/open-apis/drive/${version}/permissions/:token/public`
    kernel.api({
      method: 'GET',
      path,
      limit: read,
      unverified: ['what a new document starts with; here its link lets the tenant edit'],
      handle: (call) => {
        permitted(files, call, true)
        return { permission_public: settingsOf(call.params.token ?? '') }
      },
    })
    kernel.api({
      method: 'PATCH',
      path,
      limit: write,
      handle: (call) => {
        permitted(files, call, false)
        const token = call.params.token ?? ''
        const state = driveState(kernel)
        state.publicSettings[token] = { ...state.publicSettings[token], ...call.body }
        kernel.changed('drive')
        return { permission_public: settingsOf(token) }
      },
    })
  }
}

function permitted(files: FileDirectory, call: ApiCall, reading: boolean): void {
  const file = requireFile(files, call.params.token ?? '', { ...codes, reading })
  if (!isType(file, call.query.type)) throw invalid("type is not the document's own")
}
