/** Wangdiantong's two transports behind one call: what differs is where parameters stand and how they are signed. */
import type { ConnectorDeps, HttpResponse } from '#src/contracts/connector.ts'
import { callEnterprise } from './call-enterprise.ts'
import { callFlagship } from './call-flagship.ts'
import type { WangdiantongConfig } from './config.ts'

export type Deps = ConnectorDeps<WangdiantongConfig>

export interface Call {
  /** `sales.TradeQuery.queryWithDetail` or `trade_query.php` */
  name: string
  /** Business parameters; lists are only sent by writes. */
  fields: Readonly<Record<string, unknown>>
  page?: { no: number; size: number }
  /** True for calls that change nothing. */
  reads: boolean
}

export interface Answer {
  /** Flagship: `data`. Enterprise: the whole reply. */
  data: unknown
  response: HttpResponse
}

/** @throws AppError */
export function callErp(deps: Deps, call: Call): Promise<Answer> {
  return deps.config.edition === 'flagship' ? callFlagship(deps, call) : callEnterprise(deps, call)
}
