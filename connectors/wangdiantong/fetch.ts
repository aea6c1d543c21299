import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Deps } from './api.ts'
import { search } from './queries.ts'
import { listedRefund } from './refund-record.ts'
import { readWholeOrder } from './whole-orders.ts'

/** An order by its platform number, a refund by the ERP's own number (refund_no); null when the ERP has none. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  if (kind === 'orders') return readWholeOrder(externalId, deps)
  const wanted = { by: 'refund_no', number: externalId } as const
  const { records } = await search(deps, kind, { wanted, page: { no: 0, size: 10 } })
  const isWanted = (record: unknown) => listedRefund.safeParse(record).data?.refund_no === externalId
  return records.find(isWanted) ?? null
}
