/** What the Pinduoduo of the sandbox remembers. Money in fen, times in ms; the wire's shapes are made when asked for. */

import type { Kernel } from '../../kernel/types.ts'
import { derivedKey } from '../derived-key.ts'

export interface Order {
  sn: string
  shopId: string
  /** PDD docs: 1 待发货, 2 已发货待签收, 3 已签收 */
  status: number
  /** 0 未成交, 1 已成交, 2 已取消 */
  confirmStatus: number
  /** 1 无售后, 2 处理中, 3 退款中, 4 退款成功 */
  refundStatus: number
  createdAt: number
  modifiedAt: number
  paidAt: number | null
  shippedAt: number | null
  receivedAt: number | null
  goodsId: string
  skuId: string
  goodsName: string
  /** fen */
  price: number
  /** fen */
  platformDiscount: number
  buyerWords: string
}

export interface Refund {
  id: string
  orderSn: string
  shopId: string
  /** As the list counts: 2 仅退款, 3 退货退款, 4 换货 */
  type: number
  status: number
  /** fen */
  amount: number
  createdAt: number
  modifiedAt: number
  reason: string
}

export interface Shop {
  shopId: string
  name: string
  accessToken: string
  refreshToken: string
  /** The only code that gives a first token. */
  code: string
  tokenEndsAt: number
  returnAddressId: string
  /** The gateway answers agreeing with `succ: false`. */
  refusesAgreeing: boolean
}

export interface PddState {
  clientId: string
  clientSecret: string
  shops: Shop[]
  orders: Record<string, Order>
  refunds: Record<string, Refund>
  last: number
}

const part = 'pinduoduo'

export function pddState(kernel: Kernel): PddState {
  return kernel.state<PddState>(part, () => ({
    // Ids have a random stream of their own: reading this must not change the world's story.
    clientId: derivedKey(kernel, 'pinduoduo id'),
    clientSecret: derivedKey(kernel, 'pinduoduo secret'),
    shops: [],
    orders: {},
    refunds: {},
    last: 0,
  }))
}

export function pddChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** 64-bit numbers, as the platform's: JavaScript would round them. */
export function newNumber(kernel: Kernel): string {
  const state = pddState(kernel)
  state.last += 1
  return String(9_212_345_678_900_000_001n + BigInt(state.last) * 7_919n)
}

export function ordersOf(kernel: Kernel, shop: Shop): Order[] {
  return Object.values(pddState(kernel).orders).filter((order) => order.shopId === shop.shopId)
}

export function refundsOf(kernel: Kernel, shop: Shop): Refund[] {
  return Object.values(pddState(kernel).refunds).filter((refund) => refund.shopId === shop.shopId)
}
