/** Douyin life's transport: the token travels in a header, refusals come inside `data` or `extra` with HTTP 200. */
import { z } from 'zod'
import type { AuthorizeDeps, ConnectorDeps, HttpRequest, HttpResponse } from '#src/contracts/connector.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import { bearerHeaders } from '../kit/sign/bearer.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import type { DouyinLifeConfig } from './config.ts'

export const connectorId = 'douyin-life'

export type Deps = ConnectorDeps<DouyinLifeConfig>

export interface Answer {
  data: unknown
  response: HttpResponse
}

/** Reads as the merchant; undefined parameters are not sent. @throws AppError as `refusals` maps the codes */
export async function query(
  deps: Deps,
  path: string,
  parameters: Record<string, string | number | undefined>,
): Promise<Answer> {
  const given = Object.entries(
    withoutUndefined({ account_id: deps.config.accountId, ...parameters }) as object,
  ).map(([name, value]) => [name, String(value)])
  const search = new URLSearchParams(Object.fromEntries(given))
  const headers = await headersOf(deps)
  return send(deps, path, { method: 'GET', url: `?${search}`, headers, idempotent: true })
}

/** Acts as the merchant. @throws AppError */
export async function post(deps: Deps, path: string, body: object): Promise<Answer> {
  const text = JSON.stringify({ account_id: deps.config.accountId, ...body })
  const headers = await headersOf(deps)
  return send(deps, path, { method: 'POST', url: '', headers, body: text, idempotent: false })
}

async function headersOf(deps: Deps): Promise<Record<string, string>> {
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    'rpc-transit-life-account': deps.config.accountId,
    ...bearerHeaders(await deps.token(), 'access-token'),
  }
}

const said = z.object({
  error_code: z.coerce.number().nullish(),
  description: z.string().nullish(),
  logid: z.string().nullish(),
})
const envelope = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  extra: said.nullish(),
})

/** `request.url` is what follows the path. */
export async function send(
  deps: AuthorizeDeps<DouyinLifeConfig>,
  path: string,
  request: HttpRequest,
): Promise<Answer> {
  const url = `${deps.config.baseUrl.replace(/\/+$/, '')}${path}${request.url}`
  const response = await deps.http.request({ ...request, url })
  const named = { connector: connectorId, operation: path, now: deps.now() }
  const reply = readEnvelope(envelope, readReply(response, named), named)
  throwRefusal([said.safeParse(reply.data ?? {}).data, reply.extra], path)
  return { data: reply.data ?? {}, response }
}

function throwRefusal(places: readonly (z.infer<typeof said> | null | undefined)[], operation: string): void {
  const refused = places.find((one) => Boolean(one?.error_code))
  const code = refused?.error_code
  if (!refused || !code) return
  const logId = places.find((one) => one?.logid)?.logid
  throw platformError(refusals[code] ?? 'request', {
    connector: connectorId,
    operation,
    code: String(code),
    message: refused.description ?? '',
    ...(logId ? { logId } : {}),
  })
}

/** 10020 is the limit of the token call. The other numbers are the open platform's common ones, UNVERIFIED for life. */
const refusals: Record<number, Refusal> = {
  10003: 'signature',
  10008: 'token',
  10013: 'signature',
  10020: 'rate',
  2100001: 'unavailable',
  2100004: 'unavailable',
  2100009: 'unavailable',
  2190001: 'rate',
  2190002: 'token',
  2190003: 'permission',
  2190004: 'permission',
  2190008: 'token',
  28001003: 'token',
  28001005: 'unavailable',
  28001006: 'unavailable',
  28001008: 'token',
  28001014: 'permission',
  28001016: 'permission',
  28001018: 'permission',
  28001019: 'permission',
}
