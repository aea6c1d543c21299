/** `/open/refund/single/query`, and what happens to a refund inside the ERP. */
import { storeOf } from '../../channels/douyin-shop/state.ts'
import { countRefundExecution } from '../../channels/refund-executions.ts'
import type { Kernel } from '../../kernel/types.ts'
import { type Biz, type BizRoute, codes, ErpFailure } from './gateway.ts'
import { page, readIds, readObject, readWindow } from './paging.ts'
import { type ErpOrder, type ErpRefund, erpState, family, stamp } from './state.ts'
import { timeText, yuan } from './wire.ts'

const largestPage = 50
const payoutTakesMs = 4_000

export const refundRoutes: readonly BizRoute[] = [{ path: '/open/refund/single/query', handle: queryRefunds }]

export interface ErpRefundWish {
  order: ErpOrder
  /** fen */
  amount: number
  reason: string
  /** who registered it in the ERP */
  creator: string
  type?: string
  byHand?: true
}

export function registerRefund(kernel: Kernel, wish: ErpRefundWish): ErpRefund {
  const state = erpState(kernel)
  state.lastRefund += 1
  const refund: ErpRefund = {
    asId: state.lastRefund,
    outerAsId: `JST${kernel.clock.now()}${state.lastRefund % 1000}`,
    oId: wish.order.oId,
    soId: wish.order.soId,
    shopId: wish.order.shopId,
    type: wish.type ?? '仅退款',
    status: 'WaitConfirm',
    shopStatus: 'WAIT_SELLER_AGREE',
    goodStatus: 'BUYER_NOT_RECEIVED',
    amount: wish.amount,
    questionType: wish.reason,
    remark: '',
    creator: wish.creator,
    created: kernel.clock.now(),
    modified: 0,
    confirmedAt: 0,
    ...(wish.byHand && { byHand: wish.byHand }),
    ts: 0,
  }
  state.refunds.push(refund)
  stamp(kernel, refund)
  return refund
}

export function changeRefund(kernel: Kernel, refund: ErpRefund, change: Partial<ErpRefund>): void {
  Object.assign(refund, change)
  stamp(kernel, refund)
}

/** Confirming pays: counted as executed by the ERP; the payout is reported as SUCCESS a few seconds later. */
export function confirmRefund(kernel: Kernel, refund: ErpRefund): void {
  changeRefund(kernel, refund, { status: 'Confirmed', confirmedAt: kernel.clock.now() })
  countRefundExecution(kernel, {
    system: family,
    refund_no: refund.outerAsId || String(refund.asId),
    order_no: refund.soId,
    amount: refund.amount,
  })
  kernel.clock.after(payoutTakesMs, () => reportPayout(kernel, refund))
}

/** After a restart: payouts on their way are reported as well. */
export function resumePayouts(kernel: Kernel): void {
  for (const refund of erpState(kernel).refunds) {
    if (refund.status === 'Confirmed' && !storeOf(kernel).afterSales.has(refund.outerAsId))
      kernel.clock.after(payoutTakesMs, () => reportPayout(kernel, refund))
  }
}

function reportPayout(kernel: Kernel, refund: ErpRefund): void {
  if (refund.status !== 'Confirmed' || refund.shopStatus === 'SUCCESS') return
  changeRefund(kernel, refund, { shopStatus: 'SUCCESS' })
}

function queryRefunds(kernel: Kernel, raw: Biz): unknown {
  const biz = readObject(raw)
  const window = readWindow(biz)
  const soIds = readIds(biz, 'so_ids', 50)
  const oIds = readIds(biz, 'o_ids', 50)
  const asIds = readIds(biz, 'as_ids', 50)
  const startTs = biz.start_ts === undefined ? undefined : Number(biz.start_ts)
  if (!window && !soIds && !oIds && !asIds && startTs === undefined) {
    throw new ErpFailure(codes.badParameter, '时间段与单号不能同时为空')
  }
  const rows = erpState(kernel)
    .refunds.filter((row) => !window || (row.modified >= window.from && row.modified <= window.to))
    .filter((row) => !soIds || soIds.has(row.soId))
    .filter((row) => !oIds || oIds.has(String(row.oId)))
    .filter((row) => !asIds || asIds.has(String(row.asId)))
    .filter((row) => startTs === undefined || row.ts > startTs)
    .filter((row) => biz.shop_id === undefined || row.shopId === Number(biz.shop_id))
    .filter((row) => biz.status === undefined || row.status === biz.status)
    .sort((a, b) => (startTs === undefined ? a.modified - b.modified : a.ts - b.ts))
  const { rows: shown, ...rest } = page(rows, biz, largestPage)
  return { ...rest, datas: shown.map((row) => show(kernel, row)) }
}

function show(kernel: Kernel, row: ErpRefund): object {
  const order = storeOf(kernel).byId.get(row.soId)
  return {
    as_id: row.asId,
    outer_as_id: row.outerAsId,
    o_id: row.oId,
    so_id: row.soId,
    shop_id: row.shopId,
    type: row.type,
    status: row.status,
    shop_status: row.shopStatus,
    good_status: row.goodStatus,
    refund: yuan(row.amount),
    payment: '0.00',
    freight: '0.00',
    question_type: row.questionType,
    question_desc: row.questionType,
    remark: row.remark,
    // UNVERIFIED name: who registered the refund.
    creator_name: row.creator,
    warehouse: '',
    logistics_company: '',
    l_id: '',
    as_date: timeText(row.created),
    created: timeText(row.created),
    modified: timeText(row.modified),
    confirm_date: timeText(row.confirmedAt),
    ts: row.ts,
    items: order
      ? [
          {
            asi_id: row.asId * 10 + 1,
            sku_id: order.outSkuId,
            name: order.productName,
            qty: order.quantity,
            r_qty: 0,
            price: yuan(order.unitPrice),
            amount: yuan(row.amount),
            outer_oi_id: order.lineId,
            type: '退货',
          },
        ]
      : [],
  }
}
