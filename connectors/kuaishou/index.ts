/** 快手小店 (Kuaishou shops): orders, refunds, encrypted messages and the shop's decisions. */
import type { Connector } from '#src/contracts/connector.ts'
import { masked } from '../kit/masked.ts'
import { clockSkewOf } from '../kit/platform-error.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'
import { call, connectorId } from './api.ts'
import { authorize } from './authorize.ts'
import { agreeRefund, agreeReturn, refuseRefund } from './commands.ts'
import { type KuaishouConfig, kuaishouConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'
import { parse, reply, verify } from './push.ts'

const kept = new Map<string, Keep>([
  ['desensitiseConsignee', masked],
  ['desensitiseMobile', masked],
  ['buyerNick', masked],
])

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const kuaishou: Connector<KuaishouConfig> = {
  id: connectorId,
  label: '快手小店',
  role: 'channel',
  platform: 'kuaishou',
  config: kuaishouConfig,
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
  scrub: (record) => withoutPersonalData(record, kept),
  commands: { agreeRefund, refuseRefund, agreeReturn },
  /** UNVERIFIED: the address of one order; the list is certain, and finds it by its number. */
  orderUrl: ({ orderNo }) => ({
    url: `https://s.kwaixiaodian.com/zone/order/list?oid=${encodeURIComponent(orderNo)}`,
  }),
  /** The shop's name proves key, secret, token and clock. UNVERIFIED: the name's member. */
  async check(deps) {
    const { data, response } = await call(deps, { method: 'open.shop.info.get', param: {}, reads: true })
    const { shopName } = (data ?? {}) as { shopName?: unknown }
    return {
      shopName: typeof shopName === 'string' && shopName !== '' ? shopName : deps.shop.name,
      clockSkewMs: clockSkewOf(response, deps.now()),
    }
  },
}
