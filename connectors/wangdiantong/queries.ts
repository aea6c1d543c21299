/** Searching trades and refunds in either edition; answers come in the flagship's names. */
import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { HttpResponse } from '#src/contracts/connector.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { callErp, type Deps } from './api.ts'
import type { WangdiantongConfig } from './config.ts'
import { inFlagshipNames } from './field-names.ts'
import { connectorId } from './refusal.ts'

const operations = {
  flagship: {
    orders: { name: 'sales.TradeQuery.queryWithDetail', from: 'start_time', to: 'end_time' },
    refunds: { name: 'aftersales.refund.Refund.search', from: 'modified_from', to: 'modified_to' },
  },
  enterprise: {
    orders: { name: 'trade_query.php', from: 'start_time', to: 'end_time' },
    refunds: { name: 'refund_query.php', from: 'start_time', to: 'end_time' },
  },
} as const

export const pageSize = 100

export interface Found {
  records: unknown[]
  total: number
  response: HttpResponse
}

export type Wanted =
  /** `yyyy-MM-dd HH:mm:ss`, both ends count */
  { from: string; to: string } | { by: 'src_tid' | 'trade_no' | 'refund_no'; number: string }

const shape = z.object({ list: z.array(z.unknown()).nullish(), total: z.coerce.number().nullish() })

/** One page, counted from 0. @throws AppError */
export async function search(
  deps: Deps,
  kind: RecordKind,
  asked: { wanted: Wanted; page: { no: number; size: number } },
): Promise<Found> {
  const { edition } = deps.config
  const { name, from, to } = operations[edition][kind]
  const { wanted, page } = asked
  const fields = 'by' in wanted ? { [wanted.by]: wanted.number } : { [from]: wanted.from, [to]: wanted.to }
  const { data, response } = await callErp(deps, { name, fields, page, reads: true })
  const named = { connector: connectorId, operation: name }
  const reply = readEnvelope(z.record(z.string(), z.unknown()), data, named)
  const { list, total } = readEnvelope(shape, membersOf(reply, kind, deps.config), named)
  return {
    records: (list ?? []).map((record) => inFlagshipNames(kind, record, deps.config)),
    total: total ?? 0,
    response,
  }
}

function membersOf(reply: Record<string, unknown>, kind: RecordKind, config: WangdiantongConfig): unknown {
  if (config.edition === 'flagship') return { list: reply.order, total: reply.total_count }
  const { trades, refunds, total_count } = config.enterpriseFields
  return { list: reply[kind === 'orders' ? trades : refunds], total: reply[total_count] }
}
