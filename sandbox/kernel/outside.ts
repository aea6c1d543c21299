import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CallParts } from './api-call.ts'
import { isCutOff, nobodyListens, pause, strikeAfter, strikeBefore } from './fault-effects.ts'
import type { FaultTarget } from './faults.ts'
import { recordIncoming } from './http-traffic.ts'
import { ApiFailure } from './types.ts'

type RawHandler = (request: FastifyRequest, reply: FastifyReply) => unknown | Promise<unknown>

/** Wraps a raw handler of a server that is not Feishu with record, faults and latency. */
export function wrapOutside(
  parts: CallParts,
  family: string,
  handle: RawHandler,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  return async (request, reply) => {
    const entry = recordIncoming(parts.traffic, request, family)
    const route = request.routeOptions.url ?? request.url
    const target = { method: request.method, route, families: [family] }
    entry.route = route
    if (isCutOff(parts.faults, networkOf(target), { request, entry })) return nobodyListens
    const before = parts.faults.strike('before', target)
    if (before) {
      entry.fault = before.kind
      if (before.kind === 'answer') return reply.code(before.status ?? 200).send(before.body ?? {})
      try {
        await strikeBefore(before, request, route)
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error
        return reply.code(error.status).headers(error.headers).send({ code: error.code, msg: error.message })
      }
    }
    if (parts.settings().latencyMs > 0) await pause(parts.settings().latencyMs)
    const after = parts.faults.strike('after', target)
    if (after) {
      entry.fault = after.kind
      // Set before the handler runs, because it may send its answer itself.
      strikeAfter(after, request)
    }
    return handle(request, reply)
  }
}

/** The way to the long connection is part of Feishu's network, whatever else strikes it. */
function networkOf(target: FaultTarget): FaultTarget {
  const isFeishu = target.families.includes('long-connection')
  return isFeishu ? { ...target, families: ['feishu', 'events', ...target.families] } : target
}
