/** Travel and hotel orders of the sandbox's Taobao gateway. Money in fen, times in ms. */
import type { Kernel } from '../../kernel/types.ts'

export interface Booking {
  id: string
  shopId: string
  hotel: boolean
  /** TOP docs: 交易状态 */
  status: string
  createdAt: number
  modifiedAt: number
  paidAt: number | null
  title: string
  price: number
}

interface FliggyState {
  bookings: Record<string, Booking>
}

export function fliggyState(kernel: Kernel): FliggyState {
  return kernel.state<FliggyState>('fliggy', () => ({ bookings: {} }))
}

export function fliggyChanged(kernel: Kernel): void {
  kernel.changed('fliggy')
}
