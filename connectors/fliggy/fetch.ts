import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { call, connectorId, type Deps } from './api.ts'
import { listOf } from './order-record.ts'
import { refundFields } from './refund-record.ts'

const reply = z.object({
  first_result: z.unknown().optional(),
  refund: z.unknown().optional(),
  hotel_orders: listOf(z.unknown()).optional(),
})

/** One record by the platform's number; null when the platform does not know it. UNVERIFIED: `order_tids`. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  const ask = async (method: string, fields: Record<string, string | number>) => {
    const { data } = await call(deps, { method, fields, reads: true })
    return readEnvelope(reply, data ?? {}, { connector: connectorId, operation: method })
  }
  try {
    if (kind === 'refunds')
      return (await ask('taobao.refund.get', { fields: refundFields, refund_id: externalId })).refund ?? null
    if (!deps.config.hotel)
      return (await ask('alitrip.travel.trade.query', { order_id: externalId })).first_result ?? null
    const found = await ask('taobao.xhotel.order.search', {
      order_tids: externalId,
      page_no: 1,
      page_size: 20,
    })
    return found.hotel_orders?.[0] ?? null
  } catch (error) {
    if (isUnknownRecord(error)) return null
    throw error
  }
}

/** UNVERIFIED: `isv.trade-not-exist` and its like; the sub code names what does not exist. */
function isUnknownRecord(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'connector_request_refused') return false
  return /not-exist|invalid-(?:tid|refund)/i.test(String(error.context.code ?? ''))
}
