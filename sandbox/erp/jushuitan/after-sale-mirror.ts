/**
 * Platform after-sales in the ERP, as merchants have it who let the ERP download them: each case becomes a refund of
 * the ERP under the platform's number (outer_as_id), and what is decided in the ERP is carried out on the platform.
 * Off until asked for. UNVERIFIED: how soon, and that confirming agrees on the platform.
 */
import { onOrderChange } from '../../channels/douyin-shop/order-listeners.ts'
import { executeRefund, isOpen, refuseRefund } from '../../channels/douyin-shop/refund.ts'
import { type AfterSale, type Order, savedAfterSales, storeOf } from '../../channels/douyin-shop/state.ts'
import { ApiFailure, type ControlCall, type Kernel } from '../../kernel/types.ts'
import { orderBySoId } from './orders.ts'
import { changeRefund, registerRefund } from './refunds.ts'
import { type ErpRefund, erpChanged, erpState, type ShopStatus } from './state.ts'

const mirrorDelayMs = 3_000

export function mirrorAfterSales(kernel: Kernel): void {
  onOrderChange(kernel, (order) => {
    if (erpState(kernel).mirrorsAfterSales)
      kernel.clock.after(mirrorDelayMs, () => mirrorCases(kernel, order))
  })
  kernel.control('POST', 'erp/jushuitan/options', (call) => setOptions(kernel, call))
}

/** `{mirror_after_sales: boolean}` */
function setOptions(kernel: Kernel, { body }: ControlCall): unknown {
  if (typeof body.mirror_after_sales !== 'boolean')
    throw new ApiFailure(400, 'mirror_after_sales must be true or false')
  erpState(kernel).mirrorsAfterSales = body.mirror_after_sales
  erpChanged(kernel)
  return { mirror_after_sales: body.mirror_after_sales }
}

function mirrorCases(kernel: Kernel, order: Order): void {
  for (const item of savedAfterSales(kernel)) if (item.orderId === order.id) mirrorCase(kernel, item)
}

function mirrorCase(kernel: Kernel, item: AfterSale): void {
  const known = erpState(kernel).refunds.find((refund) => refund.outerAsId === item.id)
  const order = orderBySoId(kernel, item.orderId)
  if (!known && (!order || !isOpen(item))) return
  const refund = known ?? (order && register(kernel, item, order))
  if (!refund) return
  const shopStatus = shopStatusOf(item) ?? refund.shopStatus
  if (shopStatus === refund.shopStatus && item.amount === refund.amount) return
  const voided = shopStatus === 'CLOSED' && refund.status === 'WaitConfirm'
  changeRefund(kernel, refund, {
    shopStatus,
    amount: item.amount,
    ...(voided ? { status: 'Cancelled' } : {}),
  })
}

function register(
  kernel: Kernel,
  item: AfterSale,
  order: Parameters<typeof registerRefund>[1]['order'],
): ErpRefund {
  const refund = registerRefund(kernel, {
    order,
    amount: item.amount,
    reason: item.reason,
    creator: '系统',
    type: item.type === 0 ? '普通退货' : '仅退款',
  })
  refund.outerAsId = item.id
  return refund
}

const shopStatuses: Record<number, ShopStatus> = {
  6: 'WAIT_SELLER_AGREE',
  7: 'WAIT_BUYER_RETURN_GOODS',
  11: 'WAIT_SELLER_CONFIRM_GOODS',
  27: 'SELLER_REFUSE_BUYER',
  28: 'CLOSED',
  29: 'SELLER_REFUSE_BUYER',
}

/** undefined while the money is on its way. */
function shopStatusOf(item: AfterSale): ShopStatus | undefined {
  return item.refundStatus === 3 ? 'SUCCESS' : shopStatuses[item.status]
}

/** The platform's case behind a refund of the ERP, when it is a copy of one. */
export function caseOf(kernel: Kernel, refund: ErpRefund): AfterSale | undefined {
  return storeOf(kernel).afterSales.get(refund.outerAsId)
}

/** What was confirmed in the ERP is paid by the platform, unless it was already. */
export function payOnPlatform(kernel: Kernel, item: AfterSale): void {
  if (isOpen(item)) executeRefund(kernel, item)
}

export function refuseOnPlatform(kernel: Kernel, item: AfterSale, reason: string): void {
  if (isOpen(item)) refuseRefund(kernel, item, reason)
}
