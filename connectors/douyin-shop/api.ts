/** Doudian's transport: one signed POST per call, business parameters as the exact JSON text that was signed. */
import { z } from 'zod'
import type { AuthorizeDeps, ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { canonicalJson } from '../kit/canonical-json.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import type { DouyinShopConfig } from './config.ts'
import { signDoudian } from './sign.ts'

export const connectorId = 'douyin-shop'

export type Deps = ConnectorDeps<DouyinShopConfig>

export interface Call {
  /** `/order/searchList` */
  path: string
  param: Record<string, unknown>
  /** True for calls that change nothing. */
  reads: boolean
}

export interface Answer {
  data: unknown
  response: HttpResponse
}

const envelope = z.object({
  code: z.number(),
  msg: z.string().nullish(),
  sub_code: z.string().nullish(),
  sub_msg: z.string().nullish(),
  log_id: z.string().nullish(),
  data: z.unknown().optional(),
})

/** Calls with the shop's token; @throws AppError as `refusalOf` maps the platform's codes. */
export async function callShop(deps: Deps, call: Call): Promise<Answer> {
  return send(deps, call, await deps.token())
}

/** The two token calls carry no access token. */
export function callWithoutToken(deps: AuthorizeDeps<DouyinShopConfig>, call: Call): Promise<Answer> {
  return send(deps, call, '')
}

async function send(deps: AuthorizeDeps<DouyinShopConfig>, call: Call, token: string): Promise<Answer> {
  const body = canonicalJson(call.param)
  const response = await deps.http.request({
    method: 'POST',
    url: signedUrl(deps, { path: call.path, body, token }),
    headers: { 'content-type': 'application/json;charset=UTF-8', accept: 'application/json' },
    body,
    idempotent: call.reads,
  })
  const named = { connector: connectorId, operation: call.path, now: deps.now() }
  const reply = readEnvelope(envelope, readReply(response, named), named)
  if (reply.code === 10000) return { data: reply.data, response }
  const subCode = reply.sub_code ?? ''
  throw platformError(refusalOf(reply.code, subCode), {
    connector: connectorId,
    operation: call.path,
    code: subCode || String(reply.code),
    message: reply.sub_msg || reply.msg || '',
    ...(reply.log_id ? { logId: reply.log_id } : {}),
  })
}

/** Signed are app_key, method, param_json, timestamp and v; access_token and sign_method travel unsigned. */
function signedUrl(
  { config, now }: Pick<AuthorizeDeps<DouyinShopConfig>, 'config' | 'now'>,
  request: { path: string; body: string; token: string },
): string {
  const signed = {
    app_key: config.appKey,
    method: request.path.slice(1).replaceAll('/', '.'),
    param_json: request.body,
    timestamp: String(Math.floor(now() / 1000)),
    v: '2',
  }
  const sign = signDoudian(signed, config.appSecret)
  const query = new URLSearchParams({
    app_key: signed.app_key,
    method: signed.method,
    ...(request.token === '' ? {} : { access_token: request.token }),
    timestamp: signed.timestamp,
    v: signed.v,
    sign_method: 'hmac-sha256',
    sign,
  })
  return `${config.baseUrl.replace(/\/+$/, '')}${request.path}?${query}`
}

const tokenCodes = new Set([
  'isv.access-token-expired',
  'isv.access-token-no-existed',
  'isv.access-token-invalid',
  'isv.access-token-missing',
])

/** Platform table of basic error codes; the sub codes beyond the token's are UNVERIFIED. */
function refusalOf(code: number, subCode: string): Refusal {
  if (tokenCodes.has(subCode)) return 'token'
  if (subCode.startsWith('dop.authorization-') || subCode.startsWith('dop.token-generate-failed'))
    return 'authorization'
  if (/^isv\.(signature|timestamp|app-id)-/.test(subCode)) return 'signature'
  if (code === 60000) return 'rate'
  if (code === 30001 || code === 30002) return 'permission'
  if (code === 20000 || code === 20001 || code === 50000 || code === 90000) return 'unavailable'
  return 'request'
}
