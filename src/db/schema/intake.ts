import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { ms, trace } from './columns.ts'

/** How far each (shop, connector, resource) has been pulled, in the channel's update time. */
export const cursors = pgTable(
  'cursors',
  {
    shopId: text('shop_id').notNull(),
    connector: text('connector').notNull(),
    resource: text('resource').notNull(),
    /** High-water mark, ms: everything changed before it has been stored. */
    doneUntil: ms('done_until').notNull(),
    lastSuccessAt: ms('last_success_at'),
    lastError: jsonb('last_error').$type<Record<string, unknown>>(),
    failures: integer('failures').notNull().default(0),
    /** Until the first pull has come to an end, what it brings is history: rows yes, cards no. */
    firstPullDoneAt: ms('first_pull_done_at'),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.connector, t.resource] })],
)

/** Single records to be fetched because a push (or a job) said they changed. One row per record: hints coalesce. */
export const fetches = pgTable(
  'fetches',
  {
    shopId: text('shop_id').notNull(),
    connector: text('connector').notNull(),
    resource: text('resource').notNull(),
    externalId: text('external_id').notNull(),
    /** Counts hints; a fetch that finds it moved on while it ran goes again. */
    wanted: integer('wanted').notNull().default(1),
    fetched: integer('fetched').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    dueAt: ms('due_at').notNull(),
    state: text('state').$type<'new' | 'done' | 'parked'>().notNull().default('new'),
    error: jsonb('error').$type<Record<string, unknown>>(),
    trace: trace(),
  },
  (t) => [
    primaryKey({ columns: [t.shopId, t.connector, t.resource, t.externalId] }),
    index('fetches_due').on(t.dueAt).where(sql`state = 'new'`),
  ],
)
