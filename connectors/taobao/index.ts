/** 淘宝/天猫 (Taobao and Tmall, through TOP): orders, refunds and the shop's decisions; no push, it is polled. */
import type { Connector } from '#src/contracts/connector.ts'
import { masked } from '../kit/masked.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { authorizeTop } from '../kit/top/authorize.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'
import { call, connectorId } from './api.ts'
import { agreeRefund, agreeReturn, refuseRefund } from './commands.ts'
import { type TaobaoConfig, taobaoConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'

const kept = new Map<string, Keep>([
  ['receiver_name', masked],
  ['receiver_mobile', masked],
  ['receiver_phone', masked],
])

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const taobao: Connector<TaobaoConfig> = {
  id: connectorId,
  label: '淘宝/天猫',
  role: 'channel',
  platform: 'taobao',
  config: taobaoConfig,
  hosts: (config) => [new URL(config.baseUrl).host, new URL(config.tokenUrl).host],
  authorize: (deps, previous) => authorizeTop(connectorId, deps, previous),
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, { shop }) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, shop.id) as never,
  scrub: (record) => withoutPersonalData(record, kept),
  commands: { agreeRefund, refuseRefund, agreeReturn },
  orderUrl: ({ orderNo }) => ({
    url: `https://trade.taobao.com/trade/detail/trade_order_detail.htm?biz_order_id=${encodeURIComponent(orderNo)}`,
  }),
  /** One small list call proves key, secret, session and clock; nothing names the shop without another permission. */
  async check(deps) {
    const fields = { fields: 'tid', page_size: 1 }
    const { response } = await call(deps, { method: 'taobao.trades.sold.get', fields, reads: true })
    return { shopName: deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
  },
}
