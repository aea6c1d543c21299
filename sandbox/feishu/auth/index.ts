import type { OwnKernel } from '../../kernel/create-kernel.ts'
import { type ApiCall, ApiFailure } from '../../kernel/types.ts'

/** The token calls. Feishu docs: 自建应用获取 tenant_access_token / app_access_token. */
export function registerAuth(kernel: OwnKernel): void {
  const issue = (call: ApiCall) => {
    const { appId, appSecret } = kernel.identity()
    // UNVERIFIED: the HTTP status of these two; the SDK reads only the code.
    if (call.body.app_id !== appId) throw new ApiFailure(10014, 'app id not exists', { status: 200 })
    if (call.body.app_secret !== appSecret) throw new ApiFailure(10015, 'app secret invalid', { status: 200 })
    return kernel.tokens.issue()
  }
  kernel.api({
    method: 'POST',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    auth: 'none',
    envelope: false,
    handle: (call) => {
      const { token, expire } = issue(call)
      return { code: 0, msg: 'ok', tenant_access_token: token, expire }
    },
  })
  kernel.api({
    method: 'POST',
    path: '/open-apis/auth/v3/app_access_token/internal',
    auth: 'none',
    envelope: false,
    handle: (call) => {
      const { token, expire } = issue(call)
      return { code: 0, msg: 'ok', app_access_token: token, tenant_access_token: token, expire }
    },
  })
}
