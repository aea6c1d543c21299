import type { Kernel } from '../../kernel/types.ts'
import { invalid, TopFailure } from './failure.ts'
import { type Refund, refundsOf, type Shop, type Trade, taobaoState, tradesOf } from './state.ts'
import { chosen, msOfGmt8, refundWire, tradeWire } from './wire.ts'

export interface TopCall {
  kernel: Kernel
  shop: Shop
  field(name: string): string
}

const dayMs = 86_400_000
const threeMonthsMs = 92 * dayMs

interface Range {
  from: number
  to: number
}

/** At most a day at once. TOP docs: taobao.trades.sold.increment.get. */
function modifiedRange({ field }: TopCall): Range {
  const from = msOfGmt8(field('start_modified'))
  const to = msOfGmt8(field('end_modified'))
  if (Number.isNaN(from)) throw invalid('start_modified')
  if (Number.isNaN(to) || to < from) throw invalid('end_modified')
  if (to - from > dayMs) throw invalid('start_modified,end_modified')
  return { from, to }
}

interface Sheet<T> {
  rows: T[]
  total: number
  hasNext: boolean
}

/** Newest change first: what changes meanwhile slides to the front. */
function sheetOf<T extends { modifiedAt: number }>(call: TopCall, all: T[]): Sheet<T> {
  const page = Number(call.field('page_no') || '1')
  const size = Number(call.field('page_size') || '40')
  if (!Number.isInteger(page) || page < 1) throw invalid('page_no')
  if (!Number.isInteger(size) || size < 1 || size > 100) throw invalid('page_size')
  const sorted = all.toSorted((a, b) => b.modifiedAt - a.modifiedAt)
  return {
    rows: sorted.slice((page - 1) * size, page * size),
    total: sorted.length,
    hasNext: sorted.length > page * size,
  }
}

function counted(call: TopCall, sheet: Sheet<unknown>): Record<string, unknown> {
  return call.field('use_has_next') === 'true' ? { has_next: sheet.hasNext } : { total_results: sheet.total }
}

export function tradesIncrement(call: TopCall): unknown {
  const { from, to } = modifiedRange(call)
  const oldest = call.kernel.clock.now() - threeMonthsMs
  const rows = tradesOf(call.kernel, call.shop).filter(
    (trade) => within(trade, from, to) && trade.createdAt >= oldest,
  )
  return tradeSheet(call, rows)
}

export function tradesSold(call: TopCall): unknown {
  const oldest = call.kernel.clock.now() - threeMonthsMs
  return tradeSheet(
    call,
    tradesOf(call.kernel, call.shop).filter((trade) => trade.createdAt >= oldest),
  )
}

function tradeSheet(call: TopCall, rows: Trade[]): unknown {
  const sheet = sheetOf(call, rows)
  const trade = sheet.rows.map((one) => chosen(tradeWire(one), required(call, 'fields')))
  return { ...counted(call, sheet), trades: { trade } }
}

/** The wire shows whole seconds. */
function within({ modifiedAt }: { modifiedAt: number }, from: number, to: number): boolean {
  const second = Math.floor(modifiedAt / 1000) * 1000
  return second >= from && second <= to
}

export function tradeFullinfo(call: TopCall): unknown {
  const trade = taobaoState(call.kernel).trades[required(call, 'tid')]
  if (trade?.shopId !== call.shop.shopId)
    throw new TopFailure(15, 'Remote service error', { code: 'isv.trade-not-exist', msg: '交易不存在' })
  return { trade: chosen(tradeWire(trade), required(call, 'fields')) }
}

export function refundsReceive(call: TopCall): unknown {
  const { from, to } = modifiedRange(call)
  const sheet = sheetOf(
    call,
    refundsOf(call.kernel, call.shop).filter((refund) => within(refund, from, to)),
  )
  const refund = sheet.rows.map((one) => chosen(refundWire(one), required(call, 'fields')))
  return { ...counted(call, sheet), refunds: { refund } }
}

export function refundGet(call: TopCall): unknown {
  return {
    refund: chosen(refundWire(refundNamed(call, required(call, 'refund_id'))), required(call, 'fields')),
  }
}

export function refundNamed(call: TopCall, id: string): Refund {
  const refund = taobaoState(call.kernel).refunds[id]
  if (refund?.shopId === call.shop.shopId) return refund
  throw new TopFailure(15, 'Remote service error', { code: 'isv.refund-not-exist', msg: '退款单不存在' })
}

export function required(call: TopCall, name: string): string {
  const value = call.field(name)
  if (value === '')
    throw new TopFailure(40, 'Missing Required Arguments', {
      code: `isv.missing-parameter:${name}`,
      msg: `缺少参数 ${name}`,
    })
  return value
}
