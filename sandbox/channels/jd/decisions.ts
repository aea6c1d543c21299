import { countRefundExecution } from '../refund-executions.ts'
import { invalid } from './failure.ts'
import type { JdCall } from './records.ts'
import { jdChanged, jdState } from './state.ts'

/** UNVERIFIED parameters: id, status 1 yes or 2 no. Finance agrees at once here, and the order is cancelled. */
export function replyRefund(call: JdCall): unknown {
  const { kernel, field, shop } = call
  const status = field('status')
  if (status !== '1' && status !== '2') throw invalid('status')
  const { refunds, orders } = jdState(kernel)
  const refund = refunds[field('id')]
  if (refund?.shopId !== shop.shopId) return refused('退款单不存在')
  if (refund.status !== 0) return refused('退款单已审核')
  const now = kernel.clock.now()
  refund.checkedAt = now
  refund.status = status === '1' ? 3 : 2
  const order = orders[refund.orderId]
  if (status === '1' && order !== undefined) {
    countRefundExecution(kernel, {
      system: 'jd',
      refund_no: refund.id,
      order_no: refund.orderId,
      amount: refund.amount,
    })
    order.status = 'TRADE_CANCELED'
    order.endedAt = now
    order.modifiedAt = now
  }
  jdChanged(kernel)
  return { replyResult: { success: true } }
}

const refused = (errorMsg: string) => ({ replyResult: { success: false, errorCode: '1001', errorMsg } })
