/** What the Taobao of the sandbox remembers. Money in fen, times in ms; the wire's shapes are made when asked for. */

import type { Kernel } from '../../kernel/types.ts'
import { derivedKey } from '../derived-key.ts'

export interface Line {
  oid: string
  title: string
  skuId: string
  itemId: string
  quantity: number
  /** fen, for one */
  price: number
  /** fen, what the buyer paid for the line */
  paid: number
  refundId: string | null
}

export interface Trade {
  tid: string
  shopId: string
  /** TOP docs: 交易状态 */
  status: string
  type: 'fixed' | 'eticket'
  createdAt: number
  modifiedAt: number
  paidAt: number | null
  shippedAt: number | null
  endedAt: number | null
  freight: number
  buyerWords: string
  lines: Line[]
}

export interface Refund {
  id: string
  tid: string
  oid: string
  shopId: string
  status: string
  amount: number
  createdAt: number
  modifiedAt: number
  hasReturn: boolean
  reason: string
  phase: 'onsale' | 'aftersale'
  version: number
  refusedWith: string
}

export interface Shop {
  shopId: string
  name: string
  session: string
  refreshToken: string
  sessionEndsAt: number
  isTmall: boolean
  /** Agreeing needs a code sent to a phone. */
  needsCode: boolean
}

export interface TaobaoState {
  appKey: string
  appSecret: string
  shops: Shop[]
  trades: Record<string, Trade>
  refunds: Record<string, Refund>
  last: number
}

const part = 'taobao'

export function taobaoState(kernel: Kernel): TaobaoState {
  return kernel.state<TaobaoState>(part, () => ({
    appKey: '23100577',
    appSecret: derivedKey(kernel, 'taobao secret'),
    shops: [],
    trades: {},
    refunds: {},
    last: 0,
  }))
}

export function taobaoChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** 64-bit numbers, as the platform's: JavaScript would round them. */
export function newNumber(kernel: Kernel): string {
  const state = taobaoState(kernel)
  state.last += 1
  return String(3_312_345_678_900_000_001n + BigInt(state.last) * 7_919n)
}

export function tradesOf(kernel: Kernel, shop: Shop): Trade[] {
  return Object.values(taobaoState(kernel).trades).filter((trade) => trade.shopId === shop.shopId)
}

export function refundsOf(kernel: Kernel, shop: Shop): Refund[] {
  return Object.values(taobaoState(kernel).refunds).filter((refund) => refund.shopId === shop.shopId)
}
