import { createHash } from 'node:crypto'
import { storableText } from '#src/intake/storable-json.ts'
import { createTrace } from '#src/intake/trace.ts'

/** One thing received from outside, ready to be stored. */
export interface InboxItem {
  /** `feishu` or `channel:<shop id>` */
  source: string
  dedupeKey: string
  kind: 'event' | 'card' | 'push'
  eventType: string | undefined
  lane: string | undefined
  raw: Buffer
  headers: Record<string, string>
  state: 'new' | 'parked'
  /** ms: not handled by the drain before */
  dueAt: number
  receivedAt: number
  error: ParkingReason | undefined
  trace: string
}

/** An item that waits to be handled. */
export function newItem(
  item: Pick<InboxItem, 'source' | 'dedupeKey' | 'kind' | 'raw' | 'receivedAt'> & Partial<InboxItem>,
): InboxItem {
  return {
    eventType: undefined,
    lane: undefined,
    headers: {},
    state: 'new',
    dueAt: item.receivedAt,
    error: undefined,
    trace: createTrace(),
    ...item,
  }
}

export interface ParkingReason {
  code: string
  message: string
  path?: string
}

/** Authentic bytes that nobody can read: kept with the reason, for a person to look at. */
export function parkedItem(
  item: Pick<InboxItem, 'source' | 'kind' | 'raw' | 'receivedAt'> & Partial<InboxItem>,
  reason: ParkingReason,
): InboxItem {
  const error = {
    code: reason.code,
    message: storable(reason.message),
    ...(reason.path === undefined ? {} : { path: storable(reason.path) }),
  }
  return newItem({ dedupeKey: keyOfBytes(item.raw), ...item, state: 'parked', error })
}

/** The key of bytes that carry no id we can read. */
export function keyOfBytes(raw: Buffer): string {
  return `sha256:${createHash('sha256').update(raw).digest('hex')}`
}

const storable = (text: string) => storableText(text.slice(0, 500))
