import type { Order, Refund } from '#src/contracts/canonical.ts'
import type { ShopView } from '#src/contracts/playbook.ts'

export const kindWords: Record<Refund['kind'], string> = {
  'refund-only': '仅退款',
  'return-and-refund': '退货退款',
  exchange: '换货',
  other: '其他',
}

export const payerWords: Record<ShopView['payer'], string> = { erp: 'ERP', channel: '渠道', person: '人工' }

const systemWords: Record<string, string> = {
  jushuitan: '聚水潭',
  wangdiantong: '旺店通',
  'douyin-shop': '抖店',
}
export const systemWord = (connector: string): string => systemWords[connector] ?? connector

export const refundSubject = (refund: Pick<Refund, 'platform' | 'refundNo'>) =>
  `refund:${refund.platform}:${refund.refundNo}`

export function readRefundSubject(subject: string): { platform: string; refundNo: string } | undefined {
  const [, platform, refundNo] = /^refund:([^:]+):(.+)$/.exec(subject) ?? []
  return platform === undefined || refundNo === undefined ? undefined : { platform, refundNo }
}

const voucherWords = {
  unpaid: '待付款',
  paid: '待使用',
  booked: '已预约',
  verified: '已核销',
  expired: '已过期',
  refunding: '退款中',
  refunded: '已退款',
}

/** `2 张：待使用 1、已核销 1`; undefined for goods. */
export function voucherWord(order: Order | undefined): string | undefined {
  if (order === undefined || order.vouchers.length === 0) return undefined
  const counts = new Map<string, number>()
  for (const v of order.vouchers)
    counts.set(voucherWords[v.state], (counts.get(voucherWords[v.state]) ?? 0) + 1)
  return `${order.vouchers.length} 张：${[...counts].map(([word, n]) => `${word} ${n}`).join('、')}`
}

export const productWord = (order: Order | undefined): string =>
  order === undefined ? '（订单尚未同步）' : order.lines.map((l) => `${l.title} × ${l.quantity}`).join('；')

export const buyerWord = (order: Order | undefined): string =>
  [order?.buyer.name, order?.buyer.phone].filter((v) => v !== undefined && v !== '').join(' ') ||
  '（平台未提供）'
