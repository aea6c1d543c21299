/**
 * A refund that starts in the ERP is known as `<connector>:<number>` until the platform has a number for it. It stays
 * one refund, under the identity we first knew it by, whatever number is learned later.
 */
import { sql } from 'drizzle-orm'
import type { Refund } from '#src/contracts/canonical.ts'
import type { Tx } from '#src/db/database.ts'
import { storableJson } from './storable-json.ts'
import type { Incoming } from './store-request.ts'

type KnownRefund = { platform: string; order_no: string; refund_no: string; refs: Record<string, string> }

/** A refund that turned out to be the one stored under `by`, after both had become known. */
export interface Superseded {
  platform: string
  no: string
  by: string
}

export interface ResolvedRefunds {
  incoming: Incoming<'refunds'>[]
  superseded: Superseded[]
}

/** Serialises by order, then gives every incoming refund the number under which we know it already. */
export async function resolveRefunds(
  tx: Tx,
  incoming: readonly Incoming<'refunds'>[],
): Promise<ResolvedRefunds> {
  const orders = [...new Set(incoming.map(({ doc }) => `${doc.platform}\n${doc.orderNo}`))].sort()
  const keys = storableJson(orders.map((key) => `refunds-of\n${key}`))
  // Two connectors may bring the same new refund at the same moment, under two numbers.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(k, 0)) from jsonb_array_elements_text(${keys}::jsonb) k`,
  )
  const known = await refundsOfOrders(tx, orders)
  const superseded: Superseded[] = []
  const resolved = incoming.map((one) => {
    const siblings = known.filter((k) => k.platform === one.platform && k.order_no === one.doc.orderNo)
    const resolved = renamed(one, siblings)
    superseded.push(...twinsOf(resolved, siblings))
    // The next one in this page may be the same refund again.
    known.push({
      platform: resolved.platform,
      order_no: resolved.doc.orderNo,
      refund_no: resolved.no,
      refs: resolved.doc.refs,
    })
    return resolved
  })
  return { incoming: resolved, superseded }
}

/** Refunds stored under a provisional number that are this one: known before its two numbers were. */
function twinsOf(one: Incoming<'refunds'>, siblings: readonly KnownRefund[]): Superseded[] {
  if (isProvisional(one.no, one.doc.refs)) return []
  return siblings
    .filter((known) => known.refund_no !== one.no && isSame(one.doc, known))
    .filter((known) => isProvisional(known.refund_no, known.refs))
    .map((known) => ({ platform: known.platform, no: known.refund_no, by: one.no }))
}

async function refundsOfOrders(tx: Tx, orders: readonly string[]): Promise<KnownRefund[]> {
  const keys = orders.map((key) => {
    const [platform, no] = key.split('\n')
    return { platform, no }
  })
  const { rows } = await tx.execute<KnownRefund>(sql`
    select r.platform, r.order_no, r.refund_no, r.doc->'refs' as refs
    from refunds r
    join jsonb_to_recordset(${storableJson(keys)}::jsonb) as k(platform text, no text)
      on k.platform = r.platform and k.no = r.order_no`)
  return rows
}

function renamed(one: Incoming<'refunds'>, siblings: readonly KnownRefund[]): Incoming<'refunds'> {
  const same = siblings.filter((known) => known.refund_no === one.no || isSame(one.doc, known))
  const chosen =
    same.find((known) => known.refund_no === one.no && !isProvisional(one.no, one.doc.refs)) ??
    same.find((known) => !isProvisional(known.refund_no, known.refs)) ??
    same[0]
  if (chosen === undefined || chosen.refund_no === one.no) return one
  const refs = { ...one.doc.refs, ...platformRef(one.doc) }
  return { ...one, no: chosen.refund_no, doc: { ...one.doc, refundNo: chosen.refund_no, refs } }
}

function isSame(doc: Refund, known: KnownRefund): boolean {
  if (known.refs[platformKey(doc.platform)] === doc.refundNo) return true
  return Object.entries(doc.refs).some(([system, number]) => known.refs[system] === number)
}

/** Remembers the platform's number of a refund that is stored under another one. */
function platformRef(doc: Refund): Record<string, string> {
  return isProvisional(doc.refundNo, doc.refs) ? {} : { [platformKey(doc.platform)]: doc.refundNo }
}

/** `<connector>:<its number>` */
function isProvisional(refundNo: string, refs: Record<string, string>): boolean {
  return Object.entries(refs).some(([system, number]) => refundNo === `${system}:${number}`)
}

const platformKey = (platform: string) => `platform:${platform}`
