/** 飞猪 (Fliggy, through TOP): travel or hotel orders and refunds; no push, it is polled. */
import type { Connector } from '#src/contracts/connector.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { authorizeTop } from '../kit/top/authorize.ts'
import { call, connectorId } from './api.ts'
import { type FliggyConfig, fliggyConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'
import { scrub } from './scrub.ts'

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const fliggy: Connector<FliggyConfig> = {
  id: connectorId,
  label: '飞猪',
  role: 'channel',
  platform: 'fliggy',
  config: fliggyConfig,
  hosts: (config) => [new URL(config.baseUrl).host, new URL(config.tokenUrl).host],
  authorize: (deps, previous) => authorizeTop(connectorId, deps, previous),
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, { shop }) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, shop.id) as never,
  scrub,
  commands: {},
  orderUrl: ({ orderNo }) => ({
    url: `https://trade.taobao.com/trade/detail/trade_order_detail.htm?biz_order_id=${encodeURIComponent(orderNo)}`,
  }),
  /** The gateway's clock, as the shop: proves key, secret and session. */
  async check(deps) {
    const { response } = await call(deps, { method: 'taobao.time.get', fields: {}, reads: true })
    return { shopName: deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
  },
}
