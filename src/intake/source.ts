import type { AnyConnector, ConnectorDeps, ConnectorLog, Http, Shop } from '#src/contracts/connector.ts'
import type { Role } from './merge.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** One shop seen through one connector, e.g. the shop on its channel, or its orders in the ERP. */
export interface IntakeSource {
  shop: Shop
  connector: AnyConnector
  /** Parsed by the connector's own schema. */
  config: unknown
  /** Id of the system it belongs to, when several shops share one account there: they share its token too. */
  account?: string
}

export interface ConnectorDepsOptions {
  tokens: TokenKeeper
  http(source: IntakeSource): Http
  now(): number
  log: ConnectorLog
}

/** What a connector is given to work with for one shop. */
export function connectorDeps(
  options: ConnectorDepsOptions,
  source: IntakeSource,
  signal?: AbortSignal,
): ConnectorDeps<unknown> {
  const { shop, connector, config } = source
  return {
    config,
    shop,
    http: options.http(source),
    now: options.now,
    log: options.log,
    token: () => (connector.authorize === undefined ? Promise.resolve('') : options.tokens.token(source)),
    ...(signal === undefined ? {} : { signal }),
  }
}

/** `shop/connector`: how a source is named in logs, metrics and locks. */
export const sourceName = (source: IntakeSource) => `${source.shop.id}/${source.connector.id}`

/** Roles of the connectors of an installation, for merging. */
export function rolesOf(sources: readonly IntakeSource[]): (connectorId: string) => Role {
  const roles = new Map(sources.map(({ connector }) => [connector.id, connector.role]))
  return (id) => roles.get(id) ?? 'file'
}
