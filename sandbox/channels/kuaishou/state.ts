/** What the Kuaishou of the sandbox remembers. Money in fen, times in ms. */

import type { Kernel } from '../../kernel/types.ts'
import { derivedKey } from '../derived-key.ts'

export interface Order {
  oid: string
  sellerId: string
  /** 10 待付款, 30 已付款, 40 已发货, 50 已签收, 70 成功, 80 失败 */
  status: number
  createdAt: number
  modifiedAt: number
  paidAt: number | null
  sentAt: number | null
  receivedAt: number | null
  refundedAt: number | null
  itemId: string
  skuId: string
  title: string
  /** fen */
  price: number
  /** fen */
  discount: number
  buyerWords: string
  refundIds: string[]
}

export interface Refund {
  id: string
  oid: string
  sellerId: string
  status: number
  /** 1 退货退款, 3 换货, 10 仅退款 */
  handlingWay: number
  /** 1 待商家处理, 2 商家同意, 3 商家驳回 */
  negotiateStatus: number
  /** fen */
  amount: number
  createdAt: number
  modifiedAt: number
  endedAt: number | null
  reason: string
}

export interface Shop {
  sellerId: string
  name: string
  accessToken: string
  refreshToken: string
  /** The only code that gives a first token. */
  code: string
  tokenEndsAt: number
  refreshEndsAt: number
  returnAddressId: string
}

export interface KsState {
  appKey: string
  appSecret: string
  signSecret: string
  /** Base64 of the 16 bytes that seal messages. */
  privateKey: string
  shops: Shop[]
  orders: Record<string, Order>
  refunds: Record<string, Refund>
  last: number
  lastEvent: number
}

const part = 'kuaishou'

/** Connector id, fault family and key of `settings.pushUrls`. */
export const family = 'kuaishou'

export function ksState(kernel: Kernel): KsState {
  return kernel.state<KsState>(part, () => ({
    appKey: 'ks669064233797003102',
    // Ids have a random stream of their own: reading this must not change the world's story.
    appSecret: derivedKey(kernel, 'kuaishou secret'),
    signSecret: derivedKey(kernel, 'kuaishou sign'),
    privateKey: Buffer.from(derivedKey(kernel, 'kuaishou push').slice(0, 16)).toString('base64'),
    shops: [],
    orders: {},
    refunds: {},
    last: 0,
    lastEvent: 0,
  }))
}

export function ksChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** 64-bit numbers, as the platform's: JavaScript would round them. */
export function newNumber(kernel: Kernel): string {
  const state = ksState(kernel)
  state.last += 1
  return String(9_112_345_678_900_000_001n + BigInt(state.last) * 7_919n)
}
