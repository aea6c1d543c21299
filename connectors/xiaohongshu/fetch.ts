import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callShop, connectorId, type Deps } from './api.ts'

const details = {
  orders: { method: 'order.getOrderDetail', name: 'orderId' },
  refunds: { method: 'afterSale.getAfterSaleInfo', name: 'returnsId' },
} as const

const detail = z.record(z.string(), z.unknown())

/** One record by the platform's number; null when the platform does not know it. */
export async function fetchRecord(
  kind: RecordKind,
  externalId: string,
  deps: Deps,
): Promise<Record<string, unknown> | null> {
  const { method, name } = details[kind]
  try {
    const { data } = await callShop(deps, { method, fields: { [name]: externalId }, reads: true })
    const record = readEnvelope(detail, data, { connector: connectorId, operation: method })
    return Object.keys(record).length === 0 ? null : record
  } catch (error) {
    if (isUnknownRecord(error)) return null
    throw error
  }
}

/** UNVERIFIED: how the platform words it. */
function isUnknownRecord(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'connector_request_refused') return false
  return /不存在|not exist|not found/i.test(String(error.context.message ?? ''))
}
