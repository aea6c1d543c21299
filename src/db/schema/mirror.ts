import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { ms, trace } from './columns.ts'

/** Our key ↔ Feishu id, for the base, tables, fields and views. `known` is what Feishu last said of it (name, type, options). */
export const bindings = pgTable(
  'bindings',
  {
    /** `base` | `table` | `field` | `view` */
    kind: text('kind').notNull(),
    /** `main`, `orders`, `orders.amount`, `orders/待跟进` */
    key: text('key').notNull(),
    feishuId: text('feishu_id').notNull(),
    /** app_token for tables, table_id for fields and views */
    parentId: text('parent_id'),
    known: jsonb('known').$type<Record<string, unknown>>().notNull(),
    /** `ok` | `paused` (deleted or retyped by people) */
    state: text('state').$type<'ok' | 'paused'>().notNull().default('ok'),
    checkedAt: ms('checked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key] })],
)

/** The rows playbooks want, and what was last written. `version` > `written_version` means there is something to write. */
export const tableRows = pgTable(
  'table_rows',
  {
    table: text('table_id').notNull(),
    key: text('row_key').notNull(),
    /** Desired values by field key, in our own shapes. */
    values: jsonb('row_values').$type<Record<string, unknown>>().notNull(),
    version: integer('version').notNull().default(1),
    /** Values as last written to, or last read from, Feishu: the echo test and the drift test compare with it. */
    written: jsonb('written').$type<Record<string, unknown>>(),
    writtenVersion: integer('written_version').notNull().default(0),
    recordId: text('record_id'),
    /** `in` the Bitable table, `out` of its window (database only), `parked` (poison: see error), `deleted` by people */
    state: text('state').$type<'in' | 'out' | 'parked' | 'deleted'>().notNull().default('in'),
    closed: boolean('closed').notNull().default(false),
    /** Open attempt that may or may not have been applied. */
    attemptId: uuid('attempt_id'),
    dueAt: ms('due_at').notNull(),
    changedAt: ms('changed_at').notNull(),
    error: jsonb('error').$type<Record<string, unknown>>(),
    trace: trace(),
  },
  (t) => [
    primaryKey({ columns: [t.table, t.key] }),
    index('table_rows_dirty').on(t.table, t.dueAt).where(sql`version > written_version and state = 'in'`),
    uniqueIndex('table_rows_record').on(t.table, t.recordId).where(sql`record_id is not null`),
    index('table_rows_window').on(t.table, t.closed, t.changedAt).where(sql`state = 'in'`),
  ],
)

/** One batch call to Bitable, persisted before it leaves: uuid v4 (client_token), rows and exact body. */
export const rowAttempts = pgTable(
  'row_attempts',
  {
    id: uuid('id').primaryKey(),
    base: text('base').notNull(),
    table: text('table_id').notNull(),
    /** `create` | `update` | `delete` */
    operation: text('operation').notNull(),
    /** [{ key, version, recordId? }] in request order */
    rows: jsonb('rows').$type<{ key: string; version: number; recordId?: string }[]>().notNull(),
    /** The body exactly as sent. */
    body: jsonb('body').$type<unknown>().notNull(),
    /** `open` until its result is known. */
    state: text('state').$type<'open' | 'done' | 'failed'>().notNull().default('open'),
    startedAt: ms('started_at').notNull(),
    endedAt: ms('ended_at'),
    error: jsonb('error').$type<Record<string, unknown>>(),
  },
  (t) => [index('row_attempts_open').on(t.base, t.startedAt).where(sql`state = 'open'`)],
)
