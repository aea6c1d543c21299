/** Counts refunds that were really carried out, so that a refund paid twice is visible whoever paid it. */
import type { Kernel } from '../kernel/types.ts'

export interface RefundExecution {
  system: 'douyin-shop' | 'jushuitan'
  refund_no: string
  order_no: string
  /** fen */
  amount: number
  times: number
}

interface Executions {
  list: RefundExecution[]
}

const part = 'refund-executions'

export function countRefundExecution(kernel: Kernel, executed: Omit<RefundExecution, 'times'>): void {
  const { list } = kernel.state<Executions>(part, empty)
  const same = list.find(
    (entry) => entry.system === executed.system && entry.refund_no === executed.refund_no,
  )
  if (same) {
    same.times++
    same.amount = executed.amount
  } else list.push({ ...executed, times: 1 })
  kernel.changed(part)
}

/** `refundsExecuted` of the effects: one entry per system and refund. */
export function showRefundExecutions(kernel: Kernel): void {
  kernel.effect('refundsExecuted', () => kernel.state<Executions>(part, empty).list)
}

function empty(): Executions {
  return { list: [] }
}
