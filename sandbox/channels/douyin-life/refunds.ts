/** The life of a refund: asked for, decided by the merchant within 72 hours, otherwise by the platform. */
import type { Kernel } from '../../kernel/types.ts'
import { countRefundExecution } from '../refund-executions.ts'
import { push } from './push.ts'
import { type Certificate, type LifeState, lifeChanged, lifeState, type Refund } from './state.ts'

const decisionMs = 72 * 3_600_000

export function certificateOf(state: LifeState, refund: Refund): Certificate | undefined {
  return state.orders[refund.orderId]?.certificates.find(({ id }) => id === refund.certificateId)
}

/** What nobody decided in time is paid back. */
export function settleOverdue(kernel: Kernel): void {
  const before = kernel.clock.now() - decisionMs
  for (const refund of Object.values(lifeState(kernel).refunds))
    if (refund.status === 10 && refund.createdAt <= before) settle(kernel, refund, 50)
}

/** 50 pays back, 25 refuses, 40 withdraws. */
export function settle(kernel: Kernel, refund: Refund, status: number): void {
  const state = lifeState(kernel)
  const now = kernel.clock.now()
  refund.status = status
  refund.modifiedAt = now
  const order = state.orders[refund.orderId]
  const certificate = certificateOf(state, refund)
  if (order && certificate) {
    order.modifiedAt = now
    certificate.changedAt = now
    certificate.status = status === 50 ? 300 : 201
  }
  if (status === 50) {
    refund.completedAt = now
    if (certificate) Object.assign(certificate, { refundAmount: refund.amount, refundedAt: now })
    const { id: refund_no, orderId: order_no, amount } = refund
    countRefundExecution(kernel, { system: 'douyin-life', refund_no, order_no, amount })
    const named = { certificate_id: refund.certificateId, order_id: order_no, account_id: refund.accountId }
    push(kernel, 'life_trade_certificate_notify', {
      action: 'refund_success',
      msg_time: Math.floor(now / 1000),
      certificate: named,
    })
  }
  lifeChanged(kernel)
}
