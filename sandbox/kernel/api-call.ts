import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { pause, strikeAfter, strikeBefore } from './fault-effects.ts'
import type { Faults, FaultTarget } from './faults.ts'
import { recordIncoming } from './http-traffic.ts'
import type { createRateLimiter } from './rate-limiter.ts'
import type { Tokens } from './tokens.ts'
import type { Traffic } from './traffic.ts'
import { type ApiCall, ApiFailure, type ApiRoute, type SandboxSettings } from './types.ts'
import { validateCall } from './validation.ts'

export interface CallParts {
  traffic: Traffic
  faults: Faults
  tokens: Tokens
  limiter: ReturnType<typeof createRateLimiter>
  settings: () => SandboxSettings
}

/** Answers one open API call: record, token, limit, schema, faults, latency, handler, envelope — in that order. */
export async function answerCall(
  parts: CallParts,
  route: ApiRoute,
  http: { request: FastifyRequest; reply: FastifyReply },
): Promise<unknown> {
  const { request, reply } = http
  const entry = recordIncoming(parts.traffic, request, areaOf(route.path))
  const target: FaultTarget = {
    method: route.method,
    route: route.path,
    families: ['feishu', areaOf(route.path)],
  }
  try {
    if (parts.faults.strike('token', target)) {
      entry.fault = 'token_revoked'
      parts.tokens.revokeAll()
    }
    const user = route.auth === 'none' ? undefined : parts.tokens.check(request, route)
    parts.limiter.spend(`${route.method} ${route.path}`, route.limit)
    validateCall(route, request)
    const before = parts.faults.strike('before', target)
    if (before) {
      entry.fault = before.kind
      await strikeBefore(before, request, route.path)
    }
    if (parts.settings().latencyMs > 0) await pause(parts.settings().latencyMs)
    const data = await route.handle({ ...toCall(route, request, reply), ...(user && { user: user.openId }) })
    const after = parts.faults.strike('after', target)
    if (after) {
      entry.fault = after.kind
      strikeAfter(after, request)
    }
    if (reply.sent || data === reply) return reply
    return route.envelope === false ? data : { code: 0, msg: 'success', data: data ?? {} }
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error
    return sendFailure(reply, error)
  }
}

/** The failure envelope with its HTTP status and headers. */
export function sendFailure(reply: FastifyReply, failure: ApiFailure): FastifyReply {
  return reply
    .code(failure.status)
    .headers(failure.headers)
    .send({ code: failure.code, msg: failure.message, error: { log_id: logIdOf(reply), ...failure.error } })
}

/** The id every answer carries. Looks like the platform's: time, then an address, then noise. */
export function logIdOf(reply: FastifyReply): string {
  const known = reply.getHeader('x-tt-logid')
  if (typeof known === 'string') return known
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  return `${stamp}${randomBytes(10).toString('hex').toUpperCase()}`
}

/** `/open-apis/im/v1/messages` → `im` */
function areaOf(path: string): string {
  return path.split('/')[2] ?? 'feishu'
}

function toCall(route: ApiRoute, request: FastifyRequest, reply: FastifyReply): ApiCall {
  const body = request.body
  return {
    method: route.method,
    route: route.path,
    params: request.params as Record<string, string>,
    query: request.query as ApiCall['query'],
    body: typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {},
    request,
    reply,
  }
}
