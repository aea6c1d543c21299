import { z } from 'zod'
import { baseUrl } from '../kit/base-url.ts'

/** One shop on Xiaohongshu. */
export const xiaohongshuConfig = z.strictObject({
  appId: z.string().min(1),
  appSecret: z.string().min(1),
  baseUrl: baseUrl.default('https://ark.xiaohongshu.com'),
  /** Used first when given; later ones come from refreshing. */
  accessToken: z.string().min(1).optional(),
  refreshToken: z.string().min(1).optional(),
  /** Code the authorisation page handed back; works once. */
  authorizationCode: z.string().min(1).optional(),
  /** The shop's id over there, when one address takes the pushes of several shops. */
  sellerId: z.string().min(1).optional(),
  /** 退货地址: needed to agree to returns (sellerAddressRecordId). */
  returnAddressId: z.string().regex(/^\d+$/).optional(),
})

export type XiaohongshuConfig = z.infer<typeof xiaohongshuConfig>
