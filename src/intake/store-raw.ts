import { sql } from 'drizzle-orm'
import type { Tx } from '#src/db/database.ts'
import { appendEvents } from './append-events.ts'
import { storableJson } from './storable-json.ts'
import type { StoreRequest } from './store-request.ts'
import { createTrace } from './trace.ts'

interface RawRow {
  id: string
  version: number
  payload: unknown
  error: Record<string, unknown> | null
}

/** Keeps the newest payload of every record, readable or not; newly unreadable ones are made known to people. */
export async function storeRaw(tx: Tx, request: StoreRequest): Promise<void> {
  const rows = new Map<string, RawRow>()
  for (const { externalId, raw, doc } of request.records) {
    const other = rows.get(externalId)
    if (other === undefined || other.version <= doc.version)
      rows.set(externalId, { id: externalId, version: doc.version, payload: raw, error: null })
  }
  for (const { externalId, raw, error } of request.unreadable)
    rows.set(externalId, { id: externalId, version: 0, payload: raw, error })
  if (rows.size === 0) return
  const { connector, shop, kind, at } = request
  const written = await tx.execute<{ external_id: string }>(sql`
    insert into raw_records as kept (connector, shop_id, kind, external_id, version, payload, stored_at, error)
    select ${connector.id}, ${shop.id}, ${kind}, id, version, coalesce(payload, 'null'), ${at}, error
    from jsonb_to_recordset(${storableJson([...rows.values()])}::jsonb)
      as r(id text, version bigint, payload jsonb, error jsonb)
    order by id
    on conflict (connector, shop_id, kind, external_id) do update
      set version = excluded.version, payload = excluded.payload, stored_at = excluded.stored_at,
        error = excluded.error
      where kept.version < excluded.version
        or (kept.error is not null and excluded.error is null)
        or (kept.payload <> excluded.payload
          and (kept.version = excluded.version or excluded.error is not null))
    returning external_id`)
  await announceUnreadable(tx, request, new Set(written.rows.map((row) => row.external_id)))
}

async function announceUnreadable(tx: Tx, request: StoreRequest, written: Set<string>): Promise<void> {
  const { connector, shop, kind } = request
  const events = request.unreadable
    .filter((record) => written.has(record.externalId))
    .map(({ externalId, error }) => {
      const subject = `record:${connector.id}:${shop.id}:${kind}:${externalId}`
      const path = error.path === undefined ? '' : `${error.path}: `
      const payload = { area: 'intake', subject, code: error.code, message: `${path}${error.message}` }
      return { type: 'work.parked' as const, subject, trace: createTrace(), payload }
    })
  await appendEvents(tx, events, request.at)
}
