import type { RecordKind } from '#src/contracts/canonical.ts'
import type { WangdiantongConfig } from './config.ts'

const renamed = {
  orders: ['src_tids', 'detail_list'],
  refunds: [
    'tid_list',
    'raw_refund_nos',
    'status',
    'guarantee_refund_amount',
    'actual_refund_amount',
    'refund_reason',
  ],
} as const

/** A record of the enterprise edition with the members that are read under the flagship's names; others stay. */
export function inFlagshipNames(kind: RecordKind, record: unknown, config: WangdiantongConfig): unknown {
  if (config.edition === 'flagship' || typeof record !== 'object' || record === null) return record
  const theirs = record as Record<string, unknown>
  const ours = { ...theirs }
  for (const name of renamed[kind]) {
    const theirName = config.enterpriseFields[name]
    if (theirName !== name && theirs[theirName] !== undefined) {
      ours[name] = theirs[theirName]
      delete ours[theirName]
    }
  }
  return ours
}
