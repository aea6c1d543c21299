import { z } from 'zod'
import { baseUrl } from '../kit/base-url.ts'

const aesKey = z
  .base64()
  .refine((text) => Buffer.from(text, 'base64').length === 16, 'must be base64 of 16 bytes')

/** One shop on Kuaishou. */
export const kuaishouConfig = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  /** Signs calls; not the appSecret. */
  signSecret: z.string().min(1),
  baseUrl: baseUrl.default('https://openapi.kwaixiaodian.com'),
  /** Opens pushed messages: 消息私钥 of the app. Without it pushes are refused and the shop is polled. */
  privateKey: aesKey.optional(),
  /** The seller's number (userId), by which messages of one app are told apart. */
  sellerId: z.string().min(1).optional(),
  accessToken: z.string().min(1).optional(),
  refreshToken: z.string().min(1).optional(),
  /** Code the authorisation page handed back; works once, for two minutes. */
  authorizationCode: z.string().min(1).optional(),
  /** How refunds without return are agreed to. UNVERIFIED: which shops may refund directly. */
  agreeWith: z.enum(['approve', 'direct-refund']).default('approve'),
  /** Reason sent with a refusal when the decision names none; the platform lists them per refund. */
  rejectReasonCode: z.string().regex(/^\d+$/).optional(),
  /** Address buyers send goods back to; without it returns are agreed to by a person. */
  returnAddressId: z.string().regex(/^\d+$/).optional(),
})

export type KuaishouConfig = z.infer<typeof kuaishouConfig>
