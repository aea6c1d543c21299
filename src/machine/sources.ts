import type { Config, ShopConfig, SystemConfig } from '#src/config.ts'
import type { AnyConnector } from '#src/contracts/connector.ts'
import { ConfigError } from '#src/errors.ts'
import type { IntakeSource } from '#src/intake/source.ts'

export interface Sources {
  /** Every (shop, connector) pair: where commands and single fetches go. */
  all: IntakeSource[]
  /** What is pulled: a shop's channel, and each ERP account once however many shops are booked in it. */
  pulled: IntakeSource[]
  /** Hosts the connectors may call. */
  hosts: string[]
}

interface Reading {
  connectors: readonly AnyConnector[]
  problems: string[]
}

function parse(
  reading: Reading,
  owner: string,
  connectorId: string,
  raw: unknown,
): { connector: AnyConnector; config: unknown } | undefined {
  const connector = reading.connectors.find((c) => c.id === connectorId)
  if (connector === undefined) {
    const known = reading.connectors.map((c) => c.id).join(', ')
    reading.problems.push(`${owner}: no connector "${connectorId}"; there are ${known} 没有这个连接器`)
    return undefined
  }
  const result = connector.config.safeParse(raw)
  if (result.success) return { connector, config: result.data }
  for (const issue of result.error.issues) {
    reading.problems.push(`${owner} (${connectorId}): ${issue.path.map(String).join('.')}: ${issue.message}`)
  }
  return undefined
}

function shopSource(reading: Reading, shop: ShopConfig): IntakeSource | undefined {
  const parsed = parse(reading, `shop ${shop.id}`, shop.connector, shop.config)
  return parsed === undefined ? undefined : { shop: { id: shop.id, name: shop.name }, ...parsed }
}

function erpSource(
  reading: Reading,
  shop: ShopConfig,
  systems: readonly SystemConfig[],
): IntakeSource | undefined {
  if (shop.erpSystem === undefined) return undefined
  const system = systems.find((s) => s.id === shop.erpSystem)
  if (system === undefined) return undefined
  const parsed = parse(reading, `system ${system.id}`, system.connector, system.config)
  return parsed === undefined
    ? undefined
    : { shop: { id: shop.id, name: shop.name }, ...parsed, account: system.id }
}

/** The installation's shops and systems as sources. @throws ConfigError listing every setting a connector refuses */
export function readSources(
  config: Pick<Config, 'shops' | 'systems'>,
  connectors: readonly AnyConnector[],
): Sources {
  const reading: Reading = { connectors, problems: [] }
  const all: IntakeSource[] = []
  const pulled: IntakeSource[] = []
  const accounts = new Set<string>()
  for (const shop of config.shops) {
    const channel = shopSource(reading, shop)
    if (channel !== undefined) {
      all.push(channel)
      pulled.push(channel)
    }
    const erp = erpSource(reading, shop, config.systems)
    if (erp === undefined) continue
    all.push(erp)
    const account = erp.account ?? shop.id
    if (!accounts.has(account)) pulled.push(erp)
    accounts.add(account)
  }
  if (reading.problems.length > 0) throw new ConfigError([...new Set(reading.problems)])
  const hosts = [...new Set(all.flatMap((s) => s.connector.hosts(s.config)))]
  return { all, pulled, hosts }
}
