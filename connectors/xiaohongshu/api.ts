/** Xiaohongshu's transport: one address, JSON, business fields beside the common ones, only four of them signed. */
import { z } from 'zod'
import type { AuthorizeDeps, ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { canonicalJson } from '../kit/canonical-json.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import { signXiaohongshu } from '../kit/schemes/xiaohongshu.ts'
import type { XiaohongshuConfig } from './config.ts'

export const connectorId = 'xiaohongshu'

export type Deps = ConnectorDeps<XiaohongshuConfig>

export interface Call {
  /** `order.getOrderList` */
  method: string
  fields: Readonly<Record<string, unknown>>
  /** True for calls that change nothing. */
  reads: boolean
}

export interface Answer {
  data: unknown
  response: HttpResponse
}

const path = '/ark/open_api/v3/common_controller'
const version = '2.0'

const envelope = z.object({
  success: z.boolean(),
  error_code: z.union([z.number(), z.string()]).nullish(),
  error_msg: z.string().nullish(),
  data: z.unknown().optional(),
})

/** A call as the shop. @throws AppError */
export async function callShop(deps: Deps, call: Call): Promise<Answer> {
  return post(deps, { ...call, fields: { ...call.fields, accessToken: await deps.token() } })
}

/** A call as the app, before there is a token. */
export function callApp(deps: AuthorizeDeps<XiaohongshuConfig>, call: Call): Promise<Answer> {
  return post(deps, call)
}

async function post(deps: AuthorizeDeps<XiaohongshuConfig>, call: Call): Promise<Answer> {
  const { appId, appSecret, baseUrl } = deps.config
  const { method, fields, reads } = call
  const timestamp = String(Math.floor(deps.now() / 1000))
  const sign = signXiaohongshu({ method, appId, timestamp, version }, appSecret)
  const response = await deps.http.request({
    method: 'POST',
    url: `${baseUrl.replace(/\/+$/, '')}${path}`,
    headers: { 'content-type': 'application/json;charset=utf-8', accept: 'application/json' },
    body: canonicalJson({ ...fields, appId, timestamp, version, method, sign }),
    idempotent: reads,
  })
  const named = { connector: connectorId, operation: method, now: deps.now() }
  const reply = readEnvelope(envelope, readReply(response, named), named)
  if (reply.success) return { data: reply.data ?? {}, response }
  const code = String(reply.error_code ?? '')
  const message = reply.error_msg ?? ''
  throw platformError(refusalOf(message), { connector: connectorId, operation: method, code, message })
}

/** UNVERIFIED: the numbers of refusals, so the words decide. */
const words: readonly [RegExp, Refusal][] = [
  [/refresh_?token|授权(?:已)?(?:失效|过期|取消)/i, 'authorization'],
  [/access_?token|token/i, 'token'],
  [/限流|频率|流控|too many|qps|rate/i, 'rate'],
  [/sign|签名|timestamp|时间戳/i, 'signature'],
  [/权限|appid|permission|白名单/i, 'permission'],
  [/系统(?:繁忙|异常|错误)|稍后|timeout|超时/i, 'unavailable'],
]

function refusalOf(message: string): Refusal {
  return words.find(([pattern]) => pattern.test(message))?.[1] ?? 'request'
}
