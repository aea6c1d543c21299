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

const name = z.string().min(1)

/** How the enterprise edition calls what the flagship edition calls by the key. All UNVERIFIED, so each can be set. */
const enterpriseFields = z.strictObject({
  /** Lists and count of an answer. */
  trades: name.default('trades'),
  refunds: name.default('refunds'),
  total_count: name.default('total_count'),
  /** Members of a trade. */
  src_tids: name.default('src_tids'),
  detail_list: name.default('goods_list'),
  /** Members of a refund. */
  tid_list: name.default('tid'),
  raw_refund_nos: name.default('src_no'),
  status: name.default('process_status'),
  guarantee_refund_amount: name.default('refund_amount'),
  actual_refund_amount: name.default('actual_refund_amount'),
  refund_reason: name.default('reason'),
})

/** One Wangdiantong account of either edition. */
export const wangdiantongConfig = z
  .strictObject({
    edition: z.enum(['flagship', 'enterprise']).default('flagship'),
    /** 卖家账号 */
    sid: name,
    appKey: name,
    /** Flagship: `secret:salt`, as it is handed out. Enterprise: the appsecret. */
    appSecret: name,
    /** Absent: the edition's own address. */
    baseUrl: baseUrl.optional(),
    /** Shop number (shop_no) in the ERP → our shop. Records of other shops are not read. */
    shops: z.record(name, mappedShop),
    /** `always` reads every order again by its platform number: slow, and sure to see each part of a split order. */
    wholeOrders: z.enum(['when-marked', 'always']).default('when-marked'),
    enterpriseFields: enterpriseFields.prefault({}),
  })
  .refine(({ edition, appSecret }) => edition === 'enterprise' || /^[^:]+:[^:]+$/.test(appSecret), {
    path: ['appSecret'],
    message: 'the flagship edition has secret:salt here',
  })

export type WangdiantongConfig = z.infer<typeof wangdiantongConfig>

const addresses = {
  flagship: 'https://wdt.wangdian.cn/openapi',
  enterprise: 'https://api.wangdian.cn/openapi2',
}

/** Address of the account's edition, without a slash at its end. */
export function addressOf({ baseUrl: given, edition }: WangdiantongConfig): string {
  return (given ?? addresses[edition]).replace(/\/+$/, '')
}
