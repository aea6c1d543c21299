import { sql } from 'drizzle-orm'
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { ms, trace } from './columns.ts'

/** Outward work of playbooks. The row is the truth; the job queue only triggers it and a sweeper triggers it again. */
export const tasks = pgTable(
  'tasks',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    /** `<playbook>.<job>` */
    job: text('job').notNull(),
    key: text('task_key').notNull(),
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    /** `new` waits or retries, `done`, `dead` gave up (see error) */
    state: text('state').$type<'new' | 'done' | 'dead'>().notNull().default('new'),
    /** Raised by every enqueue; a run that finds it raised meanwhile goes again. */
    wanted: integer('wanted').notNull().default(1),
    attempts: integer('attempts').notNull().default(0),
    firstFailedAt: ms('first_failed_at'),
    dueAt: ms('due_at').notNull(),
    createdAt: ms('created_at').notNull(),
    doneAt: ms('done_at'),
    error: jsonb('error').$type<Record<string, unknown>>(),
    trace: trace(),
  },
  (t) => [
    uniqueIndex('tasks_key').on(t.job, t.key),
    index('tasks_due').on(t.dueAt).where(sql`state = 'new'`),
  ],
)

/** Every command sent to a channel, ERP or finance system: what was asked, what came back. In shadow mode `recorded` only. */
export const outward = pgTable(
  'outward',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    connector: text('connector').notNull(),
    shopId: text('shop_id').notNull(),
    command: text('command').notNull(),
    subject: text('subject').notNull(),
    request: jsonb('request').$type<Record<string, unknown>>().notNull(),
    /** `open` | `done` | `refused` | `failed` | `recorded` */
    state: text('state').notNull(),
    result: jsonb('result').$type<Record<string, unknown>>(),
    startedAt: ms('started_at').notNull(),
    endedAt: ms('ended_at'),
    trace: trace(),
  },
  (t) => [index('outward_subject').on(t.subject)],
)
