import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ms, trace } from './columns.ts'

/** Approval instances we want, have, or had. At most one live (wanted or open) case per (approval, subject). */
export const cases = pgTable(
  'cases',
  {
    id: uuid('id').primaryKey(),
    approval: text('approval').notNull(),
    subject: text('subject').notNull(),
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    /** open_id */
    applicant: text('applicant').notNull(),
    state: text('state')
      .$type<'wanted' | 'open' | 'approved' | 'rejected' | 'cancelled' | 'parked'>()
      .notNull(),
    /** Wanted end: `live`, or `cancelled` once somebody asked for it; the opener makes it so. */
    want: text('want').$type<'live' | 'cancelled'>().notNull().default('live'),
    cancelReason: text('cancel_reason'),
    /** Instance uuid of the attempt under way; persisted before the call, new for every case. */
    uuid: uuid('instance_uuid').notNull(),
    /** The body exactly as sent, once an attempt was made. */
    body: jsonb('body').$type<unknown>(),
    instanceCode: text('instance_code'),
    replaces: uuid('replaces'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: ms('due_at').notNull(),
    createdAt: ms('created_at').notNull(),
    openedAt: ms('opened_at'),
    decidedAt: ms('decided_at'),
    /** Last time the instance was read; the repair reads open cases at growing intervals. */
    checkedAt: ms('checked_at'),
    error: jsonb('error').$type<Record<string, unknown>>(),
    trace: trace(),
  },
  (t) => [
    uniqueIndex('cases_live')
      .on(t.approval, t.subject)
      .where(sql`state in ('wanted', 'open') and want = 'live'`),
    index('cases_work').on(t.dueAt).where(sql`state in ('wanted', 'open')`),
    uniqueIndex('cases_instance').on(t.instanceCode).where(sql`instance_code is not null`),
    index('cases_subject').on(t.approval, t.subject, t.createdAt),
  ],
)
