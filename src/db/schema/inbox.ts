import { sql } from 'drizzle-orm'
import { bigserial, customType, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { ms, trace } from './columns.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/**
 * Everything received from outside, raw, before anything acts on it. The inbox is the queue: rows in state `new`
 * whose `due_at` has come are drained with SKIP LOCKED, one transaction each.
 */
export const inbox = pgTable(
  'inbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** `feishu` or `channel:<shop id>` */
    source: text('source').notNull(),
    /** event_id, outer uuid, message id: at most one row per source. Kept 30 days. */
    dedupeKey: text('dedupe_key').notNull(),
    /** `event`, `card`, `push` */
    kind: text('kind').notNull(),
    /** Event type as received, when it could be read. */
    eventType: text('event_type'),
    /** Events of one lane are handled in order (approval instance); null: any order. */
    lane: text('lane'),
    /** Verified, decrypted bytes as received. */
    raw: bytea('raw').notNull(),
    headers: jsonb('headers').$type<Record<string, string>>().notNull(),
    state: text('state').$type<'new' | 'done' | 'parked'>().notNull().default('new'),
    attempts: integer('attempts').notNull().default(0),
    dueAt: ms('due_at').notNull(),
    receivedAt: ms('received_at').notNull(),
    doneAt: ms('done_at'),
    /** { code, message, path? } of the last failure */
    error: jsonb('error').$type<Record<string, unknown>>(),
    trace: trace(),
  },
  (t) => [
    uniqueIndex('inbox_dedupe').on(t.source, t.dedupeKey),
    index('inbox_due').on(t.dueAt, t.id).where(sql`state = 'new'`),
    index('inbox_parked').on(t.receivedAt).where(sql`state = 'parked'`),
    index('inbox_received').on(t.receivedAt),
    index('inbox_lane').on(t.lane, t.id).where(sql`state = 'new' and lane is not null`),
  ],
)
