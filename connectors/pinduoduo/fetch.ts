import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { call, connectorId, type Deps } from './api.ts'
import { inListShape } from './refund-record.ts'
import { refOfText } from './refund-ref.ts'
import { optionalCode } from './wire.ts'

/** One record by our name for it; null when the platform does not know it. Refunds come in the shape of the list. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  try {
    return kind === 'orders' ? await fetchOrder(deps, externalId) : await fetchRefund(deps, externalId)
  } catch (error) {
    if (isUnknownRecord(error)) return null
    throw error
  }
}

const orderReply = z.object({
  order_info_get_response: z.object({ order_info: z.record(z.string(), z.unknown()).nullish() }),
})

async function fetchOrder(deps: Deps, order_sn: string): Promise<unknown | null> {
  const type = 'pdd.order.information.get'
  const { reply } = await call(deps, { type, fields: { order_sn }, reads: true })
  const read = readEnvelope(orderReply, reply, { connector: connectorId, operation: type })
  return read.order_info_get_response.order_info ?? null
}

const refundReply = z.looseObject({ after_sales_status: optionalCode })

/** The one answer without a name of its own around it; status 0 says that there is no refund. */
async function fetchRefund(deps: Deps, externalId: string): Promise<unknown | null> {
  const ref = refOfText(externalId)
  if (ref === undefined) return null
  const type = 'pdd.refund.information.get'
  const fields = { after_sales_id: ref.id, order_sn: ref.orderSn }
  const { reply } = await call(deps, { type, fields, reads: true })
  const read = readEnvelope(refundReply, reply, { connector: connectorId, operation: type })
  return read.after_sales_status ? inListShape(read, deps.now()) : null
}

/** UNVERIFIED: how the platform names a record it does not know; the words say 不存在. */
function isUnknownRecord(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'connector_request_refused') return false
  return /不存在|not exist/i.test(String(error.context.message ?? ''))
}
