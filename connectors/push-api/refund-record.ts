import { z } from 'zod'
import { refundKind, refundStage } from '#src/contracts/canonical.ts'
import { id, money, text, time } from './wire.ts'

/** A refund as senders write it. `refundNo` is the platform's after-sale number. */
export const refundRecord = z.strictObject({
  type: z.literal('refund'),
  platform: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional(),
  refundNo: id,
  orderNo: id,
  kind: refundKind.default('refund-only'),
  stage: refundStage,
  statusText: text.optional(),
  updatedAt: time,
  requestedAt: time,
  deadline: time.optional(),
  refundedAt: time.optional(),
  amount: money,
  refundedAmount: money.optional(),
  reason: text.optional(),
})
