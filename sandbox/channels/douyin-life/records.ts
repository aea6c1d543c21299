import type { Kernel } from '../../kernel/types.ts'
import { invalid, LifeFailure } from './failure.ts'
import { certificateOf, settle, settleOverdue } from './refunds.ts'
import { lifeState } from './state.ts'
import { orderWire, refundWire } from './wire.ts'

export interface LifeCall {
  kernel: Kernel
  account: { accountId: string; name: string }
  field(name: string): string
}

function range({ field }: LifeCall, name: string): ((ms: number | null) => boolean) | undefined {
  const [start, end] = [field(`${name}_start_time`), field(`${name}_end_time`)]
  if (start === '' && end === '') return undefined
  if (!/^\d{10}$/.test(start) || !/^\d{10}$/.test(end)) throw invalid(`${name}_start_time`)
  return (ms) => {
    const second = Math.floor((ms ?? 0) / 1000)
    return second >= Number(start) && second <= Number(end)
  }
}

/** Without page_size or page_num the answer is empty, as the platform's is. */
export function queryOrders(call: LifeCall): object {
  settleOverdue(call.kernel)
  const [num, size] = [Number(call.field('page_num') || 0), Number(call.field('page_size') || 0)]
  if (size > 200) throw invalid('page_size')
  const updated = range(call, 'update_order')
  const created = range(call, 'create_order')
  const orderId = call.field('order_id')
  const rows = Object.values(lifeState(call.kernel).orders)
    .filter(
      (one) =>
        one.accountId === call.account.accountId &&
        (orderId === '' || one.id === orderId) &&
        (updated?.(one.modifiedAt) ?? true) &&
        (created?.(one.createdAt) ?? true),
    )
    .toSorted((a, b) => b.createdAt - a.createdAt)
  const shown = num < 1 || size < 1 ? [] : rows.slice((num - 1) * size, num * size)
  return {
    orders: shown.map((one) => orderWire(one, call.account.name)),
    page: { page_num: num, page_size: size, total: rows.length },
  }
}

function refundsOf(call: LifeCall) {
  settleOverdue(call.kernel)
  const all = Object.values(lifeState(call.kernel).refunds)
  return all.filter((one) => one.accountId === call.account.accountId)
}

function shown(call: LifeCall, refunds: ReturnType<typeof refundsOf>): object[] {
  const state = lifeState(call.kernel)
  return refunds.map((one) => refundWire(one, certificateOf(state, one)?.code ?? ''))
}

export function queryRefunds(call: LifeCall): object {
  const size = Number(call.field('page_size'))
  if (!(size >= 1 && size <= 100)) throw invalid('page_size')
  const created = range(call, 'create_order')
  const done = range(call, 'refund_done')
  if (!created && !done) throw invalid('create_order_start_time')
  const from = Number(call.field('cursor') || 0)
  const rows = refundsOf(call).filter(
    (one) => (created?.(one.createdAt) ?? true) && (done?.(one.completedAt) ?? true),
  )
  const page = rows.slice(from, from + size)
  return {
    after_sale_order_list: shown(call, page),
    cursor: String(from + page.length),
    has_more: from + page.length < rows.length,
  }
}

export function refundDetail(call: LifeCall): object {
  const [orderId, certificateId] = [call.field('order_id'), call.field('certificate_id')]
  if (orderId === '') throw invalid('order_id')
  const rows = refundsOf(call).filter(
    (one) => one.orderId === orderId && (certificateId === '' || one.certificateId === certificateId),
  )
  return { after_sale_order_list: shown(call, rows), has_more: false, cursor: '' }
}

export function auditRefund(call: LifeCall): object {
  const open = refundsOf(call).find(
    (one) =>
      one.orderId === call.field('order_id') &&
      one.certificateId === call.field('certificate_id') &&
      one.status === 10,
  )
  if (open === undefined) throw new LifeFailure(2100005, '售后单不存在或状态不允许审批')
  const agrees = call.field('audit_status') === 'true'
  if (!agrees && call.field('reject_reason') === '') throw invalid('reject_reason')
  settle(call.kernel, open, agrees ? 50 : 25)
  return {}
}
