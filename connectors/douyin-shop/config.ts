import { z } from 'zod'
import { baseUrl } from '../kit/base-url.ts'

const orderUrl = z.string().includes('{orderNo}', { message: 'needs the placeholder {orderNo}' })

/** One Doudian shop: the app's key and secret, and the shop it was authorised for. */
export const douyinShopConfig = z.strictObject({
  /** 19-digit app key. */
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  /** The platform's own id of the shop. */
  shopId: z.string().min(1),
  baseUrl: baseUrl.default('https://openapi-fxg.jinritemai.com'),
  /** Where 查看订单 leads, one address or one per device; `{orderNo}` is replaced. */
  orderUrlTemplate: z
    .union([
      orderUrl,
      z.strictObject({
        url: orderUrl,
        pcUrl: orderUrl.optional(),
        iosUrl: orderUrl.optional(),
        androidUrl: orderUrl.optional(),
      }),
    ])
    // UNVERIFIED: the list page is known, the detail page's address is not published.
    .default('https://fxg.jinritemai.com/ffa/morder/order/detail?id={orderNo}'),
  /** Address goods are returned to (platform: /address/list); agreeing to a return sends it when set. */
  returnAddressId: z.string().regex(/^\d+$/).optional(),
  /** Ask for the detail of every paid voucher order: only there are its certificates. */
  voucherDetails: z.boolean().default(true),
})

export type DouyinShopConfig = z.infer<typeof douyinShopConfig>
