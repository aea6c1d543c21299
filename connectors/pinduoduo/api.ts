/** Pinduoduo's transport: signed form posts, `error_response` when refused. PDD docs: API 调用说明. */
import { z } from 'zod'
import type { AuthorizeDeps, ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'
import { readReply } from '../kit/read-reply.ts'
import { signPinduoduo } from '../kit/schemes/pinduoduo.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import type { PinduoduoConfig } from './config.ts'

export const connectorId = 'pinduoduo'

export type Deps = ConnectorDeps<PinduoduoConfig>

export interface Call {
  /** e.g. `pdd.order.information.get` */
  type: string
  /** Business parameters; undefined ones are not sent, objects travel as JSON text. */
  fields: Record<string, string | number | boolean | object | undefined>
  /** True for calls that change nothing. */
  reads: boolean
}

export interface Answer {
  /** The whole answer; its one member is named after the call. */
  reply: unknown
  response: HttpResponse
}

/** A call as the shop. @throws AppError as `refusalOf` maps the gateway's codes */
export async function call(deps: Deps, wanted: Call): Promise<Answer> {
  return send(deps, wanted, await deps.token())
}

/** A call as the app; the token calls carry no access token. @throws AppError */
export async function send(
  deps: AuthorizeDeps<PinduoduoConfig>,
  { type, fields, reads }: Call,
  accessToken?: string,
): Promise<Answer> {
  const { config, now } = deps
  const parameters = texts({
    type,
    client_id: config.clientId,
    access_token: accessToken,
    timestamp: Math.floor(now() / 1000),
    data_type: 'JSON',
    version: 'V1',
    ...fields,
  })
  const sign = signPinduoduo(parameters, config.clientSecret)
  const response = await deps.http.request({
    method: 'POST',
    url: `${config.baseUrl.replace(/\/+$/, '')}/api/router`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
      accept: 'application/json',
    },
    body: new URLSearchParams({ ...parameters, sign }).toString(),
    idempotent: reads,
  })
  const reply = readReply(response, { connector: connectorId, operation: type, now: now() })
  throwRefusal(reply, type)
  return { reply, response }
}

function texts(fields: Call['fields']): Record<string, string> {
  const sent = Object.entries(withoutUndefined(fields)).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ])
  return Object.fromEntries(sent)
}

const errorShape = z.object({
  error_response: z.object({
    error_code: z.coerce.number(),
    error_msg: z.string().nullish(),
    sub_code: z.union([z.string(), z.number()]).nullish(),
    sub_msg: z.string().nullish(),
    request_id: z.string().nullish(),
  }),
})

function throwRefusal(reply: unknown, operation: string): void {
  const refused = errorShape.safeParse(reply).data?.error_response
  if (refused === undefined) return
  const { error_code, error_msg, sub_code, sub_msg, request_id } = refused
  throw platformError(codes[error_code] ?? 'request', {
    connector: connectorId,
    operation,
    code: String(sub_code || error_code),
    message: sub_msg || error_msg || '',
    ...(request_id ? { logId: request_id } : {}),
  })
}

/** PDD docs: 返回错误码说明; every call has the same list. */
const codes: Record<number, Refusal> = {
  10001: 'signature',
  10016: 'signature',
  10018: 'permission',
  10019: 'token',
  20004: 'signature',
  20005: 'permission',
  20031: 'permission',
  20032: 'token',
  30000: 'permission',
  30001: 'permission',
  50000: 'unavailable',
  50002: 'unavailable',
  52001: 'unavailable',
  52002: 'unavailable',
  52101: 'rate',
  52102: 'unavailable',
  52103: 'unavailable',
  70031: 'rate',
  70032: 'permission',
  70033: 'unavailable',
  70034: 'permission',
  70035: 'permission',
  70036: 'rate',
}
