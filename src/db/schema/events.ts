import { sql } from 'drizzle-orm'
import { bigserial, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { ms, trace } from './columns.ts'

/** Canonical events waiting for (or done by) the playbooks. Committed together with the record they are about. */
export const events = pgTable(
  'events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    type: text('type').notNull(),
    subject: text('subject').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    state: text('state').$type<'new' | 'done' | 'parked'>().notNull().default('new'),
    attempts: integer('attempts').notNull().default(0),
    at: ms('at').notNull(),
    dueAt: ms('due_at').notNull(),
    doneAt: ms('done_at'),
    error: jsonb('error').$type<Record<string, unknown>>(),
    trace: trace(),
  },
  (t) => [
    index('events_due').on(t.id).where(sql`state = 'new'`),
    index('events_subject').on(t.subject, t.id).where(sql`state = 'new'`),
    index('events_done').on(t.doneAt).where(sql`state = 'done'`),
  ],
)
