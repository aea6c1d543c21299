import { z } from 'zod'
import { baseUrl } from '../kit/base-url.ts'

/** One shop on Pinduoduo. */
export const pinduoduoConfig = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  baseUrl: baseUrl.default('https://gw-api.pinduoduo.com'),
  /** Access token of the shop; later ones come from refreshing. */
  accessToken: z.string().min(1).optional(),
  refreshToken: z.string().min(1).optional(),
  /** Code the authorisation page handed back; works once, for ten minutes. */
  authorizationCode: z.string().min(1).optional(),
  /** Address buyers send goods back to; without it returns are agreed to by a person. */
  returnAddressId: z.string().min(1).optional(),
})

export type PinduoduoConfig = z.infer<typeof pinduoduoConfig>
