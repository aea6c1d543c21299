import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { AppError } from '#src/errors.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callShop, connectorId, type Deps } from './api.ts'

const orderDetailData = z.object({ shop_order_detail: z.unknown().optional() })

/** One record by the platform's number, in the shape of its detail call; null when the platform does not know it. */
export async function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  try {
    return await (kind === 'orders' ? fetchOrder(deps, externalId) : fetchAfterSale(deps, externalId))
  } catch (error) {
    if (isUnknownRecord(error)) return null
    throw error
  }
}

export async function fetchOrder(deps: Deps, orderId: string): Promise<unknown> {
  const path = '/order/orderDetail'
  const { data } = await callShop(deps, { path, param: { shop_order_id: orderId }, reads: true })
  return (
    readEnvelope(orderDetailData, data, { connector: connectorId, operation: path }).shop_order_detail ?? null
  )
}

export async function fetchAfterSale(deps: Deps, afterSaleId: string): Promise<unknown> {
  const { data } = await callShop(deps, {
    path: '/afterSale/Detail',
    param: { after_sale_id: afterSaleId, need_operation_record: false },
    reads: true,
  })
  return data ?? null
}

/** UNVERIFIED: the sub codes for "no such record" are not published; their text says 不存在. */
function isUnknownRecord(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'connector_request_refused') return false
  return String(error.context.message ?? '').includes('不存在')
}
