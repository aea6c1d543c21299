import type { FastifyInstance, FastifyRequest } from 'fastify'
import { spoilAnswer } from './fault-effects.ts'
import type { Traffic, TrafficEntry } from './traffic.ts'

const longestUrl = 2_000
const open = new WeakMap<object, { entry: TrafficEntry; startedAt: number }>()

/** Starts the traffic entry of an incoming call, once; the answer is added when it is sent. */
export function recordIncoming(traffic: Traffic, request: FastifyRequest, family: string): TrafficEntry {
  const known = open.get(request)
  if (known) return known.entry
  const entry = traffic.start({
    direction: 'in',
    family,
    method: request.method,
    url: request.url.replace(/((?:access_token|sign|ticket|code)=)[^&]+/g, '$1***').slice(0, longestUrl),
    who: whose(request.headers.authorization),
    request: request.isMultipart?.() ? '<multipart>' : request.body,
  })
  open.set(request, { entry, startedAt: performance.now() })
  return entry
}

/** Fastify hooks that complete the record and then spoil the answer if a fault asks for it. */
export function watchAnswers(app: FastifyInstance, traffic: Traffic): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const recorded = open.get(request)
    if (recorded) {
      open.delete(request)
      const ms = performance.now() - recorded.startedAt
      traffic.finish(recorded.entry, { status: reply.statusCode, answer: readable(payload), ms })
    }
    return spoilAnswer(request, reply, payload)
  })
}

/** Whose token a call carries, by its shape alone. */
function whose(authorization: string | undefined): string | undefined {
  const token = authorization?.replace(/^Bearer\s+/i, '') ?? ''
  if (token.startsWith('t-')) return 'app'
  return token.startsWith('u-') ? 'user' : undefined
}

function readable(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}
