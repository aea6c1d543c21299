import type { Order, Refund } from '#src/contracts/canonical.ts'

export const startMs = Date.UTC(2026, 10, 1, 4, 0, 0)

export function anOrder(change: Partial<Order> = {}): Order {
  const version = change.version ?? startMs
  return {
    platform: 'douyin',
    orderNo: '6917000000000000001',
    shopId: 'shop-1',
    kind: 'goods',
    status: 'paid',
    statusText: '已支付',
    timeZone: 'Asia/Shanghai',
    amounts: { total: 9900, paid: 9900, freight: 0, platformDiscount: 0, sellerDiscount: 0 },
    buyer: { name: '张*', phone: '138****0000' },
    lines: [{ lineId: 'l1', productId: 'p1', title: '泰国电话卡', quantity: 1, amount: 9900, paid: 9900 }],
    vouchers: [],
    live: {},
    ...change,
    version,
    times: { created: startMs, updated: version, ...change.times },
  }
}

export function aRefund(change: Partial<Refund> = {}): Refund {
  const version = change.version ?? startMs
  return {
    platform: 'douyin',
    refundNo: '700001',
    orderNo: '6917000000000000001',
    shopId: 'shop-1',
    kind: 'refund-only',
    stage: 'requested',
    statusText: '待商家同意',
    amount: 9900,
    reason: '不想要了',
    refs: { 'douyin-shop': '700001' },
    ...change,
    version,
    times: { requested: startMs, updated: version, ...change.times },
  }
}
