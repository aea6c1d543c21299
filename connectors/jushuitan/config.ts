import { z } from 'zod'
import { baseUrl } from '../kit/base-url.ts'

/** Which of our shops one shop of the ERP is. */
const mappedShop = z.strictObject({
  /** Our shop id, from huiliu.config.ts. */
  shopId: z.string().min(1),
  /** First half of its orders' identity, e.g. `douyin`. */
  platform: z.string().min(1),
  /** Connector of that channel, e.g. `douyin-shop`: under its id the platform's after-sale number is noted. */
  connector: z.string().min(1).optional(),
})

/** One Jushuitan account. Without a token or code, a token is asked for as a self-built app may. */
export const jushuitanConfig = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  baseUrl: baseUrl.default('https://openapi.jushuitan.com'),
  /** Used first when given; later ones come from refreshing. */
  accessToken: z.string().min(1).optional(),
  refreshToken: z.string().min(1).optional(),
  /** Code the authorisation page handed back; works once. */
  authorizationCode: z.string().min(1).optional(),
  /** Shop number in the ERP → our shop. Records of other shops are not read. */
  shops: z.record(z.string().regex(/^\d+$/), mappedShop),
})

export type JushuitanConfig = z.infer<typeof jushuitanConfig>
