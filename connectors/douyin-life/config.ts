import { z } from 'zod'
import { orderStatus, voucherState } from '#src/contracts/canonical.ts'
import { baseUrl } from '../kit/base-url.ts'

const code = z.string().regex(/^\d{1,6}$/)

/** One merchant account of Douyin life (来客). */
export const douyinLifeConfig = z.strictObject({
  clientKey: z.string().min(1),
  clientSecret: z.string().min(1),
  /** 来客商户根账户 ID */
  accountId: z.string().min(1),
  baseUrl: baseUrl.default('https://open.douyin.com'),
  /** The platform publishes no list of order_status; numbers seen in one's own shop are named here. */
  orderStatuses: z.record(code, orderStatus).default({}),
  /** Likewise for item_status of certificates. */
  certificateStatuses: z.record(code, voucherState).default({}),
  /** Decide refunds over the interface. UNVERIFIED against a real shop, so off until somebody tried it. */
  refundDecisions: z.boolean().default(false),
  /** `{orderNo}` is replaced; the console's own address of an order is not public. */
  orderUrl: z.url({ protocol: /^https$/ }).default('https://life.douyin.com/'),
})

export type DouyinLifeConfig = z.infer<typeof douyinLifeConfig>
