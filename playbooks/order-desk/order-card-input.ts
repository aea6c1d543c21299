import type { Order } from '#src/contracts/canonical.ts'
import type { DeepLink } from '#src/contracts/connector.ts'
import type { OrderCardInput } from '../../cards/order.ts'
import {
  buyerWord,
  isClosed,
  platformWord,
  productWord,
  quantityOf,
  statusWord,
  voucherSummary,
} from './order-words.ts'

export interface Claim {
  name: string
  /** ms */
  at: number
  /** Since the announcement; unknown for a claim made in the table. */
  tookMs?: number
}

interface Around {
  shopName: string
  link: DeepLink | undefined
  claim: Claim | undefined
  trace: string
}

function toneOf(order: Order, claim: Claim | undefined): OrderCardInput['tone'] {
  if (order.status === 'completed') return 'done'
  if (isClosed(order)) return 'ended'
  return claim === undefined ? 'waiting' : 'claimed'
}

/** What the order's card shows. */
export function orderCardInput(order: Order, around: Around): OrderCardInput {
  return {
    orderNo: order.orderNo,
    channel: platformWord(order.platform),
    shop: around.shopName,
    status: statusWord(order),
    tone: toneOf(order, around.claim),
    product: productWord(order),
    quantity: quantityOf(order),
    paid: order.amounts.paid,
    buyer: buyerWord(order),
    createdAt: order.times.created,
    closed: isClosed(order),
    trace: around.trace,
    buyerWords: order.buyer.words,
    voucher: voucherSummary(order),
    link: around.link,
    claim: around.claim,
  }
}
