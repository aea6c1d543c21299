/** JD's transport: signed form posts to `routerjson`, answers under `<method>_responce`. JD docs: API 调用方法详解. */
import { z } from 'zod'
import type { ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import { signJd } from '../kit/schemes/jd.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import type { JdConfig } from './config.ts'

export const connectorId = 'jd'

export type Deps = ConnectorDeps<JdConfig>

export interface Call {
  /** e.g. `jingdong.pop.order.search` */
  method: string
  /** Business parameters; undefined ones are not sent. JD wants page numbers as text in some calls. */
  fields: Record<string, string | number | undefined>
  /** True for calls that change nothing. */
  reads: boolean
}

export interface Answer {
  /** What stands under the method's name. */
  data: unknown
  response: HttpResponse
}

/** A call as the shop. @throws AppError as `refusalOf` maps the gateway's codes */
export async function call(deps: Deps, { method, fields, reads }: Call): Promise<Answer> {
  const { config, now } = deps
  const parameters = {
    method,
    app_key: config.appKey,
    access_token: await deps.token(),
    timestamp: gmt8FromInstant(now()),
    v: '2.0',
    '360buy_param_json': JSON.stringify(withoutUndefined(fields)),
  }
  const sign = signJd(parameters, config.appSecret)
  const response = await deps.http.request({
    method: 'POST',
    url: `${config.baseUrl.replace(/\/+$/, '')}/routerjson`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
      accept: 'application/json',
    },
    body: new URLSearchParams({ ...parameters, sign }).toString(),
    idempotent: reads,
  })
  const named = { connector: connectorId, operation: method, now: now() }
  const reply = readReply(response, named)
  throwRefusal(reply, method)
  const answer = readEnvelope(z.record(z.string(), z.unknown()), reply, named)
  return { data: answer[responseName(method)], response }
}

/** The platform spells it so; it is no slip of ours. */
function responseName(method: string): string {
  return `${method.replaceAll('.', '_')}_responce`
}

const text = z.union([z.string(), z.number()]).nullish()
const errorShape = z.object({
  error_response: z.object({ code: z.coerce.string(), zh_desc: text, en_desc: text }),
})

function throwRefusal(reply: unknown, operation: string): void {
  const refused = errorShape.safeParse(reply).data?.error_response
  if (refused === undefined) return
  const message = String(refused.zh_desc || refused.en_desc || '')
  throw platformError(refusalOf(refused.code, message), {
    connector: connectorId,
    operation,
    code: refused.code,
    message,
  })
}

const resultShape = z.object({
  success: z.boolean().nullish(),
  numberCode: text,
  errorCode: text,
  chineseErrCode: text,
  englishErrCode: text,
  errorMsg: text,
})

/** The shop's own refusals come as `success: false` inside an answer that looks like any other. @throws AppError */
export function assertSuccess(result: unknown, operation: string): void {
  const read = resultShape.safeParse(result).data
  if (read?.success !== false) return
  throw platformError('request', {
    connector: connectorId,
    operation,
    code: String(read.numberCode ?? read.errorCode ?? read.englishErrCode ?? 'success_false'),
    message: String(read.chineseErrCode ?? read.errorMsg ?? read.englishErrCode ?? ''),
  })
}

/** JD docs: 网关系统错误码. UNVERIFIED: 19 to 21; the words decide where a number is not known. */
const codes: Record<string, Refusal> = {
  2: 'rate',
  7: 'signature',
  8: 'signature',
  11: 'signature',
  12: 'signature',
  19: 'token',
  20: 'signature',
  21: 'signature',
}

function refusalOf(code: string, message: string): Refusal {
  const known = codes[code]
  if (known !== undefined) return known
  if (/access_?token|令牌/i.test(message)) return 'token'
  if (/签名|signature/i.test(message)) return 'signature'
  if (/限流|频率|超过.*(?:次数|限额)|limit/i.test(message)) return 'rate'
  if (/权限|白名单|permission/i.test(message)) return 'permission'
  return 'request'
}
