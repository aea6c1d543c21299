import type { RefundStage } from '#src/contracts/canonical.ts'
import type { Tx } from '#src/db/database.ts'
import { type Bringing, type ChangedRow, keyOf, lockExisting, updateChanged } from './record-table.ts'
import type { Superseded } from './refund-identity.ts'

/** Nobody has acted on it yet, so withdrawing it changes nothing on the other side. */
const untouched: readonly RefundStage[] = ['requested', 'waiting-return', 'unknown']

/**
 * Of two records that turned out to be one refund, the one under the provisional number is withdrawn: its approval is
 * cancelled like that of any withdrawn refund, and the other goes on alone. Returns how many changed.
 */
export async function withdrawSuperseded(
  tx: Tx,
  superseded: readonly Superseded[],
  by: Bringing,
): Promise<number> {
  if (superseded.length === 0) return 0
  const existing = await lockExisting(tx, 'refunds', superseded)
  const rows = superseded.flatMap((twin): ChangedRow<'refunds'>[] => {
    const row = existing.get(keyOf(twin))
    if (row === undefined || !untouched.includes(row.doc.stage)) return []
    existing.delete(keyOf(twin))
    const doc = { ...row.doc, stage: 'withdrawn' as const, statusText: `→ ${twin.by}` }
    return [{ ...row, doc, history: false, announced: true }]
  })
  if (rows.length > 0) await updateChanged(tx, 'refunds', rows, by)
  return rows.length
}
