import type { ConnectorDeps } from '#src/contracts/connector.ts'
import { callTop, type TopAnswer, type TopCall } from '../kit/top/call.ts'
import type { FliggyConfig } from './config.ts'

export const connectorId = 'fliggy'

export type Deps = ConnectorDeps<FliggyConfig>

/** A call as the shop. @throws AppError */
export function call(deps: Deps, wanted: Omit<TopCall, 'connector'>): Promise<TopAnswer> {
  return callTop(deps, { connector: connectorId, ...wanted })
}
