import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { call, connectorId, type Deps } from './api.ts'

const details = {
  orders: { path: '/channels/ec/order/get', name: 'order_id' },
  refunds: { path: '/channels/ec/aftersale/getaftersaleorder', name: 'after_sale_order_id' },
} as const

const record = z.record(z.string(), z.unknown()).nullish()
const reply = z.object({ order: record, after_sale_order: record })

/** One record by its number; null when the platform does not know it. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  const { path, name } = details[kind]
  try {
    const answer = await call(deps, { path, body: { [name]: externalId }, reads: true })
    const read = readEnvelope(reply, answer.reply, { connector: connectorId, operation: path })
    return read.order ?? read.after_sale_order ?? null
  } catch (error) {
    if (isUnknownRecord(error)) return null
    throw error
  }
}

/** UNVERIFIED: how the platform names a record it does not know. */
function isUnknownRecord(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'connector_request_refused') return false
  return /不存在|not (?:exist|found)/i.test(String(error.context.message ?? ''))
}
