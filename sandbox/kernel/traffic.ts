import { type Delivered, maskInto } from './traffic-mask.ts'

/** The gate of the platform that refused a call; absent when it was answered by its handler. */
export type Gate = 'token' | 'limit' | 'schema' | 'fault' | 'handler'

/** One try to deliver an event or a callback. */
export interface DeliveryRecord {
  /** event_id, or uuid of schema 1.0: the same for every try */
  key: string
  type: string
  /** 1 is the first try */
  attempt: number
  /** Sandbox time of the next try; null: none comes. */
  nextAt: number | null
  /** Why it failed; absent while under way and when it was accepted. */
  failure?: string
  /** As it went over the wire: the sealed body with its headers, or the frames. */
  wire?: unknown
}

/** One request and its answer, in either direction, with secrets masked. */
export interface TrafficEntry {
  n: number
  at: number
  direction: 'in' | 'out'
  family: string
  method: string
  url: string
  /** Route template, for calls of a known API. */
  route?: string
  /** Whose token it was: `app`, `user`, or nobody's. */
  who?: string
  request?: unknown
  status?: number
  /** `code` of the answer's JSON, when it has one */
  code?: number
  answer?: unknown
  ms?: number
  refusedBy?: Gate
  fault?: string
  note?: string
  delivery?: DeliveryRecord
}

export interface Traffic {
  start(entry: Omit<TrafficEntry, 'n' | 'at'>): TrafficEntry
  /** Closes an entry with what was answered. */
  finish(entry: TrafficEntry, answered: Delivered): void
  /** Newest first. */
  list(limit: number): TrafficEntry[]
  find(n: number): TrafficEntry | undefined
  clear(): void
}

const kept = 500
/** Characters of all kept requests and answers together: what the record may cost at most. */
const mostKept = 6_000_000

/** The last 500 requests in both directions, in bounded memory. */
export function createTraffic(now: () => number, onChange: () => void = () => undefined): Traffic {
  let entries: TrafficEntry[] = []
  let last = 0
  let total = 0
  const sizes = new WeakMap<TrafficEntry, number>()
  const grow = (entry: TrafficEntry, size: number) => {
    sizes.set(entry, (sizes.get(entry) ?? 0) + size)
    total += size
  }
  const trim = () => {
    let gone = entries.length > kept * 2 ? entries.length - kept : 0
    let left = total
    for (const entry of entries.slice(0, gone)) left -= sizes.get(entry) ?? 0
    while (left > mostKept && gone < entries.length - 1)
      left -= sizes.get(entries[gone++] as TrafficEntry) ?? 0
    if (gone === 0) return
    entries = entries.slice(gone)
    total = left
  }
  return {
    start(entry) {
      const { value, size } = maskInto(entry.request)
      const recorded = { ...entry, n: ++last, at: now(), request: value }
      entries.push(recorded)
      grow(recorded, size)
      trim()
      onChange()
      return recorded
    },
    finish(entry, { status, answer, ms }) {
      const { value, size } = maskInto(answer)
      entry.status = status
      entry.ms = Math.round(ms)
      entry.answer = value
      const code =
        typeof answer === 'object' && answer !== null ? (answer as { code?: unknown }).code : undefined
      if (typeof code === 'number') entry.code = code
      grow(entry, size)
      onChange()
    },
    list: (limit) => entries.slice(-Math.min(limit, kept)).reverse(),
    find: (n) => entries.find((entry) => entry.n === n),
    clear() {
      entries = []
      total = 0
      onChange()
    },
  }
}
