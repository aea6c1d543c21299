/** 企业版: one signed form; `{code, message, …}` with the lists beside the code. */
import { z } from 'zod'
import { canonicalJson } from '../kit/canonical-json.ts'
import { readEnvelope, readReply } from '../kit/read-reply.ts'
import { signEnterprise } from '../kit/schemes/wangdiantong.ts'
import type { Answer, Call, Deps } from './api.ts'
import { addressOf } from './config.ts'
import { connectorId, refusedCall } from './refusal.ts'

const envelope = z.looseObject({ code: z.coerce.number(), message: z.string().nullish() })

export async function callEnterprise(deps: Deps, call: Call): Promise<Answer> {
  const form: Record<string, string> = {
    sid: deps.config.sid,
    appkey: deps.config.appKey,
    timestamp: String(Math.floor(deps.now() / 1000)),
    ...textsOf(call.fields),
    ...(call.page && { page_no: String(call.page.no), page_size: String(call.page.size) }),
  }
  const sign = signEnterprise(form, deps.config.appSecret)
  const response = await deps.http.request({
    method: 'POST',
    url: `${addressOf(deps.config)}/${call.name}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      accept: 'application/json',
    },
    body: new URLSearchParams({ ...form, sign }).toString(),
    idempotent: call.reads,
  })
  const named = { connector: connectorId, operation: call.name, now: deps.now() }
  const reply = readEnvelope(envelope, readReply(response, named), named)
  if (reply.code === 0) return { data: reply, response }
  throw refusedCall({ operation: call.name, code: reply.code, message: reply.message ?? '' })
}

/** Lists travel as JSON text. */
function textsOf(fields: Call['fields']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : canonicalJson(value),
    ]),
  )
}
