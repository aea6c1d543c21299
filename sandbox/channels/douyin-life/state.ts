/** What the Douyin life of the sandbox remembers. Money in fen, times in ms. */

import type { Kernel } from '../../kernel/types.ts'
import { derivedKey } from '../derived-key.ts'

export const family = 'douyin-life'

/** The platform publishes no list of these numbers; the sandbox has its own and tells them in its state. */
export const certificateStatuses = { '100': 'paid', '201': 'verified', '300': 'refunding', '400': 'expired' }

export interface Certificate {
  id: string
  itemId: string
  code: string
  status: number
  changedAt: number
  refundAmount: number
  refundedAt: number | null
}

export interface Order {
  id: string
  accountId: string
  status: number
  createdAt: number
  paidAt: number | null
  modifiedAt: number
  skuName: string
  amount: number
  discount: number
  certificates: Certificate[]
}

export interface Refund {
  id: string
  orderId: string
  accountId: string
  certificateId: string
  /** 10 审核中, 25 已拒绝, 40 取消, 50 成功 */
  status: number
  amount: number
  reason: string
  createdAt: number
  modifiedAt: number
  completedAt: number | null
}

export interface LifeState {
  clientKey: string
  clientSecret: string
  accounts: { accountId: string; name: string }[]
  tokens: { token: string; endsAt: number }[]
  /** When tokens were asked for, lately. */
  tokenCalls: number[]
  orders: Record<string, Order>
  refunds: Record<string, Refund>
  last: number
}

export function lifeState(kernel: Kernel): LifeState {
  return kernel.state<LifeState>(family, () => ({
    // Ids have a random stream of their own: reading this must not change the world's story.
    clientKey: `aw${derivedKey(kernel, 'douyin-life key').slice(0, 16)}`,
    clientSecret: derivedKey(kernel, 'douyin-life secret'),
    accounts: [],
    tokens: [],
    tokenCalls: [],
    orders: {},
    refunds: {},
    last: 0,
  }))
}

export const lifeChanged = (kernel: Kernel): void => kernel.changed(family)

/** 64-bit numbers as text. */
export function newNumber(kernel: Kernel): string {
  const state = lifeState(kernel)
  state.last += 1
  return String(8_000_007_678_400_000_001n + BigInt(state.last) * 7_919n)
}
