/** WeChat's transport: JSON posts with the token in the query, `errcode` when refused; nothing is signed. WeChat docs: 微信小店 API. */
import { z } from 'zod'
import type { AuthorizeDeps, ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import type { WechatShopConfig } from './config.ts'

export const connectorId = 'wechat-shop'

export type Deps = ConnectorDeps<WechatShopConfig>

export interface Call {
  /** e.g. `/channels/ec/order/get` */
  path: string
  body: Record<string, unknown>
  /** True for calls that change nothing. */
  reads: boolean
}

export interface Answer {
  reply: unknown
  response: HttpResponse
}

/** A call as the shop. @throws AppError as `codes` maps the platform's errcodes */
export async function call(deps: Deps, wanted: Call): Promise<Answer> {
  return send(deps, wanted, await deps.token())
}

/** A call without a token asks for one. @throws AppError */
export async function send(
  deps: AuthorizeDeps<WechatShopConfig>,
  { path, body, reads }: Call,
  token?: string,
): Promise<Answer> {
  const query = token === undefined ? '' : `?access_token=${encodeURIComponent(token)}`
  const response = await deps.http.request({
    method: 'POST',
    url: `${deps.config.baseUrl.replace(/\/+$/, '')}${path}${query}`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    idempotent: reads,
  })
  // The list of allowed addresses answers before the interface does.
  if (response.status === 403)
    throw platformError('permission', { ...about(path), code: 'HTTP 403', message: '来源 IP 不在白名单' })
  const reply = readReply(response, { ...about(path), now: deps.now() })
  throwRefusal(reply, { path, isToken: token === undefined })
  return { reply, response }
}

const about = (operation: string) => ({ connector: connectorId, operation })

const envelope = z.object({ errcode: z.number().nullish(), errmsg: z.string().nullish() })

function throwRefusal(reply: unknown, { path, isToken }: { path: string; isToken: boolean }): void {
  const { errcode, errmsg } = readEnvelope(envelope, reply, about(path))
  if (!errcode) return
  // Asked for a token, the same code says that the secret is wrong.
  const refusal = isToken && errcode === 40001 ? 'signature' : (codes[errcode] ?? 'request')
  throw platformError(refusal, { ...about(path), code: String(errcode), message: errmsg ?? '' })
}

/** WeChat docs: 全局返回码. UNVERIFIED: that the shop's interfaces use no others for the same. */
const codes: Record<number, Refusal> = {
  [-1]: 'unavailable',
  40001: 'token',
  40013: 'signature',
  40014: 'token',
  40125: 'signature',
  40164: 'permission',
  41001: 'token',
  42001: 'token',
  45009: 'rate',
  45011: 'rate',
  48001: 'permission',
}
