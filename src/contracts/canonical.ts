/**
 * Orders and refunds in our own shape, whatever channel they come from. Money is integer fen (safe integers, not
 * bigint: see docs/decisions), time is ms since the epoch, ids are text.
 */
import { z } from 'zod'

/** Integer fen (1/100 yuan). */
export const fen = z.number().int().safe()
/** Milliseconds since the epoch. */
export const instant = z.number().int().nonnegative().safe()

/** Where an order stands, from the seller's point of view. */
export const orderStatus = z.enum([
  'unpaid',
  'paid',
  'partly-shipped',
  'shipped',
  'booked',
  'completed',
  'cancelled',
  'refunded',
  'unknown',
])
export type OrderStatus = z.infer<typeof orderStatus>

/** One certificate (券) of a voucher order. Paying is not fulfilling. */
export const voucherState = z.enum([
  'unpaid',
  'paid',
  'booked',
  'verified',
  'expired',
  'refunding',
  'refunded',
])
export type VoucherState = z.infer<typeof voucherState>

export const voucher = z.object({
  certificateId: z.string().min(1),
  lineId: z.string().optional(),
  state: voucherState,
  validFrom: instant.optional(),
  validUntil: instant.optional(),
  bookedAt: instant.optional(),
  verifiedAt: instant.optional(),
  refundedAt: instant.optional(),
})
export type Voucher = z.infer<typeof voucher>

export const orderLine = z.object({
  lineId: z.string().min(1),
  productId: z.string(),
  title: z.string(),
  sku: z.string().optional(),
  quantity: z.number().int().positive(),
  /** List price of the whole line. */
  amount: fen,
  /** What the buyer paid for the whole line. */
  paid: fen,
  roomId: z.string().optional(),
  authorId: z.string().optional(),
  authorName: z.string().optional(),
  refundState: z.string().optional(),
})
export type OrderLine = z.infer<typeof orderLine>

export const order = z.object({
  /** Identity is (platform, orderNo), not the connector that brought it. */
  platform: z.string().min(1),
  orderNo: z.string().min(1),
  shopId: z.string().min(1),
  kind: z.enum(['goods', 'voucher']),
  status: orderStatus,
  /** The channel's own word for the status, shown as it is when we know no better. */
  statusText: z.string(),
  /** Source time of this copy in ms: an older copy never overwrites a newer one. */
  version: instant,
  times: z.object({
    created: instant,
    paid: instant.optional(),
    booked: instant.optional(),
    shipped: instant.optional(),
    verified: instant.optional(),
    completed: instant.optional(),
    cancelled: instant.optional(),
    refunded: instant.optional(),
    updated: instant,
  }),
  /** IANA zone the channel's times are meant in. */
  timeZone: z.string().default('Asia/Shanghai'),
  amounts: z.object({ total: fen, paid: fen, freight: fen, platformDiscount: fen, sellerDiscount: fen }),
  buyer: z.object({
    /** Already masked by the channel; never the original. */
    name: z.string().optional(),
    phone: z.string().optional(),
    id: z.string().optional(),
    words: z.string().optional(),
  }),
  sellerWords: z.string().optional(),
  lines: z.array(orderLine),
  vouchers: z.array(voucher),
  live: z.object({
    roomId: z.string().optional(),
    authorId: z.string().optional(),
    authorName: z.string().optional(),
  }),
})
export type Order = z.infer<typeof order>

export const refundKind = z.enum(['refund-only', 'return-and-refund', 'exchange', 'other'])

/**
 * agreed (已同意), refunding (退款中) and refunded (已退款) are different states; refunded is only ever set from
 * the other side's confirmation.
 */
export const refundStage = z.enum([
  'requested',
  'waiting-return',
  'agreed',
  'refunding',
  'refunded',
  'refused',
  'withdrawn',
  'failed',
  'unknown',
])
export type RefundStage = z.infer<typeof refundStage>

export const refund = z.object({
  platform: z.string().min(1),
  /** The platform's after-sale number, or `<connector>:<its number>` while the platform has none. */
  refundNo: z.string().min(1),
  orderNo: z.string().min(1),
  shopId: z.string().min(1),
  kind: refundKind,
  stage: refundStage,
  statusText: z.string(),
  version: instant,
  amount: fen,
  /** What was really paid back, once the platform says so. */
  refundedAmount: fen.optional(),
  reason: z.string().default(''),
  times: z.object({
    requested: instant,
    updated: instant,
    deadline: instant.optional(),
    refunded: instant.optional(),
  }),
  /** Who started it there (ERP operator). */
  operator: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  /** Its number in each system that knows it, by connector id. */
  refs: z.record(z.string(), z.string()),
})
export type Refund = z.infer<typeof refund>

export type RecordKind = 'orders' | 'refunds'
export interface RecordOf {
  orders: Order
  refunds: Refund
}
