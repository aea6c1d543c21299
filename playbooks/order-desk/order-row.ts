import type { Order } from '#src/contracts/canonical.ts'
import type { DeepLink } from '#src/contracts/connector.ts'
import type { RowOf } from '#src/contracts/table.ts'
import type { orders } from '../../bitable-schemas/index.ts'
import { buyerWord, platformWord, productWord, quantityOf, statusWord, voucherStates } from './order-words.ts'

const firstOf = (values: (string | undefined)[]): string | null =>
  values.find((v) => v !== undefined && v !== '') ?? null

interface Around {
  shopName: string
  link: DeepLink | undefined
  trace: string
}

/** What the order's row in 订单 says; follow-up fields are not here, they belong to people. */
export function orderRow(order: Order, around: Around): RowOf<typeof orders> {
  const { times } = order
  const verified = order.vouchers.filter((v) => v.state === 'verified').length
  return {
    status: statusWord(order),
    channel: platformWord(order.platform),
    shop: around.shopName,
    kind: order.kind === 'voucher' ? '套餐券' : '实物',
    platformStatus: order.statusText,
    product: productWord(order),
    quantity: quantityOf(order),
    total: order.amounts.total,
    paid: order.amounts.paid,
    buyer: buyerWord(order),
    voucherStates: voucherStates(order),
    vouchersVerified: order.vouchers.length === 0 ? null : verified,
    vouchersTotal: order.vouchers.length === 0 ? null : order.vouchers.length,
    createdAt: times.created,
    paidAt: times.paid ?? null,
    bookedAt: times.booked ?? null,
    verifiedAt: times.verified ?? null,
    completedAt: times.completed ?? null,
    refundedAt: times.refunded ?? null,
    room: firstOf([order.live.roomId, ...order.lines.map((l) => l.roomId)]),
    author: firstOf([
      order.live.authorName,
      order.live.authorId,
      ...order.lines.map((l) => l.authorName ?? l.authorId),
    ]),
    orderLink: around.link === undefined ? null : { text: '查看订单', url: around.link.url },
    trace: around.trace,
  }
}
