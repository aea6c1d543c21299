/** Takes in records that were handed to us: each is read by itself, one that cannot be does not stop the others. */
import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Delivery } from '#src/contracts/connector.ts'
import type { Database, Tx } from '#src/db/database.ts'
import { deliveries } from '#src/db/schema/index.ts'
import { AppError } from '#src/errors.ts'
import type { RoleOf } from './merge.ts'
import { readPage } from './read-page.ts'
import type { IntakeSource } from './source.ts'
import { storeRecords } from './store.ts'

export type RecordResult =
  | { index: number; outcome: 'stored'; number: string }
  /** `path`: the field that is wrong. */
  | { index: number; outcome: 'refused'; code: string; message: string; path?: string }

export interface DeliveryAnswer {
  stored: number
  refused: number
  results: RecordResult[]
  /** This delivery had been answered before; nothing was stored again. */
  repeated: boolean
}

export interface AcceptDeps {
  database: Database
  roleOf: RoleOf
}

export interface Accepting {
  source: IntakeSource
  delivery: Delivery
  /** The exact bytes. */
  raw: Uint8Array
  /** ms */
  at: number
}

/**
 * Stores a delivery once, in one transaction, and remembers its answer.
 * @throws AppError `idempotency_key_reused` when other bytes came under the same key
 */
export async function acceptDelivery(deps: AcceptDeps, accepting: Accepting): Promise<DeliveryAnswer> {
  const digest = createHash('sha256').update(accepting.raw).digest('hex')
  return await deps.database.db.transaction(async (tx) => {
    const earlier = await claimKey(tx, accepting, digest)
    if (earlier !== undefined) return { ...earlier, repeated: true }
    const results = await storeAll(tx, deps, accepting)
    const answer = {
      stored: results.filter((one) => one.outcome === 'stored').length,
      refused: results.filter((one) => one.outcome === 'refused').length,
      results,
      repeated: false,
    }
    await tx.update(deliveries).set({ answer }).where(keyOf(accepting))
    return answer
  })
}

function keyOf({ source, delivery }: Accepting) {
  return and(eq(deliveries.shopId, source.shop.id), eq(deliveries.idempotencyKey, delivery.idempotencyKey))
}

/** Takes the key, or gives the answer it had; a delivery under way under the same key is waited for. */
async function claimKey(tx: Tx, accepting: Accepting, digest: string): Promise<DeliveryAnswer | undefined> {
  const { source, delivery, at } = accepting
  const row = { shopId: source.shop.id, idempotencyKey: delivery.idempotencyKey, digest, receivedAt: at }
  const claimed = await tx
    .insert(deliveries)
    .values(row)
    .onConflictDoNothing()
    .returning({ digest: deliveries.digest })
  if (claimed.length > 0) return undefined
  const [known] = await tx.select().from(deliveries).where(keyOf(accepting))
  if (known?.digest === digest) return known.answer as DeliveryAnswer
  throw new AppError(
    'idempotency_key_reused',
    'This idempotency key was used for another body; give every delivery its own. 该幂等键已用于另一份内容，请为每次投递使用新的键。',
    { retry: 'never' },
  )
}

async function storeAll(tx: Tx, deps: AcceptDeps, accepting: Accepting): Promise<RecordResult[]> {
  const results: RecordResult[] = []
  for (const kind of ['orders', 'refunds'] as const) {
    const rows = accepting.delivery.records.flatMap((one, index) =>
      one.kind === kind ? [{ ...one, index }] : [],
    )
    if (rows.length > 0) results.push(...(await storeKind(tx, deps, { accepting, kind, rows })))
  }
  return results.toSorted((a, b) => a.index - b.index)
}

interface Part {
  accepting: Accepting
  kind: RecordKind
  rows: { index: number; record: unknown }[]
}

async function storeKind(tx: Tx, deps: AcceptDeps, { accepting, kind, rows }: Part): Promise<RecordResult[]> {
  const { source, at } = accepting
  const { connector, shop } = source
  const read = rows.map(({ index, record }) => ({
    index,
    page: readPage(source, [record], { kind, isHistory: () => false }),
  }))
  const request = {
    connector,
    shop,
    kind,
    records: read.flatMap(({ page }) => page.records),
    unreadable: read.flatMap(({ page }) => page.unreadable),
    at,
    roleOf: deps.roleOf,
  }
  await storeRecords(tx, request)
  return read.map(({ index, page }): RecordResult => {
    const [wrong] = page.unreadable
    if (wrong !== undefined) return { index, outcome: 'refused', ...wrong.error }
    const doc = page.records[0]?.doc
    const number = doc === undefined ? '' : 'refundNo' in doc ? doc.refundNo : doc.orderNo
    return { index, outcome: 'stored', number }
  })
}

const keptMs = 30 * 24 * 3_600_000

/** Forgets deliveries answered more than 30 days ago. Returns how many. */
export async function purgeDeliveries(database: Database, now: number): Promise<number> {
  const { rowCount } = await database.db.execute(
    sql`delete from deliveries where received_at < ${now - keptMs}`,
  )
  return rowCount ?? 0
}
