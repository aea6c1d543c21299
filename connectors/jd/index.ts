/** 京东 (JD): orders, refunds and, switched on by the shop, its decisions; no push, it is polled. */
import type { Connector } from '#src/contracts/connector.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import { connectorId } from './api.ts'
import { authorize } from './authorize.ts'
import { agreeRefund, refuseRefund } from './commands.ts'
import { type JdConfig, jdConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { orderList } from './order-list.ts'
import { pull, resources } from './pull.ts'
import { scrub } from './scrub.ts'

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const jd: Connector<JdConfig> = {
  id: connectorId,
  label: '京东',
  role: 'channel',
  platform: 'jd',
  config: jdConfig,
  hosts: (config) => [new URL(config.baseUrl).host, new URL(config.tokenUrl).host],
  authorize,
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, { shop }) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, shop.id) as never,
  scrub,
  commands: { agreeRefund, refuseRefund },
  orderUrl: ({ orderNo }) => ({
    url: `https://shop.jd.com/jdm/trade/orders/order-details?orderId=${encodeURIComponent(orderNo)}`,
  }),
  /** One small list call proves key, secret, token and clock; nothing names the shop without another permission. */
  async check(deps) {
    const { response } = await orderList(deps, {
      start_date: gmt8FromInstant(deps.now() - 60_000),
      end_date: gmt8FromInstant(deps.now()),
      page: '1',
      page_size: '1',
    })
    return { shopName: deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
  },
}
