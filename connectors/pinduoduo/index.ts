/** 拼多多 (Pinduoduo): orders, refunds and the shop's decisions; no push, it is polled. */
import type { Connector } from '#src/contracts/connector.ts'
import { masked } from '../kit/masked.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'
import { call, connectorId } from './api.ts'
import { authorize } from './authorize.ts'
import { agreeRefund, agreeReturn } from './commands.ts'
import { type PinduoduoConfig, pinduoduoConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'

const kept = new Map<string, Keep>([
  ['receiver_name_mask', masked],
  ['receiver_phone_mask', masked],
])

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const pinduoduo: Connector<PinduoduoConfig> = {
  id: connectorId,
  label: '拼多多',
  role: 'channel',
  platform: 'pinduoduo',
  config: pinduoduoConfig,
  hosts: (config) => [new URL(config.baseUrl).host],
  authorize,
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, { shop }) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, shop.id) as never,
  scrub: (record) => withoutPersonalData(record, kept),
  commands: { agreeRefund, agreeReturn },
  orderUrl: ({ orderNo }) => ({
    url: `https://mms.pinduoduo.com/orders/detail?type=4399&sn=${encodeURIComponent(orderNo)}`,
  }),
  /** One small list call proves id, secret, token and clock; nothing names the shop without another permission. */
  async check(deps) {
    const end_updated_at = Math.floor(deps.now() / 1000)
    const filter = { order_status: 5, refund_status: 5, is_lucky_flag: 0, page: 1, page_size: 1 }
    const { response } = await call(deps, {
      type: 'pdd.order.number.list.increment.get',
      fields: { ...filter, start_updated_at: end_updated_at - 60, end_updated_at },
      reads: true,
    })
    return { shopName: deps.shop.name, clockSkewMs: clockSkewOf(response, deps.now()) }
  },
}
