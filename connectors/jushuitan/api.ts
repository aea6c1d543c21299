/** Jushuitan's transport: form posts, md5 signature over secret and sorted parameters, `{code, msg, data}`. */
import { z } from 'zod'
import type { AuthorizeDeps, ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { canonicalJson } from '../kit/canonical-json.ts'
import { platformError, type Refusal } from '../kit/platform-error.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import type { JushuitanConfig } from './config.ts'
import { signJushuitan } from './sign.ts'

export const connectorId = 'jushuitan'

export type Deps = ConnectorDeps<JushuitanConfig>

export interface Call {
  /** `/open/orders/single/query` */
  path: string
  biz: unknown
  /** True for calls that change nothing. */
  reads: boolean
}

export interface Answer {
  data: unknown
  response: HttpResponse
}

const envelope = z.object({
  code: z.coerce.number(),
  msg: z.string().nullish(),
  data: z.unknown().optional(),
})

/** A business call with the account's token; @throws AppError as `refusals` maps the platform's codes. */
export async function callErp(deps: Deps, call: Call): Promise<Answer> {
  const form = {
    app_key: deps.config.appKey,
    access_token: await deps.token(),
    timestamp: seconds(deps),
    version: '2',
    charset: 'utf-8',
    biz: canonicalJson(call.biz),
  }
  return post(deps, { path: call.path, form, reads: call.reads })
}

/** The calls about tokens have no `biz` and no token of their own. */
export function callAuth(
  deps: AuthorizeDeps<JushuitanConfig>,
  call: { path: string; fields: Record<string, string> },
): Promise<Answer> {
  const form = {
    app_key: deps.config.appKey,
    timestamp: seconds(deps),
    charset: 'utf-8',
    ...call.fields,
  }
  return post(deps, { path: call.path, form, reads: false })
}

function seconds(deps: AuthorizeDeps<JushuitanConfig>): string {
  return String(Math.floor(deps.now() / 1000))
}

interface Post {
  path: string
  form: Record<string, string>
  reads: boolean
}

async function post(deps: AuthorizeDeps<JushuitanConfig>, { path, form, reads }: Post): Promise<Answer> {
  const { baseUrl, appSecret } = deps.config
  const sign = signJushuitan(form, appSecret)
  const response = await deps.http.request({
    method: 'POST',
    url: `${baseUrl.replace(/\/+$/, '')}${path}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      accept: 'application/json',
    },
    body: new URLSearchParams({ ...form, sign }).toString(),
    idempotent: reads,
  })
  const named = { connector: connectorId, operation: path, now: deps.now() }
  const reply = readEnvelope(envelope, readReply(response, named), named)
  if (reply.code === 0) return { data: reply.data, response }
  throw platformError(refusals[reply.code] ?? 'request', {
    connector: connectorId,
    operation: path,
    code: String(reply.code),
    message: reply.msg ?? '',
  })
}

/** Only 0 and 190 are certain; the others come from one public collection of codes (UNVERIFIED). */
const refusals: Record<number, Refusal> = {
  10: 'signature',
  100: 'token',
  110: 'permission',
  140: 'signature',
  150: 'authorization',
  190: 'permission',
  199: 'rate',
  200: 'rate',
}
