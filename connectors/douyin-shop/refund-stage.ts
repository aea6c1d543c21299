import type { RefundStage } from '#src/contracts/canonical.ts'

/**
 * Where an after-sale stands, from its two numbers (platform: 售后状态 and 退款状态).
 *
 * refund_status: 1 待退款, 2 退款中, 3 退款成功, 4 退款失败, 5 追缴成功. Money counts as paid back only when the
 * platform says so; agreeing alone is `agreed`. Withdrawn by the buyer is status 28 with refund_status left at 1.
 */
export function refundStage(status: number, refundStatus: number | undefined): RefundStage {
  if (refundStatus === 3 || refundStatus === 5) return 'refunded'
  if (status === 28) return refundStatus === 4 ? 'failed' : 'withdrawn'
  if (status === 27 || status === 29) return 'refused'
  if (refundStatus === 4) return 'failed'
  if (refundStatus === 2) return 'refunding'
  if (status === 12) return refundStatus === 1 ? 'agreed' : 'refunded'
  return openStages[status] ?? 'unknown'
}

/** 8, 13 and 14 belong to exchanges and re-deliveries: agreed, no money moves. 51 and 53 are UNVERIFIED: unknown. */
const openStages: Record<number, RefundStage> = {
  6: 'requested',
  7: 'waiting-return',
  11: 'waiting-return',
  8: 'agreed',
  13: 'agreed',
  14: 'agreed',
}

/** Platform: 售后状态. */
export const statusTexts: Record<number, string> = {
  6: '待商家同意',
  7: '待买家退货',
  8: '待商家发货',
  11: '待商家二次同意',
  12: '售后成功',
  13: '待买家收货',
  14: '换货成功',
  27: '商家一次拒绝',
  28: '售后失败',
  29: '商家二次拒绝',
  51: '取消成功',
  53: '逆向交易完成',
}
