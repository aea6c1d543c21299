import { z } from 'zod'
import { baseUrl } from '../kit/base-url.ts'

/** One shop on JD. */
export const jdConfig = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  baseUrl: baseUrl.default('https://api.jd.com'),
  tokenUrl: baseUrl.default('https://open-oauth.jd.com'),
  /** Access token of the shop; later ones come from refreshing. */
  accessToken: z.string().min(1).optional(),
  refreshToken: z.string().min(1).optional(),
  /** Decisions are sent only when this is set: their parameters are UNVERIFIED. */
  refundCommands: z.boolean().default(false),
})

export type JdConfig = z.infer<typeof jdConfig>
