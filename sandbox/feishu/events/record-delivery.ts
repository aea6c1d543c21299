import type { OwnKernel } from '../../kernel/create-kernel.ts'
import type { DeliveryRecord } from '../../kernel/traffic.ts'
import type { Delivery } from './transport.ts'

/** One try to deliver an envelope. */
export interface Sending {
  /** null: the long connection */
  url: string | null
  envelope: string
  type: string
  /** 1 is the first */
  attempt: number
  /** How long after a failure the next try comes; null: none does. */
  retryAfterMs: number | null
}

/** Keeps a try in the traffic: what was sent, plain and as it went over the wire, what came back, when it comes again. */
export async function recordDelivery(
  kernel: OwnKernel,
  sending: Sending,
  send: (sending: Sending) => Promise<Delivery>,
): Promise<Delivery> {
  const plain = JSON.parse(sending.envelope) as { header?: { event_id?: string }; uuid?: string }
  const record: DeliveryRecord = {
    key: plain.header?.event_id ?? plain.uuid ?? '',
    type: sending.type,
    attempt: sending.attempt,
    nextAt: null,
  }
  const entry = kernel.traffic.start({
    direction: 'out',
    family: 'events',
    method: sending.url === null ? 'WS' : 'POST',
    url: sending.url ?? 'long-connection',
    request: plain,
    note: sending.type,
    delivery: record,
  })
  const startedAt = performance.now()
  const delivery = await send(sending)
  const ms = Math.round(performance.now() - startedAt)
  record.wire = shortened(delivery.wire)
  if (delivery.ok) {
    kernel.traffic.finish(entry, { status: delivery.status, answer: readable(delivery.body), ms })
    return delivery
  }
  entry.ms = ms
  entry.note = `${sending.type}: ${delivery.reason}: ${delivery.detail}`
  record.failure = `${delivery.reason}: ${delivery.detail}`
  if (sending.retryAfterMs !== null) record.nextAt = kernel.clock.now() + sending.retryAfterMs
  kernel.tell('traffic')
  return delivery
}

const longestBody = 4_000

function shortened(wire: unknown): unknown {
  if (typeof wire !== 'object' || wire === null || !('body' in wire)) return wire
  const body = String(wire.body)
  return { ...wire, body: body.length > longestBody ? `${body.slice(0, longestBody)}…` : body }
}

function readable(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
