/** 旺店通 (Wangdiantong), flagship and enterprise: orders and refunds of the ERP, and decisions written back to it. */
import type { Connector } from '#src/contracts/connector.ts'
import { check } from './check.ts'
import { writeBackRefund } from './commands.ts'
import { addressOf, type WangdiantongConfig, wangdiantongConfig } from './config.ts'
import { fetchRecord } from './fetch.ts'
import { normalizeOrder } from './normalize-order.ts'
import { normalizeRefund } from './normalize-refund.ts'
import { pull, resources } from './pull.ts'
import { connectorId } from './refusal.ts'
import { scrub } from './scrub.ts'

const normalizers = { orders: normalizeOrder, refunds: normalizeRefund }

export const wangdiantong: Connector<WangdiantongConfig> = {
  id: connectorId,
  label: '旺店通',
  role: 'erp',
  platform: 'wangdiantong',
  config: wangdiantongConfig,
  hosts: (config) => [new URL(addressOf(config)).host],
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
