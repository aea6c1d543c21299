/** 旗舰版: everything but the body in the query, the body a JSON array, both signed; `{status, message, data}`. */
import { z } from 'zod'
import { canonicalJson } from '../kit/canonical-json.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import { signFlagship } from '../kit/schemes/wangdiantong.ts'
import type { Answer, Call, Deps } from './api.ts'
import { addressOf } from './config.ts'
import { connectorId, refusedCall } from './refusal.ts'

/** The flagship edition counts seconds from 2012-01-01 00:00 GMT+8. */
const epoch = 1_325_347_200

const envelope = z.object({
  status: z.coerce.number(),
  message: z.string().nullish(),
  data: z.unknown().optional(),
})

export async function callFlagship(deps: Deps, call: Call): Promise<Answer> {
  const { sid, appKey, appSecret } = deps.config
  const [secret = '', salt = ''] = appSecret.split(':')
  const body = canonicalJson([call.fields])
  const query = {
    sid,
    key: appKey,
    salt,
    method: call.name,
    timestamp: String(Math.floor(deps.now() / 1000) - epoch),
    v: '1.0',
    ...(call.page && {
      page_no: String(call.page.no),
      page_size: String(call.page.size),
      calc_total: '1',
    }),
  }
  const sign = signFlagship({ ...query, body }, secret)
  const response = await deps.http.request({
    method: 'POST',
    url: `${addressOf(deps.config)}?${new URLSearchParams({ ...query, sign })}`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body,
    idempotent: call.reads,
  })
  const named = { connector: connectorId, operation: call.name, now: deps.now() }
  const reply = readEnvelope(envelope, readReply(response, named), named)
  if (reply.status === 0) return { data: reply.data ?? {}, response }
  throw refusedCall({ operation: call.name, code: reply.status, message: reply.message ?? '' })
}
