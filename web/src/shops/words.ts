import type { WebAfterSaleStep, WebStep } from '#sandbox/channels/web/shapes.ts'

/** Chinese and English, and the colour of the badge. */
export type Words = readonly [zh: string, en: string, tone?: Tone]
export type Tone = 'grey' | 'blue' | 'orange' | 'green' | 'red' | 'violet'

const unknown: Words = ['其他', 'Other', 'grey']

const orderStatus: Record<number, Words> = {
  1: ['待付款', 'Unpaid', 'orange'],
  105: ['待发货', 'To ship', 'blue'],
  2: ['待处理', 'To handle', 'blue'],
  101: ['部分发货', 'Partly shipped', 'violet'],
  3: ['已发货', 'Shipped', 'violet'],
  4: ['已关闭', 'Closed', 'grey'],
  5: ['已完成', 'Finished', 'green'],
}

/** A voucher is booked where goods are shipped. */
export function orderStatusWords(status: number, kind: 'voucher' | 'goods'): Words {
  if (kind === 'voucher' && status === 2) return ['待预约', 'To book', 'blue']
  if (kind === 'voucher' && status === 3) return ['已预约', 'Booked', 'violet']
  return orderStatus[status] ?? unknown
}

const afterSaleStatus: Record<number, Words> = {
  6: ['待商家同意', 'Shop to decide', 'orange'],
  7: ['待买家退货', 'Buyer to return', 'orange'],
  11: ['待商家收货', 'Shop to receive', 'orange'],
  12: ['退款成功', 'Refunded', 'green'],
  27: ['商家已拒绝', 'Refused', 'red'],
  28: ['已撤销', 'Withdrawn', 'grey'],
  29: ['商家二次拒绝', 'Refused again', 'red'],
}

export function afterSaleWords(status: number, refundStatus?: number): Words {
  if (status === 12 && refundStatus === 2) return ['退款中', 'Paying back', 'violet']
  return afterSaleStatus[status] ?? unknown
}

export const refundTypes: readonly { type: number; words: Words }[] = [
  { type: 2, words: ['未发货仅退款', 'Refund before shipping'] },
  { type: 1, words: ['已发货仅退款', 'Refund after shipping'] },
  { type: 0, words: ['退货退款', 'Return and refund'] },
]

export function refundTypeWords(type: number): Words {
  return refundTypes.find((one) => one.type === type)?.words ?? unknown
}

const certificateStatus: Record<number, Words> = {
  1: ['未使用', 'Unused', 'blue'],
  2: ['已预约', 'Booked', 'violet'],
  3: ['已核销', 'Redeemed', 'green'],
  4: ['已退款', 'Refunded', 'grey'],
  5: ['已过期', 'Expired', 'red'],
}

export function certificateWords(status: number): Words {
  return certificateStatus[status] ?? unknown
}

/** Who does the step, and what the button says. */
export const stepWords: Record<WebStep, { by: 'buyer' | 'shop'; words: Words }> = {
  paid: { by: 'buyer', words: ['付款', 'Pay'] },
  cancelled: { by: 'buyer', words: ['取消订单', 'Cancel the order'] },
  finished: { by: 'buyer', words: ['确认收货', 'Confirm receipt'] },
  booked: { by: 'shop', words: ['确认预约', 'Confirm the booking'] },
  shipped: { by: 'shop', words: ['发货', 'Ship'] },
  verified: { by: 'shop', words: ['核销券码', 'Redeem the voucher'] },
  expired: { by: 'shop', words: ['券到期', 'Let the voucher expire'] },
}

export const afterSaleActors: Record<WebAfterSaleStep['by'], Words> = {
  buyer: ['买家', 'Buyer'],
  merchant: ['商家系统', 'Merchant system'],
  platform: ['平台', 'Platform'],
}

export const afterSaleActs: Record<WebAfterSaleStep['what'], Words> = {
  asked: ['申请退款', 'asked for a refund'],
  amount: ['修改了金额', 'changed the amount'],
  withdrawn: ['撤销了申请', 'withdrew'],
  returned: ['寄回了商品', 'sent the goods back'],
  agreed: ['同意退款', 'agreed to the refund'],
  return_agreed: ['同意退货', 'agreed to the return'],
  refused: ['拒绝退款', 'refused'],
  paid: ['退款到账', 'paid the money back'],
}

/** What a push says, by the platform's tag. */
const pushTags: Record<string, Words> = {
  '0': ['地址校验', 'Address check'],
  '100': ['订单创建', 'Order created'],
  '101': ['订单支付', 'Order paid'],
  '102': ['卖家发货', 'Order shipped'],
  '103': ['交易完成', 'Order finished'],
  '106': ['订单取消', 'Order cancelled'],
  '200': ['买家申请售后', 'Refund asked'],
  '201': ['同意退款', 'Refund agreed'],
  '202': ['同意退货', 'Return agreed'],
  '204': ['拒绝退款', 'Refund refused'],
  '206': ['退款成功', 'Refund paid'],
  '207': ['售后关闭', 'Refund closed'],
  '208': ['售后变更', 'Refund changed'],
}

export function pushTagWords(tag: string): Words {
  return pushTags[tag] ?? [`消息 ${tag}`, `Message ${tag}`]
}

const erpOrderStatus: Record<string, Words> = {
  WaitPay: ['待付款', 'Wait for payment', 'orange'],
  WaitConfirm: ['待审核', 'To check', 'blue'],
  Delivering: ['发货中', 'Delivering', 'violet'],
  Sent: ['已发货', 'Sent', 'green'],
  Cancelled: ['已取消', 'Cancelled', 'grey'],
}

export function erpOrderWords(status: string): Words {
  return erpOrderStatus[status] ?? [status, status, 'grey']
}

/** What an ERP refund stands at: its own status and the shop's together. */
export function erpRefundWords(status: string, shopStatus: string): Words {
  if (status === 'Cancelled') return ['已作废', 'Cancelled', 'grey']
  if (shopStatus === 'SELLER_REFUSE_BUYER') return ['已拒绝', 'Refused', 'red']
  if (status === 'Confirmed' && shopStatus === 'SUCCESS') return ['已打款', 'Paid', 'green']
  if (status === 'Confirmed') return ['打款中', 'Paying', 'violet']
  return ['待确认', 'Waiting', 'orange']
}
