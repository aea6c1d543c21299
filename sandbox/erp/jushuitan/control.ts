/** `/_control/erp/jushuitan/…`: what the people at the ERP do. Amounts are fen. */
import { savedOrders, storeOf } from '../../channels/douyin-shop/state.ts'
import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { refundReasons } from '../../world/catalog.ts'
import { mirrorMissing, orderBySoId } from './orders.ts'
import { changeRefund, registerRefund } from './refunds.ts'
import { type ErpOrder, type ErpRefund, erpState } from './state.ts'

const base = 'erp/jushuitan'

export function registerErpControl(kernel: Kernel): void {
  kernel.control('POST', `${base}/refunds`, (call) => createRefund(kernel, call))
  kernel.control('POST', `${base}/refunds/:as_id/amount`, (call) => {
    const refund = openRefund(kernel, call)
    changeRefund(kernel, refund, { amount: readFen(call.body.amount) })
    return show(refund)
  })
  kernel.control('POST', `${base}/refunds/:as_id/cancel`, (call) => {
    const refund = openRefund(kernel, call)
    changeRefund(kernel, refund, { status: 'Cancelled', shopStatus: 'CLOSED' })
    return show(refund)
  })
}

/** `{so_id?|order_id?, amount?, reason?, creator?}` → the refund. Without an order: the newest paid one without a refund. */
function createRefund(kernel: Kernel, { body }: ControlCall): unknown {
  const order = findOrder(kernel, body.so_id ?? body.order_id)
  const paid = storeOf(kernel).byId.get(order.soId)
  const amount = body.amount === undefined ? (paid?.payAmount ?? 0) : readFen(body.amount)
  if (paid && amount > paid.payAmount) {
    throw new ApiFailure(400, `amount ${amount} fen is above what was paid (${paid.payAmount} fen)`)
  }
  const refund = registerRefund(kernel, {
    order,
    amount,
    reason: typeof body.reason === 'string' ? body.reason : kernel.random.pick(refundReasons),
    creator: typeof body.creator === 'string' ? body.creator : '林小夏',
  })
  return show(refund)
}

/** The ERP may not have mirrored a fresh order yet; a person asking for it by number would wait, a control call does not. */
function findOrder(kernel: Kernel, soId: unknown): ErpOrder {
  mirrorMissing(kernel)
  const wanted = soId === undefined ? newestRefundable(kernel) : String(soId)
  const order = wanted === undefined ? undefined : orderBySoId(kernel, wanted)
  if (!order)
    throw new ApiFailure(404, `the ERP has no paid order ${wanted ?? 'without a refund'}`, { status: 404 })
  return order
}

function newestRefundable(kernel: Kernel): string | undefined {
  const refunded = new Set(erpState(kernel).refunds.map((refund) => refund.soId))
  return savedOrders(kernel).findLast(
    (order) => order.payTime > 0 && order.afterSale === null && order.status !== 4 && !refunded.has(order.id),
  )?.id
}

function openRefund(kernel: Kernel, { params }: ControlCall): ErpRefund {
  const refund = erpState(kernel).refunds.find((one) => String(one.asId) === params.as_id)
  if (!refund) throw new ApiFailure(404, `no refund ${params.as_id ?? ''} in the ERP`, { status: 404 })
  if (refund.status !== 'WaitConfirm')
    throw new ApiFailure(400, `refund ${refund.asId} is already ${refund.status}`)
  return refund
}

function show(refund: ErpRefund) {
  return {
    as_id: refund.asId,
    outer_as_id: refund.outerAsId,
    so_id: refund.soId,
    shop_id: refund.shopId,
    amount: refund.amount,
    status: refund.status,
    shop_status: refund.shopStatus,
  }
}

function readFen(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw new ApiFailure(400, 'amount must be a whole number of fen above 0')
  }
  return value
}
