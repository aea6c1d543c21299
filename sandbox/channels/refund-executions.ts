/** Counts refunds that were really carried out, so that a refund paid twice is visible whoever paid it. */
import type { Kernel } from '../kernel/types.ts'

export interface RefundExecution {
  system:
    | 'douyin-life'
    | 'douyin-shop'
    | 'jd'
    | 'jushuitan'
    | 'kuaishou'
    | 'pinduoduo'
    | 'taobao'
    | 'wangdiantong'
    | 'wechat-shop'
    | 'xiaohongshu'
  refund_no: string
  order_no: string
  /** fen */
  amount: number
  times: number
  /** sandbox ms of the last time */
  at: number
}

interface Executions {
  list: RefundExecution[]
}

const part = 'refund-executions'

export function countRefundExecution(kernel: Kernel, executed: Omit<RefundExecution, 'times' | 'at'>): void {
  const { list } = kernel.state<Executions>(part, empty)
  const same = list.find(
    (entry) => entry.system === executed.system && entry.refund_no === executed.refund_no,
  )
  if (same) {
    same.times++
    same.amount = executed.amount
    same.at = kernel.clock.now()
  } else list.push({ ...executed, times: 1, at: kernel.clock.now() })
  kernel.changed(part)
}

/** One entry per system and refund, oldest first. */
export function refundExecutions(kernel: Kernel): readonly RefundExecution[] {
  return kernel.state<Executions>(part, empty).list
}

/** `refundsExecuted` of the effects. */
export function showRefundExecutions(kernel: Kernel): void {
  kernel.effect('refundsExecuted', () => refundExecutions(kernel).map(({ at: _at, ...executed }) => executed))
}

function empty(): Executions {
  return { list: [] }
}
