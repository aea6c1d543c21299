import { z } from 'zod'
import { baseUrl } from '../kit/base-url.ts'

/** One shop of WeChat Channels (视频号小店, 微信小店): it is an app of its own. */
export const wechatShopConfig = z.strictObject({
  appId: z.string().min(1),
  appSecret: z.string().min(1),
  baseUrl: baseUrl.default('https://api.weixin.qq.com'),
  /** Token (令牌) and EncodingAESKey of 消息推送. Without both pushes are refused and the shop is polled. */
  pushToken: z.string().min(1).optional(),
  encodingAesKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/, 'must be the 43 characters of EncodingAESKey')
    .optional(),
  /** reject_reason_type sent with a refusal when the decision names none. */
  rejectReasonType: z.string().regex(/^\d+$/).optional(),
  /** Address buyers send goods back to; without it returns are agreed to by a person. */
  returnAddressId: z.string().regex(/^\d+$/).optional(),
})

export type WechatShopConfig = z.infer<typeof wechatShopConfig>
