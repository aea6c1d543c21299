/** What the Xiaohongshu of the sandbox remembers. Money in fen, times in ms; the wire's shapes are made when asked for. */

import type { Kernel } from '../../kernel/types.ts'
import { derivedKey } from '../derived-key.ts'

/** The connector id this server plays for: key of `settings.pushUrls`, fault family, effect name. */
export const family = 'xiaohongshu'

export interface Shop {
  sellerId: string
  name: string
  accessToken: string
  refreshToken: string
  tokenEndsAt: number
  /** 地址库 */
  returnAddressId: number
}

export interface Order {
  id: string
  sellerId: string
  /** 订单状态 */
  status: number
  createdAt: number
  updatedAt: number
  paidAt: number
  shippedAt: number
  finishedAt: number
  words: string
  skuId: string
  title: string
  quantity: number
  /** fen, what the buyer paid */
  paid: number
}

export interface AfterSale {
  id: string
  orderId: string
  sellerId: string
  /** 售后类型 */
  type: number
  /** 售后状态 */
  status: number
  refundStatus: number
  amount: number
  reason: string
  refusedWith: string
  appliedAt: number
  updatedAt: number
}

interface State {
  appId: string
  appSecret: string
  shops: Shop[]
  orders: Record<string, Order>
  afterSales: Record<string, AfterSale>
  last: number
}

export function xhsState(kernel: Kernel): State {
  return kernel.state<State>(family, () => ({
    // Ids have a random stream of their own: reading this must not change the world's story.
    appId: derivedKey(kernel, 'xiaohongshu id'),
    appSecret: derivedKey(kernel, 'xiaohongshu secret'),
    shops: [],
    orders: {},
    afterSales: {},
    last: 0,
  }))
}

export function xhsChanged(kernel: Kernel): void {
  kernel.changed(family)
}

export function nextNumber(kernel: Kernel): number {
  const state = xhsState(kernel)
  state.last += 1
  return state.last
}
