/** 抖音来客 (Douyin life services): voucher orders, their certificates, refunds, messages and SPI calls. */
import type { Connector } from '#src/contracts/connector.ts'
import { connectorId } from './api.ts'
import { authorize } from './authorize.ts'
import { check } from './check.ts'
import { agreeRefund, refuseRefund } from './commands.ts'
import { type DouyinLifeConfig, douyinLifeConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'
import { parse, reply, verify } from './push.ts'
import { scrub } from './scrub.ts'

export const douyinLife: Connector<DouyinLifeConfig> = {
  id: connectorId,
  label: '抖音来客',
  role: 'channel',
  platform: 'douyin-life',
  config: douyinLifeConfig,
  hosts: (config) => [new URL(config.baseUrl).host],
  authorize,
  push: { verify, parse, reply },
  channelShopId: (config) => config.accountId,
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, context) =>
    // The compiler cannot follow a generic kind through a table of functions.
    (kind === 'orders' ? normalizeOrder(record, context) : normalizeRefund(record, context.shop.id)) as never,
  scrub,
  commands: { agreeRefund, refuseRefund },
  orderUrl: ({ orderNo }, config) => ({
    url: config.orderUrl.replaceAll('{orderNo}', encodeURIComponent(orderNo)),
  }),
  check,
}
