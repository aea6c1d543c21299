import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Fault, Faults, FaultTarget } from './faults.ts'
import { tooFrequent } from './rate-limiter.ts'
import type { TrafficEntry } from './traffic.ts'
import { ApiFailure } from './types.ts'

const defaultSlowMs = 5_000
const pending = new WeakMap<object, Fault>()

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** A promise that never settles: the socket is gone, nobody is left to answer. */
export const nobodyListens = new Promise<never>(() => {})

/** Whether the network is down for this call; its connection is then reset before anything is looked at. */
export function isCutOff(
  faults: Faults,
  target: FaultTarget,
  call: { request: FastifyRequest; entry: TrafficEntry },
): boolean {
  if (!faults.strike('network', target)) return false
  call.entry.fault = 'unreachable'
  cut(call.request)
  return true
}

/** What a `before` fault does: answers as Feishu would, waits, or cuts the connection before anything is applied. */
export async function strikeBefore(fault: Fault, request: FastifyRequest, route: string): Promise<void> {
  if (fault.kind === 'slow') return pause(fault.ms ?? defaultSlowMs)
  if (fault.kind === 'reset_before') {
    cut(request)
    return nobodyListens
  }
  throw refusal(fault, route)
}

function refusal(fault: Fault, route: string): ApiFailure {
  switch (fault.kind) {
    case 'http_429':
      return tooFrequent(1, fault.ms ?? 1_000)
    case 'http_400_99991400':
      return tooFrequent(1, fault.ms ?? 1_000, 400)
    case '5xx':
      return new ApiFailure(fault.code ?? 2200, fault.msg ?? 'Internal Error', {
        status: fault.status ?? 502,
      })
    case '1254290':
      return new ApiFailure(1254290, 'TooManyRequest', { status: fault.status ?? bitableStatus(route) })
    case '1254291':
      return new ApiFailure(1254291, 'Write conflict', { status: fault.status ?? bitableStatus(route) })
    case '230020':
      return new ApiFailure(230020, 'This operation triggers the frequency limit.', { status: 400 })
    default:
      return new ApiFailure(fault.code ?? 1, fault.msg ?? 'fault', { status: fault.status ?? 400 })
  }
}

/** Feishu docs, error tables per page: record, field and table writes answer 200 with a code, the others 400. */
function bitableStatus(route: string): number {
  return /batch_get|\/copy$|\/forms|\/views\/:|\/dashboards|\/field_groups|\/members/.test(route) ? 400 : 200
}

/** Remembers what shall happen to the answer once the handler has applied its effect. */
export function strikeAfter(fault: Fault, request: FastifyRequest): void {
  pending.set(request, fault)
}

/** For Fastify's onSend: spoils an answer whose effect is already applied. */
export async function spoilAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const fault = pending.get(request)
  if (!fault) return payload
  pending.delete(request)
  const text = Buffer.isBuffer(payload) ? payload : Buffer.from(typeof payload === 'string' ? payload : '')
  if (fault.kind === 'slow_after_apply') {
    await pause(fault.ms ?? defaultSlowMs)
    return payload
  }
  if (fault.kind === 'invalid_json') {
    const broken = text.subarray(0, Math.max(1, text.length - 2))
    reply.header('content-length', broken.length)
    return broken
  }
  if (fault.kind === 'truncated') {
    reply.raw.writeHead(reply.statusCode, {
      'content-type': 'application/json',
      'content-length': text.length + 64,
    })
    await new Promise<void>((resolve) => reply.raw.write(text.subarray(0, text.length / 2), () => resolve()))
  }
  cut(request)
  return nobodyListens
}

/** RST where the platform supports it, so that the client sees a reset and not a clean end. */
function cut(request: FastifyRequest): void {
  const socket = request.raw.socket
  if (typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy()
  else socket.destroy()
}
