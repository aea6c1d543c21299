import { countRefundExecution } from '../refund-executions.ts'
import { invalid, WechatFailure } from './failure.ts'
import { pushAfterSale } from './push.ts'
import { afterSaleNamed, type WechatCall } from './records.ts'
import { type AfterSale, family, wechatChanged, wechatState } from './state.ts'

/** A return needs the address; without return the platform pays at once. */
export function acceptApply(call: WechatCall): unknown {
  const item = openOne(call)
  if (item.type === 'RETURN') {
    if (String(call.body.address_id ?? '') !== call.shop.returnAddressId) throw invalid('address_id')
    move(call, item, 'USER_WAIT_RETURN')
  } else pay(call, item)
  return {}
}

export function rejectApply(call: WechatCall): unknown {
  const item = openOne(call)
  const { reject_reason, reject_reason_type } = call.body
  if (typeof reject_reason !== 'string' || reject_reason === '') throw invalid('reject_reason')
  if (typeof reject_reason_type !== 'number') throw invalid('reject_reason_type')
  item.rejected = reject_reason
  move(call, item, item.type === 'RETURN' ? 'MERCHANT_REJECT_RETURN' : 'MERCHANT_REJECT_REFUND')
  return {}
}

function openOne(call: WechatCall): AfterSale {
  const item = afterSaleNamed(call)
  if (item.status !== 'MERCHANT_PROCESSING') throw new WechatFailure(10020061, '售后单状态不允许该操作')
  if (call.shop.refusesDecisions) throw new WechatFailure(10020062, '店铺保证金不足，请到小店后台处理')
  return item
}

function pay(call: WechatCall, item: AfterSale): void {
  countRefundExecution(call.kernel, {
    system: family,
    refund_no: item.id,
    order_no: item.orderId,
    amount: item.amount,
  })
  const order = wechatState(call.kernel).orders[item.orderId]
  if (order !== undefined) {
    order.isRefunded = true
    order.status = 250
    order.updatedAt = call.kernel.clock.now()
  }
  move(call, item, 'MERCHANT_REFUND_SUCCESS')
}

function move({ kernel }: WechatCall, item: AfterSale, status: string): void {
  item.status = status
  item.updatedAt = kernel.clock.now()
  wechatChanged(kernel)
  pushAfterSale(kernel, item)
}
