import { z } from 'zod'
import { orderStatus, voucherState } from '#src/contracts/canonical.ts'
import { id, money, text, time } from './wire.ts'

const line = z.strictObject({
  lineId: id.optional(),
  productId: text.optional(),
  title: text,
  sku: text.optional(),
  quantity: z.int().positive().default(1),
  amount: money,
  paid: money.optional(),
  authorId: text.optional(),
  authorName: text.optional(),
})

const voucher = z.strictObject({
  certificateId: id,
  lineId: id.optional(),
  state: voucherState,
  validFrom: time.optional(),
  validUntil: time.optional(),
  bookedAt: time.optional(),
  verifiedAt: time.optional(),
  refundedAt: time.optional(),
})

/** An order as senders write it; unknown members are refused, so that a typo is found. */
export const orderRecord = z.strictObject({
  type: z.literal('order'),
  platform: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional(),
  orderNo: id,
  status: orderStatus,
  statusText: text.optional(),
  kind: z.enum(['goods', 'voucher']).optional(),
  updatedAt: time,
  createdAt: time,
  paidAt: time.optional(),
  bookedAt: time.optional(),
  shippedAt: time.optional(),
  verifiedAt: time.optional(),
  completedAt: time.optional(),
  cancelledAt: time.optional(),
  refundedAt: time.optional(),
  total: money,
  paid: money.optional(),
  freight: money.optional(),
  platformDiscount: money.optional(),
  sellerDiscount: money.optional(),
  buyer: z.strictObject({ name: text, phone: text, id: text, words: text }).partial().optional(),
  sellerWords: text.optional(),
  lines: z.array(line).max(500).default([]),
  vouchers: z.array(voucher).max(500).default([]),
  live: z.strictObject({ roomId: text, authorId: text, authorName: text }).partial().optional(),
})

export type OrderRecord = z.infer<typeof orderRecord>
