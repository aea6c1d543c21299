/** TOP's transport: signed form posts, `<method>_response` or `error_response`. TOP docs: API 调用协议. */
import { z } from 'zod'
import type { ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { platformError, type Refusal } from '../platform-error.ts'
import { readEnvelope, readReply } from '../read-reply.ts'
import { signTop } from '../schemes/taobao.ts'
import { gmt8FromInstant } from '../time.ts'
import { withoutUndefined } from '../without-undefined.ts'
import type { TopConfig } from './config.ts'

export type TopDeps = ConnectorDeps<TopConfig>

export interface TopCall {
  /** Connector id. */
  connector: string
  /** e.g. `taobao.trades.sold.increment.get` */
  method: string
  /** Business parameters; undefined and empty ones are not sent. */
  fields: Record<string, string | number | boolean | undefined>
  /** True for calls that change nothing. */
  reads: boolean
}

export interface TopAnswer {
  /** What stands under `<method>_response`. */
  data: unknown
  response: HttpResponse
}

const errorShape = z.object({
  error_response: z.object({
    code: z.union([z.number(), z.string()]).transform(Number),
    msg: z.string().nullish(),
    sub_code: z.string().nullish(),
    sub_msg: z.string().nullish(),
    request_id: z.string().nullish(),
  }),
})
const answerShape = z.record(z.string(), z.unknown())

/** @throws AppError as `refusalOf` maps the gateway's codes */
export async function callTop(deps: TopDeps, call: TopCall): Promise<TopAnswer> {
  const { config, now } = deps
  const parameters = {
    method: call.method,
    app_key: config.appKey,
    session: await deps.token(),
    timestamp: gmt8FromInstant(now()),
    format: 'json',
    v: '2.0',
    sign_method: 'hmac-sha256',
    ...texts(call.fields),
  }
  const sign = signTop(parameters, config.appSecret)
  const response = await deps.http.request({
    method: 'POST',
    url: `${config.baseUrl.replace(/\/+$/, '')}/router/rest`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
      accept: 'application/json',
    },
    body: new URLSearchParams({ ...parameters, sign }).toString(),
    idempotent: call.reads,
  })
  const named = { connector: call.connector, operation: call.method, now: now() }
  const reply = readReply(response, named)
  const refused = errorShape.safeParse(reply).data?.error_response
  if (refused === undefined) {
    const answer = readEnvelope(answerShape, reply, named)
    return { data: answer[responseName(call.method)], response }
  }
  const subCode = refused.sub_code ?? ''
  throw platformError(refusalOf(refused.code, subCode), {
    connector: call.connector,
    operation: call.method,
    code: subCode || String(refused.code),
    message: refused.sub_msg || refused.msg || '',
    ...(refused.request_id ? { logId: refused.request_id } : {}),
  })
}

/** `taobao.trade.fullinfo.get` → `trade_fullinfo_get_response`; other name spaces keep theirs. */
function responseName(method: string): string {
  return `${method.replace(/^taobao\./, '').replaceAll('.', '_')}_response`
}

function texts(fields: TopCall['fields']): Record<string, string> {
  const sent = Object.entries(withoutUndefined(fields)).filter(([, value]) => value !== '')
  return Object.fromEntries(sent.map(([name, value]) => [name, String(value)]))
}

/** TOP docs: 公共错误码. 25 and 27 are certain; the others are as commonly documented (UNVERIFIED). */
const codes: Record<number, Refusal> = {
  7: 'rate',
  10: 'unavailable',
  11: 'permission',
  12: 'permission',
  24: 'signature',
  25: 'signature',
  26: 'token',
  27: 'token',
  28: 'signature',
  29: 'signature',
  30: 'signature',
  31: 'signature',
}

/** Sub codes tell whose fault it was: `isp.` the platform's, `isv.` ours. */
function refusalOf(code: number, subCode: string): Refusal {
  if (/limited|call-limit|request-too-frequent/i.test(subCode)) return 'rate'
  if (/session-(?:expired|invalid)|invalid-sessionkey/i.test(subCode)) return 'token'
  if (/^isp\./.test(subCode)) return 'unavailable'
  return codes[code] ?? 'request'
}
