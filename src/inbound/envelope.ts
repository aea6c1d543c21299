/** What the machine needs to know of an authentic event before it is stored. */
import { z } from 'zod'

export interface Envelope {
  /** At most one inbox row per key. */
  dedupeKey: string
  eventType: string
  /** Events of one lane are handled in order. */
  lane: string | undefined
  /** ms since the epoch, when it could be read */
  createdAt: number | undefined
}

export type EnvelopeReading = { ok: true; envelope: Envelope } | { ok: false; path: string; message: string }

/** Ids become keys of rows: short, printable, well-formed. */
const id = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => isPrintable(text), 'contains control or broken characters')
const moment = z.union([z.string(), z.number()]).optional()
/** The verifier compares the token when there is one; an event without one is not Feishu's. */
const token = z.string()

const schema2 = z.object({
  schema: z.literal('2.0'),
  header: z.object({ event_id: id, event_type: id, token, create_time: moment }),
  event: z.unknown(),
})
const schema1 = z.object({
  type: z.literal('event_callback'),
  uuid: id,
  token,
  ts: moment,
  event: z.object({ type: id, instance_code: id.optional() }),
})
const inOrder = z.object({ instance_code: id })
const message = z.object({ message: z.object({ message_id: id }) })

/** Reads schema 2.0 (events and card callbacks) and schema 1.0 (approval events). Feishu docs: 事件结构. */
export function readEnvelope(body: unknown): EnvelopeReading {
  return isSchema1(body) ? readSchema1(body) : readSchema2(body)
}

function readSchema2(body: unknown): EnvelopeReading {
  const read = schema2.safeParse(body)
  if (!read.success) return unreadable(read.error)
  const { event_id, event_type, create_time } = read.data.header
  const { event } = read.data
  return {
    ok: true,
    envelope: {
      dedupeKey: messageKey(event_type, event) ?? event_id,
      eventType: event_type,
      lane: laneOf(inOrder.safeParse(event).data?.instance_code),
      createdAt: toMs(create_time),
    },
  }
}

function readSchema1(body: unknown): EnvelopeReading {
  const read = schema1.safeParse(body)
  if (!read.success) return unreadable(read.error)
  const { uuid, ts, event } = read.data
  return {
    ok: true,
    envelope: {
      dedupeKey: uuid,
      eventType: event.type,
      lane: laneOf(event.instance_code),
      createdAt: toMs(ts),
    },
  }
}

/** A message may be pushed again under another event id. Feishu docs: 接收消息, 去重. */
function messageKey(eventType: string, event: unknown): string | undefined {
  if (eventType !== 'im.message.receive_v1') return undefined
  const messageId = message.safeParse(event).data?.message.message_id
  return messageId === undefined ? undefined : `message:${messageId}`
}

const laneOf = (instanceCode: string | undefined) =>
  instanceCode === undefined ? undefined : `approval:${instanceCode}`

/** Events count ms, card callbacks microseconds, schema 1.0 seconds with a fraction. */
function toMs(moment: string | number | undefined): number | undefined {
  const value = Number(moment)
  if (moment === undefined || moment === '' || !Number.isFinite(value) || value <= 0) return undefined
  if (value > 1e14) return Math.floor(value / 1000)
  return value < 1e11 ? Math.floor(value * 1000) : Math.floor(value)
}

function isSchema1(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === 'event_callback'
}

function isPrintable(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !/[\u0000-\u001f\u007f]/.test(text) && text.isWellFormed()
}

export function unreadable(error: z.ZodError): { ok: false; path: string; message: string } {
  const issue = error.issues[0]
  return {
    ok: false,
    path: issue === undefined || issue.path.length === 0 ? '(root)' : issue.path.map(String).join('.'),
    message: (issue?.message ?? 'unreadable').slice(0, 300),
  }
}
