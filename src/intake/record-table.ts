/** The statements that orders and refunds share, each over a whole page at once. */
import { type SQL, sql } from 'drizzle-orm'
import type { RecordKind, RecordOf } from '#src/contracts/canonical.ts'
import type { Executor, Tx } from '#src/db/database.ts'
import { wakes } from '#src/db/wake.ts'
import { storableJson } from './storable-json.ts'
import type { Incoming } from './store-request.ts'
import { createTrace } from './trace.ts'

export interface ExistingRow<K extends RecordKind> {
  platform: string
  no: string
  doc: RecordOf[K]
  origins: Record<string, number>
  copies: Record<string, RecordOf[K]>
}

export interface ChangedRow<K extends RecordKind> extends ExistingRow<K> {
  history: boolean
  /** False: only what we know of its origins moved on, which is no event. */
  announced: boolean
}

export interface Bringing {
  connector: string
  at: number
}

interface TableText {
  table: SQL
  no: SQL
  /** First words of subject and payload: `order`, `refund`. */
  word: SQL
  createdType: SQL
  columns: SQL
  /** The same columns, read out of `doc`. */
  values: SQL
  assignments: SQL
}

const tables: Record<RecordKind, TableText> = {
  orders: {
    table: sql`orders`,
    no: sql`order_no`,
    word: sql.raw(`'order'`),
    createdType: sql.raw(`'order.created'`),
    columns: sql`shop_id, status, version, created_at`,
    values: sql`doc->>'shopId', doc->>'status', (doc->>'version')::bigint, (doc#>>'{times,created}')::bigint`,
    assignments: sql`shop_id = i.doc->>'shopId', status = i.doc->>'status',
      version = (i.doc->>'version')::bigint, created_at = (i.doc#>>'{times,created}')::bigint`,
  },
  refunds: {
    table: sql`refunds`,
    no: sql`refund_no`,
    word: sql.raw(`'refund'`),
    createdType: sql.raw(`'refund.requested'`),
    columns: sql`order_no, shop_id, stage, version, amount`,
    values: sql`doc->>'orderNo', doc->>'shopId', doc->>'stage', (doc->>'version')::bigint, (doc->>'amount')::bigint`,
    assignments: sql`order_no = i.doc->>'orderNo', shop_id = i.doc->>'shopId', stage = i.doc->>'stage',
      version = (i.doc->>'version')::bigint, amount = (i.doc->>'amount')::bigint`,
  },
}

/** Inserts what is not there yet, with its event, and wakes the playbooks. Returns the keys it inserted. */
export async function insertNew<K extends RecordKind>(
  tx: Tx,
  kind: K,
  records: readonly Incoming<K>[],
  by: Bringing,
): Promise<Set<string>> {
  const text = tables[kind]
  const rows = records.map((one) => {
    return { ...one, origins: { [by.connector]: one.doc.version }, trace: createTrace() }
  })
  const created = await tx.execute<{ platform: string; no: string }>(sql`
    with incoming as materialized (
      select * from jsonb_to_recordset(${storableJson(rows)}::jsonb)
        as r(platform text, no text, doc jsonb, origins jsonb, history boolean, trace text)
    ), created as (
      insert into ${text.table} (platform, ${text.no}, ${text.columns}, doc, origins, stored_at, trace)
      select platform, no, ${text.values}, doc, origins, ${by.at}, trace from incoming order by platform, no
      on conflict do nothing
      returning platform, ${text.no} as no, trace
    ), announced as (
      insert into events (type, subject, payload, at, due_at, trace)
      select ${text.createdType}, ${text.word} || ':' || c.platform || ':' || c.no,
        jsonb_build_object(${text.word}, i.doc, 'history', i.history) || ${sourceOf(kind, by)}::jsonb,
        ${by.at}, ${by.at}, c.trace
      from created c join incoming i on i.platform = c.platform and i.no = c.no
    )
    select platform, no, ${wakes('events')} from created`)
  return new Set(created.rows.map(keyOf))
}

/** Locks and reads what is there already. */
export function lockExisting<K extends RecordKind>(
  tx: Tx,
  kind: K,
  records: readonly { platform: string; no: string }[],
): Promise<Map<string, ExistingRow<K>>> {
  return readExisting(tx, kind, { records, lock: sql`for update of t` })
}

/** Reads what is there already, to compare with. */
export async function readExisting<K extends RecordKind>(
  executor: Executor,
  kind: K,
  { records, lock = sql`` }: { records: readonly { platform: string; no: string }[]; lock?: SQL },
): Promise<Map<string, ExistingRow<K>>> {
  const text = tables[kind]
  const keys = records.map(({ platform, no }) => ({ platform, no }))
  const { rows } = await executor.execute<ExistingRow<K> & Record<string, unknown>>(sql`
    select t.platform, t.${text.no} as no, t.doc, t.origins, t.copies
    from ${text.table} t
    join jsonb_to_recordset(${storableJson(keys)}::jsonb) as k(platform text, no text)
      on k.platform = t.platform and k.no = t.${text.no}
    order by t.platform, t.${text.no}
    ${lock}`)
  return new Map(rows.map((row) => [keyOf(row), row]))
}

/** Writes the changed rows (locked before) with their events, and wakes the playbooks. */
export async function updateChanged<K extends RecordKind>(
  tx: Tx,
  kind: K,
  rows: readonly ChangedRow<K>[],
  by: Bringing,
): Promise<void> {
  const text = tables[kind]
  const changedType = kind === 'orders' ? sql.raw(`'order.changed'`) : sql.raw(`'refund.changed'`)
  await tx.execute(sql`
    with incoming as materialized (
      select * from jsonb_to_recordset(${storableJson(rows)}::jsonb)
        as r(platform text, no text, doc jsonb, origins jsonb, copies jsonb, history boolean, announced boolean)
    ), before as (
      select t.platform, t.${text.no} as no, t.doc, t.trace
      from ${text.table} t join incoming i on i.platform = t.platform and i.no = t.${text.no}
    ), updated as (
      update ${text.table} t
      set doc = i.doc, origins = i.origins, copies = i.copies, stored_at = ${by.at}, ${text.assignments}
      from incoming i where i.platform = t.platform and i.no = t.${text.no}
    ), announced as (
      insert into events (type, subject, payload, at, due_at, trace)
      select ${changedType}, ${text.word} || ':' || i.platform || ':' || i.no,
        jsonb_build_object(${text.word}, i.doc, 'before', b.doc, 'history', i.history) || ${sourceOf(kind, by)}::jsonb,
        ${by.at}, ${by.at}, b.trace
      from incoming i join before b on b.platform = i.platform and b.no = i.no
      where i.announced
      returning id
    )
    select ${wakes('events')} from announced limit 1`)
}

/** Refund events name the system that brought them. */
const sourceOf = (kind: RecordKind, by: Bringing) =>
  JSON.stringify(kind === 'refunds' ? { source: by.connector } : {})

export const keyOf = (row: { platform: string; no: string }) => `${row.platform}\n${row.no}`
