/** UNVERIFIED, all of it: states of platform refunds handed to the ERP, and what it makes of them. */
import { countRefundExecution } from '../../channels/refund-executions.ts'
import type { Kernel } from '../../kernel/types.ts'
import type { WdtCall } from './calls.ts'
import { refusals } from './failure.ts'
import { type ErpRefund, family, touch, wdtState } from './state.ts'

const payoutTakesMs = 4_000
const waits = new Set([20, 60, 63, 65, 69, 70])
const checked = 30
const cancelled = 10
const completed = 90

export function uploadRefunds(call: WdtCall): Record<string, unknown> {
  const entries = listOf(call.fields.api_refund_list)
  for (const entry of entries) upload(call, entry)
  return { new_count: 0, chg_count: entries.length }
}

function listOf(value: unknown): Record<string, unknown>[] {
  let list = value
  try {
    if (typeof value === 'string') list = JSON.parse(value)
  } catch {
    // refused below
  }
  if (Array.isArray(list) && list.length > 0 && list.length <= 100) return list.map((one) => Object(one))
  throw refusals.parameter('api_refund_list')
}

function upload({ kernel, account }: WdtCall, entry: Record<string, unknown>): void {
  const refund = wdtState(kernel).refunds.find(
    (one) => one.sid === account.sid && one.refundNo === entry.refund_no,
  )
  if (refund === undefined) throw refusals.business('退换单不存在')
  if (refund.shopNo !== entry.shop_no) throw refusals.parameter('shop_no')
  if (!waits.has(refund.status)) throw refusals.business('退换单状态不允许修改')
  if (Math.round(Number(entry.refund_fee) * 100) !== refund.amount)
    throw refusals.business('退款金额与退换单不一致')
  refund.remark = String(entry.remark ?? '')
  if (entry.status === 'success') pay(kernel, refund)
  else if (entry.status === 'seller_refuse') refund.status = cancelled
  else if (entry.status !== 'wait_seller_agree') throw refusals.parameter('status')
  touch(kernel, refund)
}

/** Settled by the ERP, and counted; done a few seconds later. */
function pay(kernel: Kernel, refund: ErpRefund): void {
  refund.status = checked
  countRefundExecution(kernel, {
    system: family,
    refund_no: refund.rawNumbers[0] ?? refund.refundNo,
    order_no: refund.tids[0] ?? '',
    amount: refund.amount,
  })
  kernel.clock.after(payoutTakesMs, () => complete(kernel, refund))
}

function complete(kernel: Kernel, refund: ErpRefund): void {
  if (refund.status !== checked) return
  refund.status = completed
  refund.paidBack = refund.amount
  touch(kernel, refund)
}

/** After a restart: payouts on their way are completed as well. */
export function resumePayouts(kernel: Kernel): void {
  for (const refund of wdtState(kernel).refunds)
    if (refund.status === checked) kernel.clock.after(payoutTakesMs, () => complete(kernel, refund))
}
