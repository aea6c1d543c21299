import type { Order, OrderStatus, VoucherState } from '#src/contracts/canonical.ts'

const goodsStatus: Record<OrderStatus, string> = {
  unpaid: '待付款',
  paid: '待发货',
  'partly-shipped': '部分发货',
  shipped: '已发货',
  booked: '已预约',
  completed: '已完成',
  cancelled: '已取消',
  refunded: '已退款',
  unknown: '未知',
}

/** A paid voucher is not shipped, it waits to be used: paying is not fulfilling. */
export function statusWord(order: Order): string {
  if (order.kind === 'voucher' && order.status === 'paid') return '待使用'
  return goodsStatus[order.status]
}

const voucherWords: Record<VoucherState, string> = {
  unpaid: '待付款',
  paid: '待使用',
  booked: '已预约',
  verified: '已核销',
  expired: '已过期',
  refunding: '退款中',
  refunded: '已退款',
}

/** Distinct states of the order's vouchers, in the order of the certificates. */
export function voucherStates(order: Order): string[] {
  return [...new Set(order.vouchers.map((v) => voucherWords[v.state]))]
}

/** `3 张：待使用 2、已核销 1`; undefined for goods. */
export function voucherSummary(order: Order): string | undefined {
  if (order.vouchers.length === 0) return undefined
  const counts = new Map<string, number>()
  for (const v of order.vouchers)
    counts.set(voucherWords[v.state], (counts.get(voucherWords[v.state]) ?? 0) + 1)
  return `${order.vouchers.length} 张：${[...counts].map(([word, n]) => `${word} ${n}`).join('、')}`
}

/** Nobody needs to follow the order up any more. */
export function isClosed(order: Order): boolean {
  return order.status === 'completed' || order.status === 'cancelled' || order.status === 'refunded'
}

/** `普吉岛套餐券 等 2 件`: first line's title and how many lines there are. */
export function productWord(order: Order): string {
  const first = order.lines[0]?.title ?? '（无商品信息）'
  return order.lines.length > 1 ? `${first} 等 ${order.lines.length} 种` : first
}

export const quantityOf = (order: Order): number => order.lines.reduce((sum, line) => sum + line.quantity, 0)

export const buyerWord = (order: Order): string =>
  [order.buyer.name, order.buyer.phone].filter((part) => part !== undefined && part !== '').join(' ') ||
  '（平台未提供）'

const platformWords: Record<string, string> = {
  douyin: '抖店',
  'douyin-life': '抖音来客',
  taobao: '淘宝',
  tmall: '天猫',
  fliggy: '飞猪',
  jd: '京东',
  pinduoduo: '拼多多',
  kuaishou: '快手',
  xiaohongshu: '小红书',
  'wechat-shop': '微信小店',
  vip: '唯品会',
}

/** What people call the platform; its id when we have no word for it. */
export const platformWord = (platform: string): string => platformWords[platform] ?? platform
