import type { Order, OrderStatus } from '#src/contracts/canonical.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { hotelRecord, isHotel, travelRecord } from './order-record.ts'

/** TOP docs: 交易状态. TRADE_CLOSED is a trade that was paid and given back in full. */
const statuses: Record<string, { status: OrderStatus; text: string }> = {
  TRADE_NO_CREATE_PAY: { status: 'unpaid', text: '未创建支付单' },
  WAIT_BUYER_PAY: { status: 'unpaid', text: '等待买家付款' },
  PAY_PENDING: { status: 'unpaid', text: '付款确认中' },
  WAIT_PRE_AUTH_CONFIRM: { status: 'unpaid', text: '等待预授权确认' },
  WAIT_SELLER_SEND_GOODS: { status: 'paid', text: '已付款，等待卖家确认' },
  PAID_FORBID_CONSIGN: { status: 'paid', text: '已付款，暂禁发货' },
  SELLER_CONSIGNED_PART: { status: 'partly-shipped', text: '部分发货' },
  WAIT_BUYER_CONFIRM_GOODS: { status: 'booked', text: '卖家已确认，等待出行' },
  TRADE_BUYER_SIGNED: { status: 'completed', text: '买家已确认' },
  TRADE_FINISHED: { status: 'completed', text: '交易成功' },
  TRADE_CLOSED: { status: 'refunded', text: '付款后关闭' },
  TRADE_CLOSED_BY_TAOBAO: { status: 'cancelled', text: '付款前关闭' },
}

interface Read {
  orderNo: string
  word: string
  created: number
  updated: number
  paidAt: number | undefined
  /** fen */
  payment: number
  lines: Order['lines']
}

/** A travel or hotel order of Fliggy. @throws DataError naming the path of what is missing */
export function normalizeOrder(record: unknown, shopId: string): Order {
  const read = isHotel(record) ? readHotel(record) : readTravel(record)
  const status = statuses[read.word]?.status ?? 'unknown'
  const total = read.lines.reduce((sum, line) => sum + line.amount, 0)
  const isPaid = read.paidAt !== undefined || !['unpaid', 'cancelled', 'unknown'].includes(status)
  return {
    platform: 'fliggy',
    orderNo: read.orderNo,
    shopId,
    kind: 'goods',
    status,
    statusText: statuses[read.word]?.text ?? read.word,
    version: read.updated,
    times: {
      created: read.created,
      ...withoutUndefined({
        paid: read.paidAt,
        completed: status === 'completed' ? read.updated : undefined,
        cancelled: status === 'cancelled' ? read.updated : undefined,
        refunded: status === 'refunded' ? read.updated : undefined,
      }),
      updated: read.updated,
    },
    timeZone: 'Asia/Shanghai',
    amounts: {
      total,
      paid: isPaid ? read.payment : 0,
      freight: 0,
      platformDiscount: 0,
      sellerDiscount: Math.max(0, total - read.payment),
    },
    buyer: {},
    lines: read.lines,
    vouchers: [],
    live: {},
  }
}

function readTravel(record: unknown): Read {
  const order = readRecord(travelRecord, record, '飞猪度假订单')
  const first = order.sub_orders[0]?.sub_order_id ?? ''
  return {
    orderNo: order.order_id_string ?? order.order_id ?? first,
    word: order.status,
    created: order.created_time,
    updated: order.modified_time,
    paidAt: order.pay_info?.pay_time,
    payment: order.sub_orders.reduce((sum, sub) => sum + sub.payment, 0),
    lines: order.sub_orders.map((sub) => ({
      lineId: sub.sub_order_id,
      productId: sub.buy_item_info?.item_id ?? '',
      title: sub.buy_item_info?.item_title ?? '',
      quantity: sub.buy_item_info?.num ?? 1,
      amount: sub.total_fee ?? sub.payment + (sub.discount_fee ?? 0),
      paid: sub.payment,
      ...withoutUndefined({ sku: sub.buy_item_info?.sku_id, refundState: sub.refund_status }),
    })),
  }
}

function readHotel(record: unknown): Read {
  const order = readRecord(hotelRecord, record, '飞猪酒店订单')
  const nights = [order.checkin_date, order.checkout_date].filter(Boolean).join(' 至 ')
  return {
    orderNo: order.tid,
    word: order.trade_status,
    created: order.created,
    updated: order.modified ?? order.created,
    paidAt: order.pay_time,
    payment: order.payment,
    lines: [
      {
        lineId: order.oid ?? order.tid,
        productId: '',
        title: [order.hotel_name, order.room_type_name].filter(Boolean).join(' '),
        sku: nights,
        quantity: order.room_number ?? 1,
        amount: order.total_room_price ?? order.payment,
        paid: order.payment,
        ...withoutUndefined({ refundState: order.refund_status }),
      },
    ],
  }
}
