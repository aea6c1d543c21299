/** 聚水潭 (Jushuitan): orders and refunds of the ERP, and decisions written back to it. */
import type { Connector } from '#src/contracts/connector.ts'
import { connectorId } from './api.ts'
import { authorize } from './authorize.ts'
import { check } from './check.ts'
import { writeBackRefund } from './commands.ts'
import { type JushuitanConfig, jushuitanConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'
import { scrub } from './scrub.ts'

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const jushuitan: Connector<JushuitanConfig> = {
  id: connectorId,
  label: '聚水潭',
  role: 'erp',
  platform: 'jushuitan',
  config: jushuitanConfig,
  hosts: (config) => [new URL(config.baseUrl).host],
  authorize,
  resources,
  pull,
  fetch: fetchRecord,
  normalize: (kind, record, { config }) =>
    // The compiler cannot follow a generic kind through a table of functions.
    normalizers[kind](record, config) as never,
  scrub,
  commands: { writeBackRefund },
  check,
}
