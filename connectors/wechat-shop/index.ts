/** 微信小店 (视频号小店, WeChat Channels shop): orders, refunds, the shop's decisions and encrypted pushes. */
import type { Connector } from '#src/contracts/connector.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'
import { call, connectorId } from './api.ts'
import { authorize } from './authorize.ts'
import { agreeRefund, agreeReturn, refuseRefund } from './commands.ts'
import { type WechatShopConfig, wechatShopConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'
import { echo, parse, reply, verify } from './push.ts'

/** Receivers stand in address_info, which goes as a whole; notes are kept with numbers masked. */
const gone: Keep = () => undefined
const kept = new Map<string, Keep>([
  ['customer_notes', maskedWords],
  ['merchant_notes', maskedWords],
  ['user_name', gone],
  ['detail_info', gone],
  ['house_number', gone],
  ['unionid', gone],
])

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const wechatShop: Connector<WechatShopConfig> = {
  id: connectorId,
  label: '微信小店',
  role: 'channel',
  platform: 'wechat-shop',
  config: wechatShopConfig,
  hosts: (config) => [new URL(config.baseUrl).host],
  authorize,
  push: { verify, echo, parse, reply },
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, { shop }) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, shop.id) as never,
  scrub: (record) => withoutPersonalData(record, kept),
  commands: { agreeRefund, refuseRefund, agreeReturn },
  /** UNVERIFIED: the address of one order; the list is certain. */
  orderUrl: () => ({ url: 'https://store.weixin.qq.com/shop/order/list' }),
  /** One small list call proves app, secret and token; nothing names the shop without another permission. */
  async check(deps) {
    const end_time = Math.floor(deps.now() / 1000)
    const { response } = await call(deps, {
      path: '/channels/ec/order/list/get',
      body: { update_time_range: { start_time: end_time - 60, end_time }, page_size: 1 },
      reads: true,
    })
    return { shopName: deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
  },
}
