/** What we read of a refund of `aftersales.refund.Refund.search`; the enterprise edition's comes in the same names. */
import { z } from 'zod'
import type { RefundStage } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { id, numbers, optionalId, optionalText, optionalTime, optionalYuan, time, yuan } from './wire.ts'

const refundRecord = z.object({
  refund_no: id,
  raw_refund_nos: numbers,
  tid_list: numbers,
  shop_no: id,
  type: optionalId,
  status: optionalId,
  guarantee_refund_amount: yuan,
  actual_refund_amount: optionalYuan,
  refund_reason: optionalText,
  remark: optionalText,
  refund_time: optionalTime,
  created: optionalTime,
  modified: time,
  // UNVERIFIED name: who registered it in the ERP.
  operator_name: optionalText,
})
export type RefundRecord = z.infer<typeof refundRecord>

export const listedRefund = z.object({ refund_no: optionalId })

/** @throws DataError naming the path of what is missing */
export function readRefund(record: unknown): RefundRecord {
  return readRecord(refundRecord, record, '旺店通退换单')
}

/** UNVERIFIED, all of them: 退换单状态 as public clients list them. */
const stages: Record<string, { stage: RefundStage; text: string }> = {
  '10': { stage: 'withdrawn', text: '已取消' },
  '20': { stage: 'requested', text: '待审核' },
  '30': { stage: 'agreed', text: '已审核' },
  '40': { stage: 'agreed', text: '已推送' },
  '50': { stage: 'agreed', text: '已推送异常' },
  '60': { stage: 'waiting-return', text: '待收货' },
  '63': { stage: 'waiting-return', text: '待推送' },
  '65': { stage: 'waiting-return', text: '推送失败' },
  '69': { stage: 'waiting-return', text: '部分到货' },
  '70': { stage: 'waiting-return', text: '部分入库' },
  '80': { stage: 'refunding', text: '待结算' },
  '85': { stage: 'refunding', text: '待过账' },
  '90': { stage: 'refunded', text: '已完成' },
}

/** Completed without money given back is agreed: what was paid shows in actual_refund_amount. */
export function stageOf(refund: Pick<RefundRecord, 'status' | 'actual_refund_amount'>): RefundStage {
  const stage = stages[refund.status ?? '']?.stage ?? 'unknown'
  if (stage === 'refunded' && !((refund.actual_refund_amount ?? 0) > 0)) return 'agreed'
  return stage
}

export function statusTextOf(refund: Pick<RefundRecord, 'status'>): string {
  return stages[refund.status ?? '']?.text ?? refund.status ?? ''
}
