import type { EventPayloads, EventType } from '#src/contracts/event.ts'
import type { Tx } from '#src/db/database.ts'
import { events } from '#src/db/schema/index.ts'
import { wake } from '#src/db/wake.ts'

/** Lane that wakes the event drain. */
export const eventsLane = 'events'

export interface NewEvent<T extends EventType> {
  type: T
  subject: string
  payload: EventPayloads[T]
  /** When it happened, ms. */
  at: number
  now: number
  trace: string
}

/** Adds one canonical event in the transaction of what caused it; the playbooks handle it after the commit. */
export async function raiseEvent<T extends EventType>(tx: Tx, event: NewEvent<T>): Promise<void> {
  const { type, subject, payload, at, now, trace } = event
  await tx.insert(events).values({ type, subject, payload, at, dueAt: now, trace })
  await wake(tx, eventsLane)
}
