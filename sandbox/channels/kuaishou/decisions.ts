import { countRefundExecution } from '../refund-executions.ts'
import { invalid, KsFailure } from './failure.ts'
import { pushOrder, pushRefund } from './push.ts'
import { type KsCall, refundNamed, whole } from './records.ts'
import { ksChanged, ksState, type Refund } from './state.ts'

/** Amount, status and negotiation have to be those the shop decided about. */
export function refundApprove(call: KsCall): unknown {
  const refund = openRefund(call)
  if (refund.handlingWay !== 10 || whole(call, 'refundHandingWay') !== 10)
    throw new KsFailure(300008, 'HANDING WAY ERROR')
  checkAmount(call, refund)
  if (whole(call, 'status') !== refund.status) throw new KsFailure(300014, 'REFUND ORDER UPDATED')
  if (whole(call, 'negotiateStatus') !== refund.negotiateStatus)
    throw new KsFailure(300017, 'REFUND NEGOTIATE STATUS CHANGED')
  pay(call, refund)
  return {}
}

export function directRefund(call: KsCall): unknown {
  const refund = openRefund(call)
  if (refund.handlingWay !== 10) throw new KsFailure(300008, 'HANDING WAY ERROR')
  checkVersion(call, refund)
  pay(call, refund)
  return {}
}

export function refundReject(call: KsCall): unknown {
  const refund = openRefund(call)
  whole(call, 'reasonCode')
  if (typeof call.param.rejectDesc !== 'string' || call.param.rejectDesc === '') throw invalid('rejectDesc')
  checkVersion(call, refund)
  move(call, refund, { status: refund.status, negotiateStatus: 3 })
  return {}
}

export function returnGoodsApprove(call: KsCall): unknown {
  const refund = openRefund(call)
  if (refund.handlingWay !== 1) throw new KsFailure(300008, 'HANDING WAY ERROR')
  checkAmount(call, refund)
  if (String(call.param.addressId) !== call.shop.returnAddressId) throw invalid('addressId')
  move(call, refund, { status: 30, negotiateStatus: 2 })
  return {}
}

function openRefund(call: KsCall): Refund {
  const refund = refundNamed(call)
  if ((refund.status === 10 || refund.status === 11) && refund.negotiateStatus !== 3) return refund
  throw new KsFailure(300018, 'REFUND ORDER STATUS NOT ALLOW')
}

function checkAmount(call: KsCall, refund: Refund): void {
  const amount = whole(call, 'refundAmount')
  if (amount === 0) throw new KsFailure(300009, 'REFUND AMOUNT IS ZERO')
  if (amount !== refund.amount) throw invalid('refundAmount')
}

function checkVersion(call: KsCall, refund: Refund): void {
  if (whole(call, 'refundVersion') !== refund.modifiedAt) throw new KsFailure(300014, 'REFUND ORDER UPDATED')
}

function pay(call: KsCall, refund: Refund): void {
  const { kernel } = call
  countRefundExecution(kernel, {
    system: 'kuaishou',
    refund_no: refund.id,
    order_no: refund.oid,
    amount: refund.amount,
  })
  move(call, refund, { status: 60, negotiateStatus: 2 })
  refund.endedAt = refund.modifiedAt
  const order = ksState(kernel).orders[refund.oid]
  if (order === undefined) return
  order.status = 80
  order.refundedAt = refund.modifiedAt
  order.modifiedAt = refund.modifiedAt
  pushOrder(kernel, order, 'orderFail')
}

function move({ kernel }: KsCall, refund: Refund, to: { status: number; negotiateStatus: number }): void {
  Object.assign(refund, to)
  refund.modifiedAt = Math.max(kernel.clock.now(), refund.modifiedAt + 1)
  ksChanged(kernel)
  pushRefund(kernel, refund, 'updateRefund')
}
