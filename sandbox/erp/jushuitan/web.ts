/** The ERP's pages: its orders, its refunds and 发起退款, the writes it received, and the ledger of what was paid. */

import { storeOf } from '../../channels/douyin-shop/state.ts'
import { refundExecutions } from '../../channels/refund-executions.ts'
import { ApiFailure, type Kernel, type WebCall } from '../../kernel/types.ts'
import { personOf } from '../../web/person.ts'
import type { WebErpOrder, WebErpOrderPage, WebErpRefund, WebExecution, WebWriteBack } from '../web/shapes.ts'
import { erpStatus, mirrorMissing, orderBySoId } from './orders.ts'
import { changeRefund, registerRefund } from './refunds.ts'
import { type ErpOrder, type ErpRefund, erpState } from './state.ts'
import { writeBacks } from './write-back-record.ts'

const pageSize = 20
const mostShown = 100
const longestReason = 200

export function registerErpWeb(kernel: Kernel): void {
  kernel.web('GET', 'erp/orders', (call) => as(kernel, call, pageOfOrders))
  kernel.web('GET', 'erp/refunds', (call) => as(kernel, call, listRefunds))
  kernel.web('POST', 'erp/refunds', (call) => as(kernel, call, startRefund))
  kernel.web('POST', 'erp/refunds/:as_id/cancel', (call) => as(kernel, call, cancelRefund))
  kernel.web('GET', 'erp/write-backs', (call) => as(kernel, call, listWriteBacks))
  kernel.web('GET', 'erp/executions', (call) => as(kernel, call, listExecutions))
}

function as<T>(kernel: Kernel, call: WebCall, handle: (kernel: Kernel, call: WebCall) => T): T {
  personOf(kernel, call)
  return handle(kernel, call)
}

function pageOfOrders(kernel: Kernel, { query }: WebCall): WebErpOrderPage {
  const words = String(query.q ?? '').trim()
  const platform = storeOf(kernel).byId
  const rows = erpState(kernel)
    .orders.filter(
      (row) =>
        words === '' ||
        row.soId.includes(words) ||
        String(row.oId).includes(words) ||
        platform.get(row.soId)?.productName.includes(words) === true,
    )
    .toReversed()
  const pages = Math.max(1, Math.ceil(rows.length / pageSize))
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(query.page ?? 1)) || 1))
  const shown = rows.slice((page - 1) * pageSize, page * pageSize)
  return { orders: shown.map((row) => showOrder(kernel, row)), page, pages, total: rows.length }
}

function showOrder(kernel: Kernel, row: ErpOrder): WebErpOrder {
  const order = storeOf(kernel).byId.get(row.soId)
  return {
    o_id: row.oId,
    so_id: row.soId,
    shop_name: shopName(kernel, row.shopId),
    product: order?.productName ?? '',
    quantity: order?.quantity ?? 0,
    amount: order?.payAmount ?? 0,
    status: erpStatus(order),
    modified: row.modified,
    refundable: order !== undefined && order.payTime > 0 && !isSettled(kernel, row.soId),
  }
}

function shopName(kernel: Kernel, erpShopId: number): string {
  return erpState(kernel).shops.find((shop) => shop.shopId === erpShopId)?.name ?? String(erpShopId)
}

/** No refund may start any more: refunded on the platform, or a refund of its own waits or was paid. */
export function isSettled(kernel: Kernel, soId: string): boolean {
  const order = storeOf(kernel).byId.get(soId)
  const onPlatform = order?.afterSale !== null && ![27, 28, 29].includes(order?.afterSale?.status ?? 0)
  return (
    order?.status === 4 ||
    onPlatform ||
    erpState(kernel).refunds.some(
      (refund) =>
        refund.soId === soId && refund.status !== 'Cancelled' && refund.shopStatus !== 'SELLER_REFUSE_BUYER',
    )
  )
}

function listRefunds(kernel: Kernel): WebErpRefund[] {
  return erpState(kernel)
    .refunds.slice(-mostShown)
    .toReversed()
    .map((refund) => showRefund(kernel, refund))
}

function showRefund(kernel: Kernel, refund: ErpRefund): WebErpRefund {
  return {
    as_id: refund.asId,
    outer_as_id: refund.outerAsId,
    so_id: refund.soId,
    shop_name: shopName(kernel, refund.shopId),
    product: storeOf(kernel).byId.get(refund.soId)?.productName ?? '',
    amount: refund.amount,
    type: refund.type,
    status: refund.status,
    shop_status: refund.shopStatus,
    reason: refund.questionType,
    remark: refund.remark,
    creator: refund.creator,
    created: refund.created,
    modified: refund.modified,
  }
}

/** `{so_id, amount, reason}` → the refund, registered under the name of who started it. */
function startRefund(kernel: Kernel, call: WebCall): WebErpRefund {
  const { so_id: soId, amount, reason } = call.body
  mirrorMissing(kernel)
  const order = orderBySoId(kernel, String(soId))
  const paid = storeOf(kernel).byId.get(String(soId))
  if (!order || !paid || paid.payTime === 0)
    throw new ApiFailure(404, 'ERP 里没有这个已付款的订单 the ERP has no such paid order', { status: 404 })
  if (isSettled(kernel, order.soId))
    throw new ApiFailure(400, '这个订单已有退款，或已关闭 the order has a refund already, or is closed')
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount < 1 || amount > paid.payAmount)
    throw new ApiFailure(400, `退款金额须在 0.01 到实付 ${(paid.payAmount / 100).toFixed(2)} 元之间`)
  if (typeof reason !== 'string' || reason.trim() === '' || reason.length > longestReason)
    throw new ApiFailure(400, '请填写退款原因 a reason is needed')
  const creator = personOf(kernel, call).name
  return showRefund(
    kernel,
    registerRefund(kernel, { order, amount, reason: reason.trim(), creator, byHand: true }),
  )
}

function cancelRefund(kernel: Kernel, { params }: WebCall): WebErpRefund {
  const refund = erpState(kernel).refunds.find((one) => String(one.asId) === params.as_id)
  if (!refund) throw new ApiFailure(404, '没有这个退款单 no such refund', { status: 404 })
  if (refund.status !== 'WaitConfirm')
    throw new ApiFailure(400, '这个退款单已经处理完了 the refund is already decided')
  changeRefund(kernel, refund, { status: 'Cancelled', shopStatus: 'CLOSED' })
  return showRefund(kernel, refund)
}

function listWriteBacks(kernel: Kernel): WebWriteBack[] {
  return writeBacks(kernel)
    .slice(-mostShown)
    .toReversed()
    .map(({ shopStatus, ...entry }) => ({ ...entry, shop_status: shopStatus }))
}

function listExecutions(kernel: Kernel): WebExecution[] {
  return refundExecutions(kernel).slice(-mostShown).toReversed()
}
