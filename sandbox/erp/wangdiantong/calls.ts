import type { Kernel } from '../../kernel/types.ts'
import { refusals } from './failure.ts'
import { type Account, type Edition, wdtState } from './state.ts'
import { msOfGmt8, refundWire, tidsOf, tradeWire } from './wire.ts'
import { uploadRefunds } from './write-back.ts'

export interface WdtCall {
  kernel: Kernel
  account: Account
  /** Business parameters, in the enterprise edition as text. */
  fields: Readonly<Record<string, unknown>>
  /** page_no, page_size as sent. */
  paging: Readonly<Record<string, unknown>>
}

interface Found {
  rows: object[]
  total: number
}

/** UNVERIFIED: that longer windows are refused rather than only advised against. */
const longestWindowMs = 60 * 60_000
const largestPage = 100

interface Range {
  from: number
  to: number
}

function rangeOf({ fields }: WdtCall, fromName: string, toName: string): Range | undefined {
  if (fields[fromName] === undefined && fields[toName] === undefined) return undefined
  const from = msOfGmt8(fields[fromName])
  const to = msOfGmt8(fields[toName])
  if (Number.isNaN(from)) throw refusals.parameter(fromName)
  if (Number.isNaN(to) || to < from || to - from > longestWindowMs) throw refusals.parameter(toName)
  // Both ends count, and the wire shows whole seconds.
  return { from, to: to + 999 }
}

/** Oldest change first, pages counted from 0. */
function pageOf<T extends { modifiedAt: number }>(call: WdtCall, all: T[]): { rows: T[]; total: number } {
  const no = Number(call.paging.page_no ?? 0)
  const size = Number(call.paging.page_size ?? 40)
  if (!Number.isInteger(no) || no < 0) throw refusals.parameter('page_no')
  if (!Number.isInteger(size) || size < 1 || size > largestPage) throw refusals.parameter('page_size')
  const sorted = all.toSorted((a, b) => a.modifiedAt - b.modifiedAt)
  return { rows: sorted.slice(no * size, (no + 1) * size), total: all.length }
}

function searchTrades(call: WdtCall): Found {
  const { kernel, account, fields } = call
  const range = rangeOf(call, 'start_time', 'end_time')
  const { src_tid: tid, trade_no: tradeNo } = fields
  if (range === undefined && tid === undefined && tradeNo === undefined)
    throw refusals.parameter('start_time')
  const mine = wdtState(kernel).trades.filter(
    (trade) =>
      trade.sid === account.sid &&
      (range === undefined || within(trade, range)) &&
      (tid === undefined || tidsOf(trade).includes(String(tid))) &&
      (tradeNo === undefined || trade.tradeNo === tradeNo),
  )
  const { rows, total } = pageOf(call, mine)
  return { rows: rows.map((trade) => tradeWire(trade, account.edition)), total }
}

function searchRefunds(call: WdtCall): Found {
  const { kernel, account, fields } = call
  const names = account.edition === 'flagship' ? ['modified_from', 'modified_to'] : ['start_time', 'end_time']
  const range = rangeOf(call, names[0] ?? '', names[1] ?? '')
  const { refund_no: refundNo } = fields
  if (range === undefined && refundNo === undefined) throw refusals.parameter(names[0] ?? '')
  const mine = wdtState(kernel).refunds.filter(
    (refund) =>
      refund.sid === account.sid &&
      (range === undefined || within(refund, range)) &&
      (refundNo === undefined || refund.refundNo === refundNo),
  )
  const { rows, total } = pageOf(call, mine)
  return { rows: rows.map((refund) => refundWire(refund, account.edition)), total }
}

function within({ modifiedAt }: { modifiedAt: number }, { from, to }: Range): boolean {
  return modifiedAt >= from && modifiedAt <= to
}

type Handle = (call: WdtCall) => Record<string, unknown>

/** What an edition can be asked. The answers' members of the enterprise edition are UNVERIFIED. */
export const calls: Record<Edition, Record<string, Handle>> = {
  flagship: {
    'sales.TradeQuery.queryWithDetail': (call) => flagshipList(call, searchTrades(call)),
    'aftersales.refund.Refund.search': (call) => flagshipList(call, searchRefunds(call)),
    'aftersales.refund.RawRefund.upload': uploadRefunds,
  },
  enterprise: {
    'trade_query.php': (call) => enterpriseList(call, 'trades', searchTrades(call)),
    'refund_query.php': (call) => enterpriseList(call, 'refunds', searchRefunds(call)),
    'sales_refund_push.php': uploadRefunds,
  },
}

/** The count is only made when asked for. */
function flagshipList({ paging }: WdtCall, { rows, total }: Found): Record<string, unknown> {
  return { order: rows, ...(paging.calc_total === '1' && { total_count: total }) }
}

/** The count is only told on the first page. */
function enterpriseList({ paging }: WdtCall, name: string, { rows, total }: Found): Record<string, unknown> {
  return { [name]: rows, ...(Number(paging.page_no ?? 0) === 0 && { total_count: total }) }
}
