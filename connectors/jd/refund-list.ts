import { z } from 'zod'
import { readEnvelope } from '../kit/read-reply.ts'
import { assertSuccess, type Call, call, connectorId, type Deps } from './api.ts'
import { count } from './wire.ts'

const reply = z.object({
  queryResult: z.looseObject({
    totalCount: count.nullish(),
    result: z.array(z.unknown()).nullish(),
  }),
})

/** One page of refund applications. JD docs: jingdong.pop.afs.soa.refundapply.queryPageList. @throws AppError */
export async function refundList(
  deps: Deps,
  fields: Call['fields'],
): Promise<{ records: unknown[]; total: number }> {
  const method = 'jingdong.pop.afs.soa.refundapply.queryPageList'
  const { data } = await call(deps, { method, fields, reads: true })
  const { queryResult } = readEnvelope(reply, data, { connector: connectorId, operation: method })
  assertSuccess(queryResult, method)
  return { records: queryResult.result ?? [], total: queryResult.totalCount ?? 0 }
}
