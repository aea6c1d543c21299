import { randomBytes } from 'node:crypto'
import type { Kernel } from '../../kernel/types.ts'

/** The connector id this server plays for: fault family and effect name. */
export const family = 'jushuitan'

interface ErpShop {
  /** the shop's number in the ERP */
  shopId: number
  name: string
  /** the shop's id on its platform */
  platformShopId: string
}

export interface ErpToken {
  accessToken: string
  refreshToken: string
  /** ms */
  expiresAt: number
}

/** Times are sandbox ms, money is fen; the wire has GMT+8 text and yuan. */
export interface ErpOrder {
  oId: number
  /** the platform's order number */
  soId: string
  shopId: number
  /** update_time of the platform order this copy shows, s */
  sourceVersion: number
  created: number
  modified: number
  ts: number
}

type RefundStatus = 'WaitConfirm' | 'Confirmed' | 'Cancelled' | 'Merged'
export type ShopStatus =
  | 'WAIT_SELLER_AGREE'
  | 'WAIT_BUYER_RETURN_GOODS'
  | 'WAIT_SELLER_CONFIRM_GOODS'
  | 'SELLER_REFUSE_BUYER'
  | 'CLOSED'
  | 'SUCCESS'

export interface ErpRefund {
  asId: number
  outerAsId: string
  oId: number
  soId: string
  shopId: number
  /** 仅退款, 普通退货 … */
  type: string
  status: RefundStatus
  shopStatus: ShopStatus
  goodStatus: string
  amount: number
  questionType: string
  remark: string
  creator: string
  created: number
  modified: number
  confirmedAt: number
  /** a person started it by hand, on the ERP's pages or in the tour */
  byHand?: true
  ts: number
}

export interface ErpState {
  appKey: string
  appSecret: string
  shops: ErpShop[]
  tokens: ErpToken[]
  lastOrder: number
  lastRefund: number
  /** row version, grows with every change */
  ts: number
  orders: ErpOrder[]
  refunds: ErpRefund[]
  /** platform after-sales are copied into the ERP */
  mirrorsAfterSales?: boolean
}

const tokenLivesMs = 30 * 86_400_000

export function erpState(kernel: Kernel): ErpState {
  return kernel.state<ErpState>(family, () => ({
    appKey: randomBytes(16).toString('hex'),
    appSecret: randomBytes(16).toString('hex'),
    shops: [],
    tokens: [],
    lastOrder: 10_270_000,
    lastRefund: 510_000,
    ts: 4_100_000_000,
    orders: [],
    refunds: [],
  }))
}

export function erpChanged(kernel: Kernel): void {
  kernel.changed(family)
}

/** Stamps a change: modified now, next row version. */
export function stamp(kernel: Kernel, row: { modified: number; ts: number }): void {
  const state = erpState(kernel)
  state.ts += 1
  row.ts = state.ts
  // Whole seconds on the wire: a change within the same second must still be newer than what was read before.
  row.modified = Math.max(kernel.clock.now(), row.modified + 1000)
  erpChanged(kernel)
}

export function newToken(kernel: Kernel): ErpToken {
  const token = {
    accessToken: randomBytes(16).toString('hex'),
    refreshToken: randomBytes(16).toString('hex'),
    expiresAt: kernel.clock.now() + tokenLivesMs,
  }
  erpState(kernel).tokens.push(token)
  erpChanged(kernel)
  return token
}

/** The newest live token, made when there is none: what the ERP's console would show to its administrator. */
export function currentToken(kernel: Kernel): ErpToken {
  const live = erpState(kernel).tokens.findLast((token) => token.expiresAt > kernel.clock.now())
  return live ?? newToken(kernel)
}
