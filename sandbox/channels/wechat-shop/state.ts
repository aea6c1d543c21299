/** What the WeChat shops of the sandbox remember. Money in fen, times in ms; the wire's shapes are made when asked for. */
import type { Kernel } from '../../kernel/types.ts'

/** The connector id this server plays for: key of `settings.pushUrls`, fault family, effect name. */
export const family = 'wechat-shop'

export interface Order {
  id: string
  appId: string
  openid: string
  /** WeChat docs: 10, 12, 13, 20, 21, 30, 100, 250 */
  status: number
  createdAt: number
  updatedAt: number
  paidAt: number | null
  shippedAt: number | null
  receivedAt: number | null
  productId: string
  skuId: string
  title: string
  /** fen */
  price: number
  /** fen */
  discount: number
  isRefunded: boolean
  notes: string
}

export interface AfterSale {
  id: string
  orderId: string
  appId: string
  type: string
  status: string
  /** fen */
  amount: number
  createdAt: number
  updatedAt: number
  reason: string
  rejected: string
}

/** A shop is an app of its own. */
export interface Shop {
  appId: string
  appSecret: string
  /** WeChat's name for the shop's account. */
  originalId: string
  name: string
  token: string
  tokenEndsAt: number
  pushToken: string
  /** 43 characters. */
  encodingAesKey: string
  returnAddressId: string
  /** The shop may not decide over the interface. */
  refusesDecisions: boolean
}

export interface WechatState {
  shops: Shop[]
  orders: Record<string, Order>
  afterSales: Record<string, AfterSale>
  last: number
}

export function wechatState(kernel: Kernel): WechatState {
  return kernel.state<WechatState>(family, () => ({ shops: [], orders: {}, afterSales: {}, last: 0 }))
}

export function wechatChanged(kernel: Kernel): void {
  kernel.changed(family)
}

/** 64-bit numbers, as the platform's: JavaScript would round them. */
export function newNumber(kernel: Kernel): string {
  const state = wechatState(kernel)
  state.last += 1
  return String(3_705_115_058_471_208_928n + BigInt(state.last) * 6_151n)
}
