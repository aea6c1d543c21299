/** Deps for calling a connector directly: real HTTP, a token kept in memory, a clock that stands still or is given. */
import type { Connector, ConnectorDeps, Http, Page, Token } from '#src/contracts/connector.ts'
import { fetchHttp } from '../support/fetch-http.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

export interface DepsOptions<C> {
  config: C
  now?: () => number
  /** Used as it is; without it the connector authorises itself. */
  token?: string
  http?: Http
}

export function depsFor<C>(connector: Connector<C>, options: DepsOptions<C>): ConnectorDeps<C> {
  const now = options.now ?? Date.now
  const base = {
    config: options.config,
    shop: { id: 'shop-a', name: '示例店铺' },
    http: options.http ?? fetchHttp,
    now,
    log: silent,
  }
  let kept: Promise<Token> | undefined
  return {
    ...base,
    async token() {
      if (options.token !== undefined) return options.token
      kept ??= connector.authorize?.(base)
      return (await kept)?.accessToken ?? ''
    },
  }
}

export async function recordsOf(pages: AsyncIterable<Page>): Promise<unknown[]> {
  const records: unknown[] = []
  for await (const page of pages) records.push(...page.records)
  return records
}

export const refundCommand = {
  refundNo: '142456789012345678',
  orderNo: '6932876041925000101',
  ref: '142456789012345678',
  amount: 19800,
  kind: 'refund-only',
  reason: '行程有变',
  remark: '审批通过：王芳',
} as const
