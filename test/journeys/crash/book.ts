/** What was done in the world and what the product answered: the other half of every check. */
import type { RefundSystem } from './world.ts'

export interface AcknowledgedPress {
  orderNo: string
  openId: string
  name: string
  toast: string
}

export interface BookedRefund {
  system: RefundSystem
  no: string
  /** How the control API addresses it. */
  id: string
  orderNo: string
  /** fen: every amount it ever had, the current one last */
  amounts: number[]
  withdrawn: boolean
}

export interface Book {
  /** Orders placed while the product was being killed. */
  orders: string[]
  refunds: BookedRefund[]
  /** Claims the product confirmed with a success toast. */
  claims: AcknowledgedPress[]
  /** Orders about which a press was acknowledged in any way: done, received, or somebody was first. */
  answered: Map<string, string>
  /** Everybody who pressed 认领 on an order, answered or not. */
  pressedBy: Map<string, Set<string>>
  counts: Record<string, number>
}

export const openBook = (): Book => ({
  orders: [],
  refunds: [],
  claims: [],
  answered: new Map(),
  pressedBy: new Map(),
  counts: {},
})

export function count(book: Book, what: string): void {
  book.counts[what] = (book.counts[what] ?? 0) + 1
}
