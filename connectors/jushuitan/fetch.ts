import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callErp, connectorId, type Deps } from './api.ts'

const numbered = /^\d{1,15}$/

export const queries = {
  orders: { path: '/open/orders/single/query', size: 100, list: 'orders', idName: 'so_ids' },
  refunds: { path: '/open/refund/single/query', size: 50, list: 'datas', idName: 'as_ids' },
} as const

export const replyPage = z.object({
  orders: z.array(z.unknown()).nullish(),
  datas: z.array(z.unknown()).nullish(),
  has_next: z.union([z.boolean(), z.string()]).nullish(),
  data_count: z.number().nullish(),
})

/** An order by its platform number, a refund by the ERP's own number (as_id); null when the ERP has none. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  const { path, list, idName } = queries[kind]
  const wanted = kind === 'refunds' && numbered.test(externalId) ? Number(externalId) : externalId
  const biz = { [idName]: [wanted], page_index: 1, page_size: 10 }
  const { data } = await callErp(deps, { path, biz, reads: true })
  return readEnvelope(replyPage, data, { connector: connectorId, operation: path })[list]?.[0] ?? null
}
