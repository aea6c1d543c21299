import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Faults } from '../../kernel/faults.ts'
import { controlMethod, dataMethod, decodeFrame, encodeFrame, type Frame, headerOf } from './frame.ts'
import { type Delivery, deliveryTimeoutMs } from './transport.ts'

const partBytes = 32 * 1024

/** What the developer console would show about a connected client. */
export interface ConnectionInfo {
  id: string
  /** Address and port of the client. */
  address: string
  /** sandbox time, ms */
  since: number
  lastPingAt: number | null
  delivered: number
  /** Half open by a fault: it hears nothing. */
  silent: boolean
}

export interface Connection {
  info(): ConnectionInfo
  deliver(envelope: string): Promise<Delivery>
  /** Half-open or disconnect faults take effect. */
  strike(): void
  terminate(): void
}

interface Options {
  serviceId: number
  config(): Record<string, number>
  faults: Faults
  id: string
  address: string
  now(): number
}

const target = { method: 'WS', route: 'socket', families: ['feishu', 'events', 'long-connection'] }

/** One client of the long connection: answers pings, sends events in parts, waits for the acknowledgement. */
export function createConnection(ws: WebSocket, options: Options): Connection {
  const waiting = new Map<string, (delivery: Delivery) => void>()
  let sequence = 0
  let muted = false
  let lastPingAt: number | null = null
  let delivered = 0
  const since = options.now()

  const strike = () => {
    if (options.faults.strike('network', target)) return ws.terminate()
    const fault = options.faults.strike('socket', target)
    if (fault?.kind === 'half_open') muted = true
    if (fault?.kind === 'disconnect') ws.terminate()
  }
  ws.on('error', () => ws.terminate())
  ws.on('close', () => {
    for (const settle of waiting.values())
      settle({ ok: false, reason: 'tcp', detail: 'the connection closed' })
  })
  ws.on('message', (data) => {
    strike()
    const frame = readFrame(data)
    if (muted || !frame) return
    if (frame.method === controlMethod) {
      lastPingAt = options.now()
      return answerPing(ws, frame, options.config())
    }
    waiting.get(headerOf(frame, 'message_id') ?? '')?.(readAck(frame))
  })

  return {
    info: () => ({
      id: options.id,
      address: options.address,
      since,
      lastPingAt,
      delivered,
      silent: muted,
    }),
    strike,
    terminate: () => ws.terminate(),
    deliver(envelope) {
      strike()
      const messageId = randomUUID()
      const frames = framesOf(envelope, messageId, options.serviceId)
      const wire = { connection: options.id, frames: frames.map(describeFrame) }
      return new Promise<Delivery>((resolve) => {
        const settle = (delivery: Delivery) => {
          clearTimeout(timer)
          waiting.delete(messageId)
          if (delivery.ok) delivered++
          resolve({ ...delivery, wire })
        }
        const late = () => settle({ ok: false, reason: 'timeout', detail: 'no acknowledgement within 3 s' })
        const timer = setTimeout(late, deliveryTimeoutMs)
        waiting.set(messageId, settle)
        if (muted) return
        for (const frame of frames) {
          ws.send(encodeFrame({ ...frame, SeqID: ++sequence }))
        }
      })
    },
  }
}

function readFrame(data: unknown): Frame | undefined {
  try {
    return decodeFrame(Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer))
  } catch {
    return undefined
  }
}

function answerPing(ws: WebSocket, frame: Frame, config: Record<string, number>): void {
  if (headerOf(frame, 'type') !== 'ping') return
  ws.send(
    encodeFrame({
      ...frame,
      headers: [{ key: 'type', value: 'pong' }],
      payload: Buffer.from(JSON.stringify(config)),
    }),
  )
}

function framesOf(envelope: string, messageId: string, service: number): Frame[] {
  const bytes = Buffer.from(envelope, 'utf8')
  const sum = Math.max(1, Math.ceil(bytes.length / partBytes))
  return Array.from({ length: sum }, (_, seq) => ({
    SeqID: 0,
    LogID: 0,
    service,
    method: dataMethod,
    headers: Object.entries({
      // Card callbacks go out as events too: the SDK ignores frames of type card.
      type: 'event',
      message_id: messageId,
      sum: String(sum),
      seq: String(seq),
      trace_id: messageId.replaceAll('-', ''),
    }).map(([key, value]) => ({ key, value })),
    payload: bytes.subarray(seq * partBytes, (seq + 1) * partBytes),
  }))
}

/** A frame for eyes: its headers and how much it carries. */
function describeFrame(frame: Frame): Record<string, unknown> {
  const headers = Object.fromEntries(frame.headers.map(({ key, value }) => [key, value]))
  return { method: frame.method, service: frame.service, headers, payloadBytes: frame.payload?.length ?? 0 }
}

/** `{"code":200}` or `{"code":200,"data":base64(JSON of the handler's result)}`; anything else is a failure. */
function readAck(frame: Frame): Delivery {
  const text = Buffer.from(frame.payload ?? []).toString('utf8')
  try {
    const ack: { code?: number; data?: string } = JSON.parse(text)
    if (ack.code !== 200) return { ok: false, reason: 'not-200', detail: `acknowledged with ${text}` }
    return { ok: true, status: 200, body: ack.data ? Buffer.from(ack.data, 'base64').toString('utf8') : '' }
  } catch {
    return { ok: false, reason: 'not-200', detail: `unreadable acknowledgement ${text.slice(0, 100)}` }
  }
}
