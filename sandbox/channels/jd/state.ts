/** What the JD of the sandbox remembers. Money in fen, times in ms; the wire's shapes are made when asked for. */

import type { Kernel } from '../../kernel/types.ts'
import { derivedKey } from '../derived-key.ts'

export interface Line {
  skuId: string
  wareId: string
  name: string
  quantity: number
  /** fen, for one */
  price: number
}

export interface Order {
  id: string
  shopId: string
  /** JD docs: orderState */
  status: string
  createdAt: number
  modifiedAt: number
  paidAt: number | null
  endedAt: number | null
  freight: number
  discount: number
  buyerWords: string
  lines: Line[]
}

export interface Refund {
  id: string
  orderId: string
  shopId: string
  /** JD docs: 退款单状态 */
  status: number
  amount: number
  appliedAt: number
  checkedAt: number | null
  reason: string
}

export interface Shop {
  shopId: string
  name: string
  accessToken: string
  refreshToken: string
  tokenEndsAt: number
}

export interface JdState {
  appKey: string
  appSecret: string
  shops: Shop[]
  orders: Record<string, Order>
  refunds: Record<string, Refund>
  last: number
}

const part = 'jd'

export function jdState(kernel: Kernel): JdState {
  return kernel.state<JdState>(part, () => ({
    appKey: 'E1D746D42474D5F1F1A10CECE75D99F6',
    // Ids have a random stream of their own: reading this must not change the world's story.
    appSecret: derivedKey(kernel, 'jd secret'),
    shops: [],
    orders: {},
    refunds: {},
    last: 0,
  }))
}

export function jdChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** 64-bit numbers: JavaScript would round them. */
export function newNumber(kernel: Kernel): string {
  const state = jdState(kernel)
  state.last += 1
  return String(4_412_345_678_900_000_003n + BigInt(state.last) * 7_907n)
}

export function ordersOf(kernel: Kernel, shop: Shop): Order[] {
  return Object.values(jdState(kernel).orders).filter((order) => order.shopId === shop.shopId)
}

export function refundsOf(kernel: Kernel, shop: Shop): Refund[] {
  return Object.values(jdState(kernel).refunds).filter((refund) => refund.shopId === shop.shopId)
}

export const paidOf = (order: Order): number => goodsOf(order) + order.freight - order.discount

export const goodsOf = (order: Order): number =>
  order.lines.reduce((sum, line) => sum + line.price * line.quantity, 0)
