import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { connectorId, type Deps, query } from './api.ts'
import { type RefundRef, refOfText } from './refund-ref.ts'
import { id, optionalId, optionalTime } from './wire.ts'

export const orderPath = '/goodlife/v1/hermes/trade/order/query/'
export const refundDetailPath = '/goodlife/v1/akte/after_sale/order_detail/get/'

/** One record by our name for it; null when the platform does not know it. */
export function fetchRecord(kind: RecordKind, externalId: string, deps: Deps): Promise<unknown | null> {
  if (kind === 'orders') return fetchOrder(deps, externalId)
  const ref = refOfText(externalId)
  return ref === undefined ? Promise.resolve(null) : fetchRefund(deps, ref)
}

const listed = z.object({ order_id: id })
const orders = z.object({ orders: z.array(z.unknown()).nullish() })

/** The list narrowed to one order: there is no other way to read one. */
async function fetchOrder(deps: Deps, order_id: string): Promise<unknown | null> {
  const { data } = await query(deps, orderPath, { order_id, page_num: 1, page_size: 10 })
  const reply = readEnvelope(orders, data, { connector: connectorId, operation: orderPath })
  return reply.orders?.find((one) => listed.safeParse(one).data?.order_id === order_id) ?? null
}

const refunds = z.object({ after_sale_order_list: z.array(z.unknown()).nullish() })
const seen = z.object({
  after_sale_id: id,
  create_time: optionalTime,
  refund_info_list: z.array(z.object({ certificate_id: optionalId })).nullish(),
})

/** All after-sales of an order are answered; a certificate may have had several, the newest one counts. */
async function fetchRefund(deps: Deps, ref: RefundRef): Promise<unknown | null> {
  const certificate_id = 'certificateId' in ref ? ref.certificateId : undefined
  const { data } = await query(deps, refundDetailPath, { order_id: ref.orderId, certificate_id })
  const named = { connector: connectorId, operation: refundDetailPath }
  const records = readEnvelope(refunds, data, named).after_sale_order_list ?? []
  const matching = records
    .map((record) => ({ record, read: seen.safeParse(record).data }))
    .filter(({ read }) =>
      'afterSaleId' in ref
        ? read?.after_sale_id === ref.afterSaleId
        : read?.refund_info_list?.some((one) => one.certificate_id === ref.certificateId),
    )
    .toSorted((a, b) => (b.read?.create_time ?? 0) - (a.read?.create_time ?? 0))
  return matching[0]?.record ?? null
}
