/** 抖店 (Doudian): orders, after-sales, decisions and pushes of one shop. */
import type { Connector } from '#src/contracts/connector.ts'
import { connectorId } from './api.ts'
import { authorize } from './authorize.ts'
import { check } from './check.ts'
import { agreeRefund, agreeReturn, refuseRefund } from './commands.ts'
import { type DouyinShopConfig, douyinShopConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { orderUrl } from './order-url.ts'
import { pull, resources } from './pull.ts'
import { parse, reply, verify } from './push.ts'
import { scrub } from './scrub.ts'

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const douyinShop: Connector<DouyinShopConfig> = {
  id: connectorId,
  label: '抖店',
  role: 'channel',
  platform: 'douyin',
  config: douyinShopConfig,
  hosts: (config) => [new URL(config.baseUrl).host],
  authorize,
  push: { verify, parse, reply },
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, { shop }) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, shop.id) as never,
  scrub,
  commands: { agreeRefund, refuseRefund, agreeReturn },
  orderUrl,
  channelShopId: (config) => config.shopId,
  check,
}
