/** Kuaishou's transport: one signed `param`, `result` 1 when all is well. Kuaishou docs: API调用说明. */
import { z } from 'zod'
import type { ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { canonicalJson } from '../kit/canonical-json.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import { signKuaishou } from '../kit/schemes/kuaishou.ts'
import type { KuaishouConfig } from './config.ts'

export const connectorId = 'kuaishou'

export type Deps = ConnectorDeps<KuaishouConfig>

export interface Call {
  /** e.g. `open.order.detail` */
  method: string
  /** Business parameters; ids as bigint, undefined ones are not sent. */
  param: Record<string, unknown>
  /** True for calls that change nothing: they are GETs. */
  reads: boolean
}

export interface Answer {
  data: unknown
  response: HttpResponse
}

const envelope = z.object({
  result: z.coerce.number(),
  error_msg: z.string().nullish(),
  data: z.unknown().optional(),
})

/** A call as the shop. @throws AppError as `refusalOf` maps results */
export async function call(deps: Deps, { method, param, reads }: Call): Promise<Answer> {
  const { config, now } = deps
  const parameters = {
    appkey: config.appKey,
    method,
    version: '1',
    param: canonicalJson(param),
    access_token: await deps.token(),
    timestamp: String(now()),
    signMethod: 'HMAC_SHA256',
  }
  const sign = signKuaishou(parameters, config.signSecret)
  const text = new URLSearchParams({ ...parameters, sign }).toString()
  const url = `${config.baseUrl.replace(/\/+$/, '')}/${method.replaceAll('.', '/')}`
  const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' }
  const response = await deps.http.request(
    reads
      ? { method: 'GET', url: `${url}?${text}`, headers, idempotent: true }
      : { method: 'POST', url, headers, body: text },
  )
  const named = { connector: connectorId, operation: method, now: now() }
  const reply = readEnvelope(envelope, readReply(response, named), named)
  if (reply.result === 1) return { data: reply.data, response }
  const message = reply.error_msg ?? ''
  throw platformError(refusalOf(reply.result, message), {
    ...{ connector: connectorId, operation: method, code: String(reply.result), message },
  })
}

/** Kuaishou docs: 授权错误码简介. */
const results: Record<number, Refusal> = {
  100200101: 'signature',
  100200102: 'token',
  100200106: 'permission',
  100200500: 'unavailable',
}

/** Limits, signatures and permissions come with words only: 1017 and 「Exceed qps limit」 are certain, the rest is UNVERIFIED. */
function refusalOf(result: number, message: string): Refusal {
  const known = results[result]
  if (known !== undefined) return known
  if (/exceed (?:quota|qps) limit|限流/i.test(message)) return 'rate'
  if (/验签|签名|\bsign\b|timestamp/i.test(message)) return 'signature'
  if (/scope|权限/i.test(message)) return 'permission'
  if (/access_?token|鉴权/i.test(message)) return 'token'
  return 'request'
}
