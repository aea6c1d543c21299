import { z } from 'zod'
import type { Order, RecordKind, RecordOf } from '#src/contracts/canonical.ts'
import type {
  Connector,
  ConnectorDeps,
  Http,
  Page,
  RefundCommand,
  Token,
  Window,
} from '#src/contracts/connector.ts'
import { AppError, DataError } from '#src/errors.ts'
import type { IntakeSource } from '#src/intake/source.ts'

/** A channel whose records lie on a shelf in memory: pages, windows, tokens and failures as real ones have. */
export interface Shelf {
  orders: Order[]
  refunds: RecordOf['refunds'][]
  /** Put among the orders of a page: cannot be read. */
  broken: unknown[]
  pageSize: number
  windows: Window[]
  /** Called before each page; throw to fail there. */
  beforePage(page: number): void | Promise<void>
  fetched: string[]
  beforeFetch(externalId: string): void | Promise<void>
  /** Tokens given out so far; only the last one is accepted. */
  tokens: number
  previous: (Token | undefined)[]
  beforeAuthorize(): void | Promise<void>
  commands: RefundCommand[]
  beforeCommand(): void | Promise<void>
  now: number
}

export function createShelf(now: number): Shelf {
  const nothing = () => undefined
  return {
    orders: [],
    refunds: [],
    broken: [],
    pageSize: 2,
    windows: [],
    beforePage: nothing,
    fetched: [],
    beforeFetch: nothing,
    tokens: 0,
    previous: [],
    beforeAuthorize: nothing,
    commands: [],
    beforeCommand: nothing,
    now,
  }
}

const day = 86_400_000
const plan = { maxWindowMs: day, overlapMs: 5 * 60_000, lookbackMs: 30 * day }

export function shelfConnector(shelf: Shelf): Connector {
  const checkToken = async (deps: ConnectorDeps<unknown>) => {
    if ((await deps.token()) === `token-${shelf.tokens}`) return
    throw new AppError('connector_token_rejected', 'the token is not accepted', { retry: 'backoff' })
  }
  return {
    id: 'shelf',
    label: '货架',
    role: 'channel',
    platform: 'shelf',
    config: z.unknown(),
    hosts: () => [],
    authorize: async (_deps, previous) => {
      await shelf.beforeAuthorize()
      shelf.previous.push(previous)
      shelf.tokens += 1
      return { accessToken: `token-${shelf.tokens}`, refreshToken: 'r', expiresAt: shelf.now + day }
    },
    resources: { orders: plan, refunds: plan },
    async *pull(kind, window, deps): AsyncIterable<Page> {
      shelf.windows.push(window)
      await checkToken(deps)
      const changed = recordsOf(shelf, kind).filter(
        ({ version }) => version >= window.from && version < window.to,
      )
      const all: unknown[] = [...changed, ...(kind === 'orders' ? shelf.broken : [])]
      for (let page = 0; page * shelf.pageSize < all.length; page += 1) {
        await shelf.beforePage(page)
        yield { records: all.slice(page * shelf.pageSize, (page + 1) * shelf.pageSize) }
      }
    },
    fetch: async (kind, externalId, deps) => {
      await checkToken(deps)
      await shelf.beforeFetch(externalId)
      shelf.fetched.push(externalId)
      return (
        recordsOf(shelf, kind).find(
          (doc) => ('refundNo' in doc ? doc.refundNo : doc.orderNo) === externalId,
        ) ?? null
      )
    },
    scrub: (record) => record,
    normalize: (_kind, record) => {
      if (typeof record !== 'object' || record === null || !('version' in record))
        throw new DataError('record_unreadable', 'version is missing', { path: 'version' })
      return record as never
    },
    commands: {
      agreeRefund: async (deps, command) => {
        await checkToken(deps)
        await shelf.beforeCommand()
        const already = shelf.commands.some((one) => one.ref === command.ref)
        if (!already) shelf.commands.push(command)
        return { outcome: 'done', already, detail: { ref: command.ref } }
      },
    },
    check: async () => ({ shopName: '货架', clockSkewMs: 0 }),
  }
}

const recordsOf = (shelf: Shelf, kind: RecordKind) => (kind === 'orders' ? shelf.orders : shelf.refunds)

export const noHttp: Http = {
  request: () => Promise.reject(new Error('the shelf needs no network')),
}

export const shelfSource = (shelf: Shelf): IntakeSource => ({
  shop: { id: 'shop-1', name: '一号店' },
  connector: shelfConnector(shelf),
  config: {},
})
