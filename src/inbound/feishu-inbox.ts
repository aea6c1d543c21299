/** The one path of everything Feishu sends, over the webhook or the long connection: inbox row first, then the rest. */
import type { Clock } from '#src/clock.ts'
import type { Logger } from '#src/log.ts'
import { type CardAnswer, cardEventType, type OnPress, readPress } from './card-press.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { type InboxItem, newItem, parkedItem } from './inbox-item.ts'
import type { Committed, InboxStore } from './inbox-store.ts'

export interface FeishuInboxDeps {
  store: InboxStore
  onPress: OnPress
  clock: Clock
  log: Logger
  /** A press is answered within this time, whatever its handler does; the platform's client gives up after 3 s. */
  pressDeadlineMs?: number
}

export interface FeishuInbox {
  /**
   * Stores an authentic envelope, then answers: `{}` for events, a toast (and card) for presses.
   * `plain`: the bytes to keep. Throws AppError `inbox_unavailable` when it could not be stored.
   */
  receive(plain: Buffer, body: unknown, via: Via): Promise<Received>
  /** Keeps authentic bytes that could not even be decrypted or parsed. */
  park(bytes: Buffer, reason: string): Promise<Received>
}

export interface Via {
  transport: 'webhook' | 'long-connection'
  /** Signed so long ago that only an event never seen is believed: a press seen before is not run again. */
  stale: boolean
}
export interface Received {
  committed: Committed
  answer: CardAnswer
}

/** Longer than any press takes: the drain only takes over when the process died meanwhile. */
const pressGraceMs = 10_000

const unreadablePress: CardAnswer = {
  toast: { type: 'error', content: '没有读懂这次操作，已记录下来，请联系管理员。' },
}
const pressFailed: CardAnswer = {
  toast: { type: 'warning', content: '暂时没有处理成功，已收到，系统会自动重试。' },
}
const pressRunning: CardAnswer = { toast: { type: 'info', content: '已收到，正在处理' } }

export function createFeishuInbox(deps: FeishuInboxDeps): FeishuInbox {
  const { store, clock } = deps
  const commitOne = async (item: InboxItem, answer: CardAnswer): Promise<Received> => {
    const [committed] = await store.commit([item])
    return { committed: committed ?? 'duplicate', answer }
  }
  return {
    park: (bytes, reason) => {
      const item = parkedItem(
        { source: 'feishu', kind: 'event', raw: bytes, receivedAt: clock.now() },
        { code: 'inbound_unreadable', message: reason },
      )
      return commitOne(item, {})
    },
    receive: async (plain, body, { transport, stale }) => {
      const receivedAt = clock.now()
      const reading = readEnvelope(body)
      const headers = { transport }
      if (!reading.ok) {
        const { path, message } = reading
        const error = { code: 'inbound_unreadable', message, path }
        const kept = { source: 'feishu', kind: 'event', raw: plain, receivedAt, headers } as const
        return await commitOne(parkedItem(kept, error), {})
      }
      if (reading.envelope.eventType === cardEventType)
        return await receivePress(deps, {
          plain,
          body,
          envelope: reading.envelope,
          headers,
          receivedAt,
          stale,
        })
      const item = itemOf(reading.envelope, { plain, headers, receivedAt })
      return await commitOne(item, {})
    },
  }
}

interface Arrival {
  plain: Buffer
  headers: Record<string, string>
  receivedAt: number
}

function itemOf(envelope: Envelope, arrival: Arrival): InboxItem {
  return newItem({
    source: 'feishu',
    kind: 'event',
    dedupeKey: envelope.dedupeKey,
    eventType: envelope.eventType,
    lane: envelope.lane,
    raw: arrival.plain,
    headers: arrival.headers,
    receivedAt: arrival.receivedAt,
  })
}

async function receivePress(
  deps: FeishuInboxDeps,
  arrival: Arrival & { body: unknown; envelope: Envelope; stale: boolean },
): Promise<Received> {
  const base = { ...itemOf(arrival.envelope, arrival), kind: 'card' as const }
  const reading = readPress(arrival.body, arrival.receivedAt)
  if (!reading.ok) {
    const { path, message } = reading
    const error = { code: 'inbound_unreadable', message, path }
    const [committed] = await deps.store.commit([parkedItem(base, error)])
    return { committed: committed ?? 'duplicate', answer: unreadablePress }
  }
  const item = { ...base, dueAt: arrival.receivedAt + pressGraceMs }
  const [committed] = await deps.store.commit([item])
  if (committed === 'duplicate' && arrival.stale) return { committed, answer: {} }
  // A duplicate is pressed again: its handler is idempotent, and the person gets the same answer.
  const pressed = Promise.resolve().then(() => deps.onPress(reading.press))
  const settled = settle(deps, item, pressed)
  const answer = await Promise.race([settled, deadline(deps.pressDeadlineMs ?? 1000)])
  return { committed: committed ?? 'duplicate', answer }
}

/** Ends the inbox row with the press, also when its answer came too late. A failed press is left to the drain. */
async function settle(
  deps: FeishuInboxDeps,
  item: InboxItem,
  pressed: Promise<CardAnswer>,
): Promise<CardAnswer> {
  const { store, clock, log } = deps
  const keep = (error: unknown) =>
    log.warn({ err: error, trace: item.trace }, 'inbox row of a press not updated')
  try {
    const answer = await pressed
    store.finish(item, clock.now()).catch(keep)
    return answer
  } catch (error) {
    log.error({ err: error, trace: item.trace, eventId: item.dedupeKey }, 'press failed, will be retried')
    store.release(item, clock.now()).catch(keep)
    return pressFailed
  }
}

function deadline(ms: number): Promise<CardAnswer> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, pressRunning).unref()
  })
}
