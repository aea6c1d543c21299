import type { RecordKind } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { call, type Deps } from './api.ts'

const details = {
  orders: { method: 'open.order.detail', name: 'oid' },
  refunds: { method: 'open.seller.order.refund.detail', name: 'refundId' },
} as const

/** One record by the platform's number; null when the platform does not know it. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  if (!/^\d{1,19}$/.test(externalId)) return null
  const { method, name } = details[kind]
  try {
    const { data } = await call(deps, { method, param: { [name]: BigInt(externalId) }, reads: true })
    return data ?? null
  } catch (error) {
    if (isUnknownRecord(error)) return null
    throw error
  }
}

/** 300011 is a refund that does not exist. UNVERIFIED: how an order is said not to. */
function isUnknownRecord(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'connector_request_refused') return false
  return error.context.code === '300011' || /不存在|not (?:found|exist)/i.test(String(error.context.message))
}
