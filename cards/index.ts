import type { AnyCard } from '#src/contracts/card.ts'
import { alertCard } from './alert.ts'
import { orderCard } from './order.ts'
import { refundCard } from './refund.ts'

/** Every card, for the contract test and the preview. */
export const cards: readonly AnyCard[] = [orderCard, refundCard, alertCard]

export { digestLayout } from './digest.ts'
export { markTrial } from './trial.ts'
export { alertCard, orderCard, refundCard }
