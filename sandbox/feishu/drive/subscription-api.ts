import { type ApiCall, ApiFailure, type Kernel } from '../../kernel/types.ts'
import { driveState, type FileDirectory, isType, requireFile } from './files.ts'

const codes = { missing: 1069604, forbidden: 1069603 }

/**
 * drive/v1/files/:token subscriptions: one per document, again after a copy, by its owner or who may manage it.
 * Feishu docs: 订阅云文档事件.
 */
export function registerSubscriptionApi(kernel: Kernel, files: FileDirectory): void {
  const root = '/open-apis/drive/v1/files/:file_token'
  const tokenOf = (call: ApiCall, reading = false) => {
    const token = call.params.file_token ?? ''
    const file = requireFile(files, token, { ...codes, reading })
    if (!isType(file, call.query.file_type)) throw new ApiFailure(1069602, 'param error')
    return token
  }
  const set = (call: ApiCall, isSubscribed: boolean) => {
    const { subscriptions } = driveState(kernel)
    if (isSubscribed) subscriptions[tokenOf(call)] = true
    else delete subscriptions[tokenOf(call)]
    kernel.changed('drive')
    return {}
  }
  const limit = { perMinute: 1000, perSecond: 50 }
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
    limit: { perMinute: 10 },
    handle: (call) => ({ is_subscribe: driveState(kernel).subscriptions[tokenOf(call, true)] === true }),
  })
}
