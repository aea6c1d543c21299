/** What the Wangdiantong of the sandbox remembers. Money in fen, times in ms; the wire's shapes are made when asked for. */
import type { Kernel } from '../../kernel/types.ts'

/** The connector id this server plays for: fault family and effect name. */
export const family = 'wangdiantong'

export type Edition = 'flagship' | 'enterprise'

export interface Account {
  sid: string
  edition: Edition
  appKey: string
  secret: string
  /** '' in the enterprise edition */
  salt: string
  shops: { shopNo: string; name: string }[]
}

export interface Detail {
  recId: number
  /** the platform's numbers */
  tid: string
  oid: string
  title: string
  specNo: string
  quantity: number
  /** fen, for one */
  price: number
}

export interface Trade {
  tradeId: number
  tradeNo: string
  sid: string
  shopNo: string
  /** 订单状态 */
  status: number
  /** trade it was split from, 0: none */
  splitFrom: number
  createdAt: number
  paidAt: number | null
  shippedAt: number | null
  modifiedAt: number
  buyerWords: string
  details: Detail[]
}

export interface ErpRefund {
  refundId: number
  refundNo: string
  sid: string
  shopNo: string
  tids: string[]
  rawNumbers: string[]
  /** 1 退款, 2 退货, 3 换货 */
  type: number
  /** 退换单状态 */
  status: number
  amount: number
  paidBack: number
  reason: string
  remark: string
  creator: string
  createdAt: number
  modifiedAt: number
}

interface State {
  accounts: Account[]
  trades: Trade[]
  refunds: ErpRefund[]
  last: number
  /** answers still to be refused for their rate */
  overRate: number
}

export function wdtState(kernel: Kernel): State {
  return kernel.state<State>(family, () => ({ accounts: [], trades: [], refunds: [], last: 0, overRate: 0 }))
}

export function wdtChanged(kernel: Kernel): void {
  kernel.changed(family)
}

export function nextNumber(kernel: Kernel): number {
  const state = wdtState(kernel)
  state.last += 1
  return 880_000 + state.last
}

/** Whole seconds on the wire: a change within the same second must still be newer than what was read before. */
export function touch(kernel: Kernel, row: { modifiedAt: number }): void {
  row.modifiedAt = Math.max(kernel.clock.now(), row.modifiedAt + 1000)
  wdtChanged(kernel)
}
