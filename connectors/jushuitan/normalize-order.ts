import type { Order, OrderLine, OrderStatus } from '#src/contracts/canonical.ts'
import { DataError } from '#src/errors.ts'
import { masked } from '../kit/masked.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import type { JushuitanConfig } from './config.ts'
import { type ItemRecord, type OrderRecord, orderRecord } from './order-record.ts'
import { shopOf } from './shop-map.ts'

/** Platform: 聚水潭订单状态. Merged and split orders stay what they were for the buyer. */
const erpStatuses: Record<string, { status: OrderStatus; text: string }> = {
  WaitPay: { status: 'unpaid', text: '待付款' },
  WaitConfirm: { status: 'paid', text: '已付款待审核' },
  WaitFConfirm: { status: 'paid', text: '已客审待财审' },
  WaitOuterSent: { status: 'paid', text: '等供销商|外仓发货' },
  Delivering: { status: 'paid', text: '发货中' },
  Question: { status: 'paid', text: '异常' },
  Merged: { status: 'paid', text: '被合并' },
  Split: { status: 'paid', text: '被拆分' },
  Sent: { status: 'shipped', text: '已发货' },
  Cancelled: { status: 'cancelled', text: '取消' },
}

/** The platform's own state as the ERP copied it says more than the ERP's about the end of an order. */
const finalShopStatuses: Record<string, OrderStatus> = {
  WAIT_BUYER_PAY: 'unpaid',
  TRADE_FINISHED: 'completed',
  TRADE_CLOSED: 'cancelled',
  TRADE_CLOSED_BY_TAOBAO: 'cancelled',
}

/** An order as the ERP shows it: identity is the platform of its shop and the platform's number. @throws DataError */
export function normalizeOrder(record: unknown, config: JushuitanConfig): Order {
  const order = readRecord(orderRecord, record, '聚水潭订单')
  const shop = shopOf(config, order.shop_id)
  const erp = erpStatuses[order.status ?? '']
  const status = finalShopStatuses[order.shop_status ?? ''] ?? erp?.status ?? 'unknown'
  return {
    platform: shop.platform,
    orderNo: order.so_id,
    shopId: shop.shopId,
    // The ERP does not tell vouchers from goods.
    kind: 'goods',
    status,
    statusText: erp?.text ?? order.status ?? '',
    version: order.modified,
    times: timesOf(order, status),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(order),
    buyer: withoutUndefined({
      name: masked(order.receiver_name),
      phone: masked(order.receiver_mobile),
      id: order.open_id ?? order.shop_buyer_id,
      words: words(order.buyer_message),
    }),
    ...withoutUndefined({ sellerWords: words(order.remark) }),
    lines: order.items.map((item, index) => lineOf(item, `${order.so_id}-${index + 1}`)),
    vouchers: [],
    live: withoutUndefined({ authorId: order.referrer_id, authorName: order.referrer_name }),
  }
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

function timesOf(order: OrderRecord, status: OrderStatus): Order['times'] {
  const created = order.order_date ?? order.created
  if (created === undefined) {
    throw new DataError('record_unreadable', '聚水潭订单 is not readable: order_date is missing', {
      path: 'order_date',
    })
  }
  return {
    created,
    ...withoutUndefined({
      paid: order.pay_date,
      shipped: order.send_date,
      completed: status === 'completed' ? order.end_time : undefined,
      cancelled: status === 'cancelled' ? (order.end_time ?? order.modified) : undefined,
    }),
    updated: order.modified,
  }
}

function amountsOf(order: OrderRecord): Order['amounts'] {
  const due = order.pay_amount ?? 0
  const platformDiscount =
    (order.platform_free_amount ?? 0) + (order.pay_free_amount ?? 0) + (order.referrer_free_amount ?? 0)
  const sellerDiscount = order.shop_free_amount ?? 0
  const isPaid = order.pay_date !== undefined
  return {
    total: due + platformDiscount + sellerDiscount,
    paid: order.paid_amount ?? (isPaid ? due : 0),
    freight: order.freight ?? 0,
    platformDiscount,
    sellerDiscount,
  }
}

function lineOf(item: ItemRecord, fallbackId: string): OrderLine {
  const quantity = Math.max(1, Math.trunc(item.qty ?? 1))
  const amount = item.amount ?? (item.price ?? 0) * quantity
  return {
    lineId: item.outer_oi_id ?? item.oi_id ?? fallbackId,
    productId: item.shop_i_id ?? item.i_id ?? item.sku_id ?? '',
    title: item.name ?? '',
    quantity,
    amount,
    paid: item.buyer_paid_amount ?? amount,
    ...withoutUndefined({
      sku: item.properties_value ?? item.sku_id,
      authorId: item.referrer_id,
      refundState: item.refund_status === 'none' ? undefined : item.refund_status,
    }),
  }
}
