import type { FastifyInstance, FastifyRequest } from 'fastify'
import { spoilAnswer } from './fault-effects.ts'
import { finishTraffic, type Traffic, type TrafficEntry } from './traffic.ts'

const open = new WeakMap<object, { entry: TrafficEntry; startedAt: number }>()

/** Starts the traffic entry of an incoming call, once; the answer is added when it is sent. */
export function recordIncoming(traffic: Traffic, request: FastifyRequest, family: string): TrafficEntry {
  const known = open.get(request)
  if (known) return known.entry
  const entry = traffic.start({
    direction: 'in',
    family,
    method: request.method,
    url: request.url.replace(/((?:access_token|sign|ticket)=)[^&]+/g, '$1***'),
    request: request.isMultipart?.() ? '<multipart>' : request.body,
  })
  open.set(request, { entry, startedAt: performance.now() })
  return entry
}

/** Fastify hooks that complete the record and then spoil the answer if a fault asks for it. */
export function watchAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const recorded = open.get(request)
    if (recorded) {
      open.delete(request)
      finishTraffic(
        recorded.entry,
        reply.statusCode,
        readable(payload),
        performance.now() - recorded.startedAt,
      )
    }
    return spoilAnswer(request, reply, payload)
  })
}

function readable(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}
