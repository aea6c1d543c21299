import type { Kernel } from '../../kernel/types.ts'
import { countRefundExecution } from '../refund-executions.ts'
import { refusals } from './failure.ts'
import { afterSaleNamed } from './lists.ts'
import type { XhsCall } from './methods.ts'
import { pushAfterSale, pushOrder } from './push.ts'
import { type AfterSale, family, xhsChanged, xhsState } from './state.ts'

const payoutTakesMs = 4_000
const waits = 1
const returnAwaited = 2
const completed = 4
const refused = 9
const onTheWay = 1
const paidBack = 2

/** action 1: pay, 2: let the buyer send it back, 3: refuse. Xiaohongshu docs: afterSale.auditReturns. */
export function auditReturns(call: XhsCall): unknown {
  const { kernel, fields } = call
  const item = afterSaleNamed(call)
  if (item.status !== waits) throw refusals.business('售后单状态不允许审核')
  if (fields.action === 1) pay(kernel, item)
  else if (fields.action === 2) agreeReturn(call, item)
  else if (fields.action === 3) {
    if (typeof fields.description !== 'string' || fields.description === '')
      throw refusals.parameter('description')
    item.refusedWith = fields.description
    item.status = refused
  } else throw refusals.parameter('action')
  touch(kernel, item)
  return {}
}

function pay(kernel: Kernel, item: AfterSale): void {
  if (item.type === 1) throw refusals.business('退货类售后不能直接退款')
  countRefundExecution(kernel, {
    ...{ system: family, refund_no: item.id, order_no: item.orderId, amount: item.amount },
  })
  item.status = completed
  item.refundStatus = onTheWay
  kernel.clock.after(payoutTakesMs, () => reportPayout(kernel, item))
}

function agreeReturn({ shop, fields }: XhsCall, item: AfterSale): void {
  if (item.type !== 1) throw refusals.business('不是退货类售后')
  const receiver = Object(fields.receiverInfo) as { sellerAddressRecordId?: unknown }
  if (receiver.sellerAddressRecordId !== shop.returnAddressId)
    throw refusals.parameter('sellerAddressRecordId')
  item.status = returnAwaited
}

function reportPayout(kernel: Kernel, item: AfterSale): void {
  if (item.refundStatus !== onTheWay) return
  item.refundStatus = paidBack
  touch(kernel, item)
  const order = xhsState(kernel).orders[item.orderId]
  if (order === undefined) return
  order.updatedAt = item.updatedAt
  pushOrder(kernel, order)
}

/** After a restart: payouts on their way are reported as well. */
export function resumePayouts(kernel: Kernel): void {
  for (const item of Object.values(xhsState(kernel).afterSales))
    if (item.status === completed && item.refundStatus === onTheWay)
      kernel.clock.after(payoutTakesMs, () => reportPayout(kernel, item))
}

export function touch(kernel: Kernel, item: AfterSale): void {
  item.updatedAt = Math.max(kernel.clock.now(), item.updatedAt + 1)
  xhsChanged(kernel)
  pushAfterSale(kernel, item, 'msg_after_sale_transfer')
}
