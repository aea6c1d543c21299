import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { ms } from './columns.ts'

/** Rows of Bitable tables that events named: to be looked at, and read again unless the event is our own echo. */
export const rowReads = pgTable(
  'row_reads',
  {
    table: text('table_id').notNull(),
    /** `*` stands for the table's columns. */
    recordId: text('record_id').notNull(),
    /** Cells as the events gave them: [field_id, field_value, open_ids]. All equal to what was written: an echo. */
    seen: jsonb('seen').$type<[string, string, string[]][]>().notNull(),
    /** Read whatever was seen (the record was deleted, or the event told too little). */
    must: boolean('must').notNull(),
    /** open_id of who changed it, when known. */
    changedBy: text('changed_by'),
    changedAt: ms('changed_at').notNull(),
    dueAt: ms('due_at').notNull(),
    /** Raised by every further event, so that one that comes while the row is being read is not lost. */
    touches: integer('touches').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.table, t.recordId] })],
)

/** Rows that people added to our tables: data of theirs, told to the playbooks, counted for the row cap. */
export const foreignRows = pgTable(
  'foreign_rows',
  {
    table: text('table_id').notNull(),
    recordId: text('record_id').notNull(),
    /** Values as last told to the playbooks. */
    values: jsonb('row_values').$type<Record<string, unknown>>().notNull(),
    seenAt: ms('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.table, t.recordId] })],
)
