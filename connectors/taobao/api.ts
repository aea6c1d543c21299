import type { ConnectorDeps } from '#src/contracts/connector.ts'
import { callTop, type TopAnswer, type TopCall } from '../kit/top/call.ts'
import type { TaobaoConfig } from './config.ts'

export const connectorId = 'taobao'

export type Deps = ConnectorDeps<TaobaoConfig>

/** A call as the shop. @throws AppError */
export function call(deps: Deps, wanted: Omit<TopCall, 'connector'>): Promise<TopAnswer> {
  return callTop(deps, { connector: connectorId, ...wanted })
}
