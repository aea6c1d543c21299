import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isCutOff, nobodyListens, pause, strikeAfter, strikeBefore } from './fault-effects.ts'
import type { Faults, FaultTarget } from './faults.ts'
import { recordIncoming } from './http-traffic.ts'
import type { createRateLimiter } from './rate-limiter.ts'
import type { Tokens } from './tokens.ts'
import type { Gate, Traffic, TrafficEntry } from './traffic.ts'
import { type ApiCall, ApiFailure, type ApiRoute, type SandboxSettings } from './types.ts'
import { validateCall } from './validation.ts'

type UserOfToken = ReturnType<Tokens['check']>

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
  entry.route = route.path
  if (isCutOff(parts.faults, target, { request, entry })) return nobodyListens
  const gates = { gate: 'token' as Gate }
  try {
    const user = await passGates(parts, route, { request, entry, target, gates })
    const data = await route.handle({ ...toCall(route, request, reply), ...(user && { user: user.openId }) })
    const after = parts.faults.strike('after', target)
    if (after) {
      entry.fault = after.kind
      strikeAfter(after, request)
    }
    if (reply.sent || data === reply) return reply
    return route.envelope === false ? data : { code: 0, msg: 'success', data: data ?? {} }
  } catch (error) {
    entry.refusedBy = gates.gate
    if (!(error instanceof ApiFailure)) throw error
    return sendFailure(reply, error)
  }
}

interface Passing {
  request: FastifyRequest
  entry: TrafficEntry
  target: FaultTarget
  /** The gate the call stands before. */
  gates: { gate: Gate }
}

/** Everything before the handler; tells whose token it is. @throws ApiFailure as the platform refuses */
async function passGates(parts: CallParts, route: ApiRoute, passing: Passing): Promise<UserOfToken> {
  const { request, entry, target, gates } = passing
  if (parts.faults.strike('token', target)) {
    entry.fault = 'token_revoked'
    parts.tokens.revokeAll()
  }
  const user = route.auth === 'none' ? undefined : parts.tokens.check(request, route)
  gates.gate = 'limit'
  parts.limiter.spend(`${route.method} ${route.path}`, route.limit)
  gates.gate = 'schema'
  validateCall(route, request)
  gates.gate = 'fault'
  const before = parts.faults.strike('before', target)
  if (before) {
    entry.fault = before.kind
    await strikeBefore(before, request, route.path)
  }
  if (parts.settings().latencyMs > 0) await pause(parts.settings().latencyMs)
  gates.gate = 'handler'
  return user
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
    body:
      typeof body === 'object' && body !== null && !Buffer.isBuffer(body)
        ? (body as Record<string, unknown>)
        : {},
    request,
    reply,
  }
}
