import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { assertSuccess, call, connectorId, type Deps } from './api.ts'
import { orderFields } from './order-record.ts'
import { refundList } from './refund-list.ts'

/** One record by the platform's number; null when the platform does not know it. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  try {
    if (kind === 'orders') return await fetchOrder(deps, externalId)
    const { records } = await refundList(deps, { ids: externalId, pageIndex: 1, pageSize: 1 })
    return records[0] ?? null
  } catch (error) {
    if (isUnknownRecord(error)) return null
    throw error
  }
}

const reply = z.object({
  orderDetailInfo: z.object({ apiResult: z.unknown(), orderInfo: z.unknown().optional() }),
})

async function fetchOrder(deps: Deps, order_id: string): Promise<unknown | null> {
  const method = 'jingdong.pop.order.get'
  const fields = { order_id, optional_fields: orderFields }
  const { data } = await call(deps, { method, fields, reads: true })
  const { orderDetailInfo } = readEnvelope(reply, data, { connector: connectorId, operation: method })
  assertSuccess(orderDetailInfo.apiResult, method)
  return orderDetailInfo.orderInfo ?? null
}

/** UNVERIFIED: how the platform names a record it does not know; the words say 不存在. */
function isUnknownRecord(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'connector_request_refused') return false
  return /不存在|not exist/i.test(String(error.context.message ?? ''))
}
