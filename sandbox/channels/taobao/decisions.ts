import { countRefundExecution } from '../refund-executions.ts'
import { TopFailure } from './failure.ts'
import { type Refund, taobaoChanged, taobaoState } from './state.ts'
import { refundNamed, required, type TopCall } from './trades.ts'

/** fen one call may pay back. TOP docs: taobao.rp.refunds.agree. */
const mostPaid = { taobao: 600_000, tmall: 1_000_000 }

/** `id|fen|version|phase`, several separated by commas. */
export function refundsAgree(call: TopCall): unknown {
  const infos = required(call, 'refund_infos').split(',')
  const { isTmall, needsCode } = call.shop
  if (needsCode && call.field('code') === '')
    return { succ: false, msg_code: 'RP_NEED_CODE', message: '需要短信验证码' }
  if (infos.length > (isTmall ? 30 : 20)) throw refused('isv.refund-count-limit', '超过单次笔数上限')
  const agreed = infos.map((info) => readInfo(call, info))
  const total = agreed.reduce((sum, refund) => sum + refund.amount, 0)
  if (total > (isTmall ? mostPaid.tmall : mostPaid.taobao))
    throw refused('isv.refund-fee-limit', '超过单次金额上限')
  for (const refund of agreed) pay(call, refund)
  return { succ: true, msg_code: 'OP_SUCC', message: '操作成功' }
}

function readInfo(call: TopCall, info: string): Refund {
  const [id = '', amount, version, phase] = info.split('|')
  const refund = openRefund(call, id)
  if (refund.hasReturn) throw refused('isv.refund-type-error', '退货退款不能直接退款')
  if (Number(amount) !== refund.amount) throw refused('isv.refund-fee-error', '退款金额不一致')
  if (phase !== refund.phase) throw refused('isv.refund-phase-error', '退款阶段不一致')
  checkVersion(refund, version ?? '')
  return refund
}

function pay(call: TopCall, refund: Refund): void {
  const { kernel } = call
  countRefundExecution(kernel, {
    system: 'taobao',
    refund_no: refund.id,
    order_no: refund.tid,
    amount: refund.amount,
  })
  move(call, refund, 'SUCCESS')
  const trade = taobaoState(kernel).trades[refund.tid]
  if (trade === undefined) return
  trade.modifiedAt = refund.modifiedAt
  if (trade.lines.length > 1) return
  trade.status = 'TRADE_CLOSED'
  trade.endedAt = refund.modifiedAt
}

export function refundRefuse(call: TopCall): unknown {
  const refund = openRefund(call, required(call, 'refund_id'))
  refund.refusedWith = required(call, 'refuse_message')
  checkVersion(refund, required(call, 'refund_version'))
  move(call, refund, 'SELLER_REFUSE_BUYER')
  return { refund: { refund_id: refund.id, status: refund.status } }
}

export function returnGoodsAgree(call: TopCall): unknown {
  const refund = openRefund(call, required(call, 'refund_id'))
  if (!refund.hasReturn) throw refused('isv.refund-type-error', '不是退货退款')
  checkVersion(refund, required(call, 'refund_version'))
  move(call, refund, 'WAIT_BUYER_RETURN_GOODS')
  return { is_success: true }
}

function openRefund(call: TopCall, id: string): Refund {
  const refund = refundNamed(call, id)
  if (refund.status === 'WAIT_SELLER_AGREE') return refund
  throw refused('isv.refund-status-error', '退款状态不正确')
}

function checkVersion(refund: Refund, version: string): void {
  if (version !== String(refund.version)) throw refused('isv.refund-version-error', '退款信息已变更，请刷新')
}

function move({ kernel }: TopCall, refund: Refund, status: string): void {
  refund.status = status
  refund.version += 1
  refund.modifiedAt = kernel.clock.now()
  taobaoChanged(kernel)
}

function refused(code: string, msg: string): TopFailure {
  return new TopFailure(15, 'Remote service error', { code, msg })
}
