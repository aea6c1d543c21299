import { z } from 'zod'
import type { RecordKind } from '#src/contracts/canonical.ts'
import type { Page, ResourcePlan, Window } from '#src/contracts/connector.ts'
import { lastPageFirst, splitWindow } from '../kit/pagers.ts'
import { readEnvelope } from '../kit/read-reply.ts'
import { gmt8FromInstant } from '../kit/time.ts'
import { count, optionalId, optionalText } from '../kit/top/wire.ts'
import { call, connectorId, type Deps } from './api.ts'
import { orderFields } from './order-record.ts'
import { refundFields } from './refund-record.ts'

const size = 100
const minute = 60_000
const day = 86_400_000

/** TOP docs: at most a day at once, half an hour advised; trades of the last three months. */
export const resources: Record<RecordKind, ResourcePlan> = {
  orders: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 89 * day },
  refunds: { maxWindowMs: day, overlapMs: 5 * minute, lookbackMs: 89 * day },
}

const advisedWindowMs = 30 * minute

const queries = {
  orders: {
    method: 'taobao.trades.sold.increment.get',
    fields: orderFields,
    list: z
      .object({
        trades: z.object({ trade: z.array(z.unknown()).nullish() }).nullish(),
        total_results: count.nullish(),
      })
      .transform((reply) => ({ records: reply.trades?.trade ?? [], total: reply.total_results ?? 0 })),
  },
  refunds: {
    method: 'taobao.refunds.receive.get',
    fields: refundFields,
    list: z
      .object({
        refunds: z.object({ refund: z.array(z.unknown()).nullish() }).nullish(),
        total_results: count.nullish(),
      })
      .transform((reply) => ({ records: reply.refunds?.refund ?? [], total: reply.total_results ?? 0 })),
  },
} as const

/** Pages of what changed in the window, each part read from its last page so that nothing slips while records move. */
export async function* pull(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  for (const part of splitWindow(window, advisedWindowMs)) yield* pullPart(kind, part, deps)
}

/** Both ends count there, and times are whole seconds; our windows are half open. */
const lastSecondBefore = (to: number) => Math.ceil(to / 1000) * 1000 - 1000

const listed = z.object({ tid: optionalId, refund_id: optionalId, modified: optionalText })

async function* pullPart(kind: RecordKind, window: Window, deps: Deps): AsyncGenerator<Page> {
  const { method, fields, list } = queries[kind]
  const read = async (page: number, asked: { fields: string; size: number }) => {
    const { data } = await call(deps, {
      method,
      fields: {
        fields: asked.fields,
        start_modified: gmt8FromInstant(window.from),
        end_modified: gmt8FromInstant(lastSecondBefore(window.to)),
        page_no: page,
        page_size: asked.size,
        use_has_next: false,
      },
      reads: true,
    })
    return readEnvelope(list, data ?? {}, { connector: connectorId, operation: method })
  }
  yield* lastPageFirst({
    firstPage: 1,
    size,
    signal: deps.signal,
    keyOf,
    count: async () => (await read(1, { fields: kind === 'orders' ? 'tid' : 'refund_id', size: 1 })).total,
    read: (page) => read(page, { fields, size }),
  })
}

/** An unreadable record still gets a key of its own, so that it reaches the machine and is parked there. */
function keyOf(record: unknown): string {
  const seen = listed.safeParse(record).data
  const number = seen?.refund_id ?? seen?.tid
  return number === undefined ? JSON.stringify(record) : `${number}@${seen?.modified ?? ''}`
}
