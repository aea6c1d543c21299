/**
 * From trades to orders. The ERP merges platform orders into one trade and splits one over several, so a trade is no
 * order: each platform number becomes one record holding every trade that carries it, and is known by that number only.
 */
import { mapLimited } from '../kit/map-limited.ts'
import type { Deps } from './api.ts'
import { cancelledTrade, listedTrade } from './order-record.ts'
import { pageSize, search } from './queries.ts'

/** More trades than one order is ever split into. */
const mostTrades = pageSize
const callsAtOnce = 4

export interface WholeOrder {
  src_tid: string
  trades: unknown[]
}

interface Part {
  trades: unknown[]
  isMarked: boolean
}

/** `seen` holds the numbers of earlier pages: one that comes again has parts there. */
export async function wholeOrders(
  trades: readonly unknown[],
  seen: Set<string>,
  deps: Deps,
): Promise<unknown[]> {
  const parts = new Map<string, Part>()
  const unreadable: unknown[] = []
  for (const trade of trades) {
    const numbers = orderNumbersOf(trade)
    if (numbers.length === 0) unreadable.push({ trades: [trade] })
    for (const number of numbers) {
      const part = parts.get(number) ?? { trades: [], isMarked: seen.has(number) }
      part.trades.push(trade)
      part.isMarked ||= part.trades.length > 1 || isMarked(trade)
      parts.set(number, part)
    }
  }
  const always = deps.config.wholeOrders === 'always'
  const whole = await mapLimited([...parts], callsAtOnce, async ([number, part]) => {
    seen.add(number)
    return always || part.isMarked ? readAgain(number, part, deps) : { src_tid: number, trades: part.trades }
  })
  return [...whole, ...unreadable]
}

async function readAgain(number: string, part: Part, deps: Deps): Promise<WholeOrder> {
  return (await readWholeOrder(number, deps)) ?? { src_tid: number, trades: part.trades }
}

/** Every trade of a platform order; null when the ERP knows none. A trade made by hand is found by its own number. */
export async function readWholeOrder(number: string, deps: Deps): Promise<WholeOrder | null> {
  const page = { no: 0, size: mostTrades }
  for (const by of ['src_tid', 'trade_no'] as const) {
    const { records } = await search(deps, 'orders', { wanted: { by, number }, page })
    const trades = records.filter((trade) => orderNumbersOf(trade).includes(number))
    if (trades.length > 0) return { src_tid: number, trades }
  }
  return null
}

function orderNumbersOf(trade: unknown): string[] {
  const listed = listedTrade.safeParse(trade).data
  if (listed === undefined) return []
  if (listed.src_tids.length > 0) return [...new Set(listed.src_tids)]
  return listed.trade_no === undefined ? [] : [listed.trade_no]
}

/** Parts of its orders may be in other trades. UNVERIFIED: that the trade that was split is always changed with its parts. */
function isMarked(trade: unknown): boolean {
  const listed = listedTrade.safeParse(trade).data
  if (listed === undefined) return false
  const isSplit = listed.split_from_trade_id !== undefined && listed.split_from_trade_id !== '0'
  return isSplit || listed.src_tids.length > 1 || listed.trade_status === cancelledTrade
}
