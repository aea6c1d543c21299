import { sql } from 'drizzle-orm'
import type { EventPayloads, EventType } from '#src/contracts/event.ts'
import type { Executor } from '#src/db/database.ts'
import { wakes } from '#src/db/wake.ts'
import { storableJson } from './storable-json.ts'

export type NewEvent = {
  [T in EventType]: { type: T; subject: string; trace: string; payload: EventPayloads[T] }
}[EventType]

/** Adds canonical events in one statement, in order, and wakes the playbooks when the caller's transaction commits. */
export async function appendEvents(
  executor: Executor,
  events: readonly NewEvent[],
  at: number,
): Promise<void> {
  if (events.length === 0) return
  await executor.execute(sql`
    with added as (
      insert into events (type, subject, payload, at, due_at, trace)
      select type, subject, payload, ${at}, ${at}, trace
      from jsonb_to_recordset(${storableJson(events)}::jsonb) as e(type text, subject text, payload jsonb, trace text)
    )
    select ${wakes('events')}`)
}
