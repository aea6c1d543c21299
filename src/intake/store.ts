/** Stores what a connector brought: raw payload, canonical record and canonical event, a page at a time. */
import { isDeepStrictEqual } from 'node:util'
import type { RecordKind, RecordOf } from '#src/contracts/canonical.ts'
import type { Tx } from '#src/db/database.ts'
import { merge } from './merge.ts'
import { type ChangedRow, insertNew, keyOf, lockExisting, updateChanged } from './record-table.ts'
import { resolveRefunds, type Superseded } from './refund-identity.ts'
import { storableJson } from './storable-json.ts'
import { storeRaw } from './store-raw.ts'
import type { Incoming, StoreReport, StoreRequest } from './store-request.ts'
import { withdrawSuperseded } from './withdraw-superseded.ts'

/**
 * Upserts a page in the caller's transaction. Repeating it is harmless: an older copy never overwrites a newer one,
 * and an equal copy is no event. Events wake the playbooks when the transaction commits.
 */
export async function storeRecords<K extends RecordKind>(
  tx: Tx,
  request: StoreRequest<K>,
): Promise<StoreReport> {
  const { kind, connector, at } = request
  const by = { connector: connector.id, at }
  const { incoming, superseded } = await identified(tx, request)
  const created = incoming.length === 0 ? new Set<string>() : await insertNew(tx, kind, incoming, by)
  const changed = await mergeExisting(
    tx,
    request,
    incoming.filter((one) => !created.has(keyOf(one))),
  )
  if (changed.length > 0) await updateChanged(tx, kind, changed, by)
  await withdrawSuperseded(tx, superseded, by)
  await storeRaw(tx, request)
  const announced = changed.filter((row) => row.announced).length
  return {
    created: created.size,
    changed: announced,
    unchanged: request.records.length - created.size - announced,
    unreadable: request.unreadable.length,
  }
}

interface Identified<K extends RecordKind> {
  /** One copy per identity: the newest of the page. */
  incoming: Incoming<K>[]
  superseded: Superseded[]
}

async function identified<K extends RecordKind>(tx: Tx, request: StoreRequest<K>): Promise<Identified<K>> {
  const all = request.records.map(({ doc, history }): Incoming<K> => {
    return { platform: doc.platform, no: numberOf(doc), doc, history }
  })
  if (request.kind === 'orders' || all.length === 0) return { incoming: newestOf(all), superseded: [] }
  const { incoming, superseded } = await resolveRefunds(tx, all as Incoming<'refunds'>[])
  return { incoming: newestOf(incoming as Incoming<K>[]), superseded }
}

function newestOf<K extends RecordKind>(all: readonly Incoming<K>[]): Incoming<K>[] {
  const newest = new Map<string, Incoming<K>>()
  for (const one of all) {
    const other = newest.get(keyOf(one))
    if (other === undefined || other.doc.version <= one.doc.version) newest.set(keyOf(one), one)
  }
  return [...newest.values()]
}

const numberOf = (doc: RecordOf[RecordKind]) => ('refundNo' in doc ? doc.refundNo : doc.orderNo)

async function mergeExisting<K extends RecordKind>(
  tx: Tx,
  request: StoreRequest<K>,
  incoming: readonly Incoming<K>[],
): Promise<ChangedRow<K>[]> {
  if (incoming.length === 0) return []
  const existing = await lockExisting(tx, request.kind, incoming)
  return incoming.flatMap((one) => {
    const known = existing.get(keyOf(one))
    if (known === undefined) return []
    const copy = { connector: request.connector.id, doc: asStored(one.doc) }
    const merged = merge(request.kind, known, copy, request.roleOf)
    if (merged === 'older') return []
    const announced = !isDeepStrictEqual(asStored(merged.doc), known.doc)
    const moved =
      !isDeepStrictEqual(merged.origins, known.origins) ||
      !isDeepStrictEqual(asStored(merged.copies), known.copies)
    if (!announced && !moved) return []
    return [{ ...known, ...merged, history: one.history, announced }]
  })
}

/** The record as it would come back from the database, to compare like with like. */
function asStored<D>(doc: D): D {
  return JSON.parse(storableJson(doc)) as D
}
