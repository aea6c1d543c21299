import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '#src/db/database.ts'
import { bindings } from '#src/db/schema/index.ts'
import { wake } from '#src/db/wake.ts'
import { DataError } from '#src/errors.ts'
import { storableJson } from '#src/intake/storable-json.ts'

/** Stands for a table's columns in the list of pending reads. */
export const columnsRead = '*'

const cell = z.object({
  field_id: z.string().max(100),
  field_value: z.string().optional(),
  field_identity_value: z
    .object({
      users: z.array(z.object({ user_id: z.object({ open_id: z.string().optional() }).optional() })),
    })
    .partial()
    .nullish(),
})
const recordEvent = z.object({
  table_id: z.string().max(100),
  operator_id: z.object({ open_id: z.string().optional() }).nullish(),
  action_list: z.array(
    z.object({
      record_id: z.string().min(1).max(100),
      action: z.string(),
      after_value: z.array(cell).nullish(),
    }),
  ),
  /** seconds */
  update_time: z.number().optional(),
})
const fieldEvent = z.object({ table_id: z.string().max(100) })

export interface NoteOptions {
  /** ms since the epoch */
  now: number
  /** ms to wait before reading: people change several cells in a row. */
  delayMs: number
}

type Seen = [string, string, string[]][]

/**
 * `drive.file.bitable_record_changed_v1`: notes which rows to look at. The event is only believed in one way: when
 * all it says is what we wrote ourselves, the row need not be read.
 */
export async function noteRecordEvent(tx: Tx, event: unknown, options: NoteOptions): Promise<void> {
  const { table_id, operator_id, action_list, update_time } = parse(recordEvent, event)
  const table = await tableOf(tx, table_id)
  if (table === undefined) return
  const changedAt = update_time === undefined ? options.now : update_time * 1000
  const reads = new Map<string, { record_id: string; seen: Seen; must: boolean }>()
  for (const action of action_list) {
    const read = reads.get(action.record_id) ?? { record_id: action.record_id, seen: [], must: false }
    const seen = (action.after_value ?? []).map(seenCell)
    read.seen.push(...seen)
    read.must ||= action.action === 'record_deleted' || seen.length === 0
    reads.set(action.record_id, read)
  }
  if (reads.size === 0) return
  await note(tx, {
    table,
    reads: [...reads.values()],
    by: operator_id?.open_id ?? null,
    changedAt,
    ...options,
  })
}

/** `drive.file.bitable_field_changed_v1`: the table's columns are compared with our bindings. */
export async function noteFieldEvent(tx: Tx, event: unknown, options: NoteOptions): Promise<void> {
  const table = await tableOf(tx, parse(fieldEvent, event).table_id)
  if (table === undefined) return
  const reads = [{ record_id: columnsRead, seen: [], must: true }]
  await note(tx, { table, reads, by: null, changedAt: options.now, ...options })
}

function seenCell(value: z.infer<typeof cell>): Seen[number] {
  const users = value.field_identity_value?.users ?? []
  const people = users.map((user) => user.user_id?.open_id).filter((id) => id !== undefined)
  return [value.field_id, value.field_value ?? '', people]
}

interface Note extends NoteOptions {
  table: string
  reads: { record_id: string; seen: Seen; must: boolean }[]
  by: string | null
  changedAt: number
}

async function note(tx: Tx, { table, reads, by, changedAt, now, delayMs }: Note): Promise<void> {
  // What cannot be stored is left out; the loss only makes the row be read.
  const list = storableJson(reads)
  await tx.execute(sql`
    insert into row_reads (table_id, record_id, seen, must, changed_by, changed_at, due_at)
    select ${table}, r.record_id, r.seen, r.must, ${by}, ${changedAt}::bigint, ${now + delayMs}::bigint
    from jsonb_to_recordset(${list}::jsonb) as r(record_id text, seen jsonb, must boolean)
    order by r.record_id
    on conflict (table_id, record_id) do update set
      seen = row_reads.seen || excluded.seen, must = row_reads.must or excluded.must,
      changed_by = excluded.changed_by, changed_at = greatest(row_reads.changed_at, excluded.changed_at),
      touches = row_reads.touches + 1`)
  await wake(tx, 'rows')
}

async function tableOf(tx: Tx, feishuTableId: string): Promise<string | undefined> {
  const where = and(eq(bindings.kind, 'table'), eq(bindings.feishuId, feishuTableId))
  const [binding] = await tx.select({ key: bindings.key }).from(bindings).where(where)
  return binding?.key
}

function parse<T>(schema: z.ZodType<T>, event: unknown): T {
  const read = schema.safeParse(event)
  if (read.success) return read.data
  const path = read.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new DataError(
    'bitable_event_unreadable',
    `A Bitable event has an unknown shape at ${path || '(root)'}.`,
    {
      path,
    },
  )
}
