import { sql } from 'drizzle-orm'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Executor } from '#src/db/database.ts'
import { wakes } from '#src/db/wake.ts'
import { storableJson } from './storable-json.ts'

/** Lane that wakes the fetch loop. */
export const fetchesLane = 'fetches'

export interface Hint {
  shopId: string
  connector: string
  resource: RecordKind
  externalId: string
  trace: string
}

/** Notes that records changed; they are fetched once the caller's transaction commits. Hints about one record coalesce. */
export async function wantFetches(executor: Executor, hints: readonly Hint[], now: number): Promise<void> {
  if (hints.length === 0) return
  const rows = new Map(hints.map((hint) => [`${hint.connector}\n${hint.resource}\n${hint.externalId}`, hint]))
  await executor.execute(sql`
    with wanted as (
      insert into fetches (shop_id, connector, resource, external_id, due_at, trace)
      select "shopId", connector, resource, "externalId", ${now}, trace
      from jsonb_to_recordset(${storableJson([...rows.values()])}::jsonb)
        as h("shopId" text, connector text, resource text, "externalId" text, trace text)
      order by "shopId", connector, resource, "externalId"
      on conflict (shop_id, connector, resource, external_id) do update
        set wanted = fetches.wanted + 1, state = 'new', attempts = 0, due_at = excluded.due_at
    )
    select ${wakes(fetchesLane)}`)
}
