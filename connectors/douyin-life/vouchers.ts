import type { Voucher, VoucherState } from '#src/contracts/canonical.ts'
import type { DouyinLifeConfig } from './config.ts'
import type { CertificateRecord, OrderRecord } from './order-record.ts'

type Statuses = DouyinLifeConfig['certificateStatuses']

/**
 * The certificates of an order. A refund time says that one is refunded; apart from that the platform only gives a
 * number whose meaning it does not publish: the shop's settings name the numbers it has seen, others count as paid and
 * are shown beside the order's status.
 */
export function vouchersOf(order: OrderRecord, lineId: string, statuses: Statuses): Voucher[] {
  return (order.certificate ?? []).map((certificate) => {
    const state = stateOf(certificate, { isPaid: order.pay_time !== undefined, statuses })
    const at = certificate.item_update_time
    return {
      certificateId: certificate.certificate_id,
      lineId,
      state,
      ...(state === 'booked' && at !== undefined ? { bookedAt: at } : {}),
      ...(state === 'verified' && at !== undefined ? { verifiedAt: at } : {}),
      ...(state === 'refunded'
        ? { refundedAt: certificate.refund_time ?? at ?? order.update_order_time }
        : {}),
    }
  })
}

function stateOf(
  { refund_time, item_status }: CertificateRecord,
  { isPaid, statuses }: { isPaid: boolean; statuses: Statuses },
): VoucherState {
  if (refund_time !== undefined) return 'refunded'
  if (!isPaid) return 'unpaid'
  return statuses[String(item_status)] ?? 'paid'
}

/** Numbers of certificates nobody has named yet, each once. */
export function unnamedStatuses(order: OrderRecord, statuses: Statuses): number[] {
  const seen = (order.certificate ?? [])
    .filter(({ refund_time }) => refund_time === undefined)
    .flatMap(({ item_status }) => item_status ?? [])
  return [...new Set(seen)].filter((number) => statuses[String(number)] === undefined)
}
