import type { OwnKernel } from '../../kernel/create-kernel.ts'
import type { OutgoingEvent } from '../../kernel/types.ts'
import { isSubscribed } from './catalog.ts'
import { envelopeOf } from './envelope.ts'
import type { Delivery } from './transport.ts'

interface PendingEvent {
  n: number
  type: string
  lane: string | null
  envelope: string
  tries: number
  nextAt: number
}

interface QueueState {
  last: number
  pending: PendingEvent[]
  delivered: number
  /** Given up after the last retry: what a product must repair by reading. */
  lost: { type: string; envelope: string }[]
  /** How often a type happened that the app has not subscribed to. */
  unsubscribed?: Record<string, number>
}

/** An event whose next try is known. */
export interface WaitingEvent {
  type: string
  tries: number
  nextAt: number
}

/** After a failed try the next comes 15 s, 5 min, 1 h and 6 h later. Feishu docs: 事件订阅概述. */
const retryAfterMs = [15_000, 300_000, 3_600_000, 21_600_000]
const reorderHoldMs = 2_000
const keptLost = 200

/** At-least-once delivery on sandbox time, kept with the world so that a restart continues it. */
export function createQueue(
  kernel: OwnKernel,
  deliver: (event: {
    envelope: string
    type: string
    attempt: number
    retryAfterMs: number | null
  }) => Promise<Delivery>,
) {
  const data = kernel.state<QueueState>('events', () => ({ last: 0, pending: [], delivered: 0, lost: [] }))
  const busyLanes = new Set<string>()
  let held: PendingEvent[] = []

  const save = () => kernel.changed('events')
  const remove = (event: PendingEvent) => {
    data.pending = data.pending.filter((other) => other !== event)
    save()
  }
  const isHead = (event: PendingEvent) =>
    data.pending.find((other) => other.lane === event.lane && event.lane !== null) === event
  const schedule = (event: PendingEvent) => {
    const label = { zh: `重推事件 ${event.type}`, en: `Deliver ${event.type} again` }
    kernel.clock.after(event.nextAt - kernel.clock.now(), () => attempt(event), label)
  }
  const nextInLane = (lane: string | null) => {
    const next = lane === null ? undefined : data.pending.find((other) => other.lane === lane)
    if (next) void attempt(next)
  }
  const attempt = async (event: PendingEvent): Promise<void> => {
    if (!data.pending.includes(event)) return
    if (event.lane !== null && (busyLanes.has(event.lane) || !isHead(event))) return
    if (event.lane !== null) busyLanes.add(event.lane)
    const { envelope, type, tries } = event
    const wait = retryAfterMs[tries]
    const result = await deliver({ envelope, type, attempt: tries + 1, retryAfterMs: wait ?? null })
    if (event.lane !== null) busyLanes.delete(event.lane)
    // A reset may have emptied the queue while the delivery was under way.
    if (!data.pending.includes(event)) return
    if (result.ok) {
      data.delivered++
      remove(event)
      return nextInLane(event.lane)
    }
    event.tries++
    if (wait === undefined) {
      data.lost = [...data.lost, { type: event.type, envelope: event.envelope }].slice(-keptLost)
      remove(event)
      return nextInLane(event.lane)
    }
    event.nextAt = kernel.clock.now() + wait
    save()
    schedule(event)
  }
  const release = () => {
    const waiting = held
    held = []
    for (const event of waiting) void attempt(event)
  }
  const queue = (outgoing: OutgoingEvent, envelope: string): PendingEvent => {
    const lane = outgoing.schema === '1.0' ? outgoing.lane : null
    const event = {
      n: ++data.last,
      type: outgoing.type,
      lane,
      envelope,
      tries: 0,
      nextAt: kernel.clock.now(),
    }
    data.pending.push(event)
    save()
    return event
  }

  kernel.onStart(() => {
    busyLanes.clear()
    held = []
    for (const event of data.pending) schedule(event)
  })
  kernel.effect('events', () => ({
    delivered: data.delivered,
    pending: data.pending.map(({ type, tries, nextAt }) => ({ type, tries, nextAt })),
    lost: data.lost.map(({ type }) => type),
    ...(data.unsubscribed && { unsubscribed: data.unsubscribed }),
  }))

  return {
    unsubscribed: () => data.unsubscribed ?? {},
    waiting: (): WaitingEvent[] =>
      data.pending
        .filter((event) => event.tries > 0)
        .map(({ type, tries, nextAt }) => ({ type, tries, nextAt }))
        .toSorted((a, b) => a.nextAt - b.nextAt),
    emit(outgoing: OutgoingEvent): void {
      if (!isSubscribed(kernel.settings.subscriptions, outgoing.type)) {
        data.unsubscribed ??= {}
        data.unsubscribed[outgoing.type] = (data.unsubscribed[outgoing.type] ?? 0) + 1
        save()
        return
      }
      const fault = kernel.faults.strike('event', {
        method: 'EVENT',
        route: outgoing.type,
        families: ['feishu', 'events'],
      })
      if (fault?.kind === 'drop_event') return
      const envelope = envelopeOf(kernel, outgoing)
      const event = queue(outgoing, envelope)
      if (fault?.kind === 'duplicate_event') void attempt(queue(outgoing, envelope))
      if (fault?.kind === 'reorder_event' && event.lane === null) {
        held.push(event)
        kernel.clock.after(reorderHoldMs, release)
        return
      }
      void attempt(event).then(held.length > 0 ? release : undefined)
    },
  }
}
