/** 数据推送 (push API): orders and refunds that scripts, crawlers, RPA or other systems hand to us, signed. */
import type { Connector } from '#src/contracts/connector.ts'
import { masked } from '../kit/masked.ts'
import { maskedCode } from '../kit/masked-code.ts'
import { type Keep, withoutPersonalData } from '../kit/without-personal-data.ts'
import { type PushApiConfig, pushApiConfig } from './config.ts'
import { readDelivery, verifyDelivery } from './delivery.ts'
import { normalizeOrder, normalizeRefund } from './normalize.ts'

const kept = new Map<string, Keep>([
  ['name', masked],
  ['phone', masked],
  ['certificateId', maskedCode],
])

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const pushApi: Connector<PushApiConfig> = {
  id: 'push-api',
  label: '数据推送',
  role: 'channel',
  platform: 'push-api',
  config: pushApiConfig,
  hosts: () => [],
  accept: { verify: verifyDelivery, read: readDelivery },
  // Nothing can be asked for here: what is known is what was handed in.
  resources: {},
  async *pull() {},
  fetch: async () => null,
  normalize: (kind, record, context) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, context) as never,
  scrub: (record) => withoutPersonalData(record, kept),
  commands: {},
  check: async ({ shop }) => ({ shopName: shop.name, clockSkewMs: 0 }),
}
