/** 小红书 (Xiaohongshu): orders, after-sales, pushes and the shop's decisions. */
import type { Connector } from '#src/contracts/connector.ts'
import { connectorId } from './api.ts'
import { authorize } from './authorize.ts'
import { check } from './check.ts'
import { agreeRefund, agreeReturn, refuseRefund } from './commands.ts'
import { type XiaohongshuConfig, xiaohongshuConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'
import { parse, reply, verify } from './push.ts'
import { scrub } from './scrub.ts'

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const xiaohongshu: Connector<XiaohongshuConfig> = {
  id: connectorId,
  label: '小红书',
  role: 'channel',
  platform: 'xiaohongshu',
  config: xiaohongshuConfig,
  hosts: (config) => [new URL(config.baseUrl).host],
  authorize,
  push: { verify, parse, reply },
  channelShopId: (config) => config.sellerId ?? '',
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, { shop }) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, shop.id) as never,
  scrub,
  commands: { agreeRefund, refuseRefund, agreeReturn },
  // The address of one order's page is not known for sure: its list is opened.
  orderUrl: () => ({ url: 'https://ark.xiaohongshu.com/app-order/order/query' }),
  check,
}
