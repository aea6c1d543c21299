import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { call, connectorId, type Deps } from './api.ts'
import { orderFields } from './order-record.ts'
import { refundFields } from './refund-record.ts'

const details = {
  orders: { method: 'taobao.trade.fullinfo.get', name: 'tid', fields: orderFields },
  refunds: { method: 'taobao.refund.get', name: 'refund_id', fields: refundFields },
} as const

const reply = z.object({ trade: z.unknown().optional(), refund: z.unknown().optional() })

/** One record by the platform's number; null when the platform does not know it. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  const { method, name, fields } = details[kind]
  try {
    const { data } = await call(deps, { method, fields: { fields, [name]: externalId }, reads: true })
    const read = readEnvelope(reply, data ?? {}, { connector: connectorId, operation: method })
    return (kind === 'orders' ? read.trade : read.refund) ?? null
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
