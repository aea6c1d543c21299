import type { Order, OrderLine, Refund, Voucher } from '#src/contracts/canonical.ts'
import type { Shop } from '#src/contracts/connector.ts'
import { masked } from '../kit/masked.ts'
import { maskedCode } from '../kit/masked-code.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import type { PushApiConfig } from './config.ts'
import { type OrderRecord, orderRecord } from './order-record.ts'
import { refundRecord } from './refund-record.ts'

interface Context {
  shop: Shop
  config: PushApiConfig
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

/** @throws DataError naming the field */
export function normalizeOrder(record: unknown, { shop, config }: Context): Order {
  const order = readRecord(orderRecord, record, '订单')
  return {
    platform: order.platform ?? config.platform,
    orderNo: order.orderNo,
    shopId: shop.id,
    kind: order.kind ?? (order.vouchers.length > 0 ? 'voucher' : 'goods'),
    status: order.status,
    statusText: order.statusText ?? '',
    version: order.updatedAt,
    times: timesOf(order),
    timeZone: 'Asia/Shanghai',
    amounts: {
      total: order.total,
      paid: order.paid ?? (order.paidAt === undefined ? 0 : order.total),
      freight: order.freight ?? 0,
      platformDiscount: order.platformDiscount ?? 0,
      sellerDiscount: order.sellerDiscount ?? 0,
    },
    buyer: withoutUndefined({
      name: masked(order.buyer?.name),
      phone: masked(order.buyer?.phone),
      id: order.buyer?.id,
      words: words(order.buyer?.words),
    }),
    ...withoutUndefined({ sellerWords: words(order.sellerWords) }),
    lines: order.lines.map((line, index) => lineOf(line, `${order.orderNo}-${index + 1}`)),
    vouchers: order.vouchers.map(voucherOf),
    live: withoutUndefined(order.live ?? {}),
  }
}

function timesOf(order: OrderRecord): Order['times'] {
  const { createdAt, paidAt, bookedAt, shippedAt, verifiedAt, completedAt, cancelledAt, refundedAt } = order
  return {
    created: createdAt,
    ...withoutUndefined({
      paid: paidAt,
      booked: bookedAt,
      shipped: shippedAt,
      verified: verifiedAt,
      completed: completedAt,
      cancelled: cancelledAt,
      refunded: refundedAt,
    }),
    updated: order.updatedAt,
  }
}

function lineOf(line: OrderRecord['lines'][number], fallbackId: string): OrderLine {
  return {
    lineId: line.lineId ?? fallbackId,
    productId: line.productId ?? '',
    title: line.title,
    quantity: line.quantity,
    amount: line.amount,
    paid: line.paid ?? line.amount,
    ...withoutUndefined({ sku: line.sku, authorId: line.authorId, authorName: line.authorName }),
  }
}

function voucherOf(voucher: OrderRecord['vouchers'][number]): Voucher {
  const { certificateId, state, ...rest } = voucher
  return { certificateId: maskedCode(certificateId), state, ...withoutUndefined(rest) }
}

/** @throws DataError naming the field */
export function normalizeRefund(record: unknown, { shop, config }: Context): Refund {
  const refund = readRecord(refundRecord, record, '退款单')
  return {
    platform: refund.platform ?? config.platform,
    refundNo: refund.refundNo,
    orderNo: refund.orderNo,
    shopId: shop.id,
    kind: refund.kind,
    stage: refund.stage,
    statusText: refund.statusText ?? '',
    version: refund.updatedAt,
    amount: refund.amount,
    ...withoutUndefined({ refundedAmount: refund.refundedAmount }),
    reason: maskedWords(refund.reason ?? ''),
    times: {
      requested: refund.requestedAt,
      updated: refund.updatedAt,
      ...withoutUndefined({ deadline: refund.deadline, refunded: refund.refundedAt }),
    },
    refs: {},
  }
}
