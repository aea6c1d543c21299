import type { Order, OrderLine, OrderStatus } from '#src/contracts/canonical.ts'
import { masked } from '../kit/masked.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { type LineRecord, type OrderRecord, orderRecord } from './order-record.ts'

/** JD docs: orderState. Locked orders are paid ones somebody asked to cancel. UNVERIFIED: NOT_PAY, PAUSE, POP_ORDER_PAUSE. */
const statuses: Record<string, { status: OrderStatus; text: string }> = {
  NOT_PAY: { status: 'unpaid', text: '未付款' },
  WAIT_SELLER_STOCK_OUT: { status: 'paid', text: '等待出库' },
  LOCKED: { status: 'paid', text: '已锁定' },
  PAUSE: { status: 'paid', text: '已暂停' },
  POP_ORDER_PAUSE: { status: 'paid', text: '已暂停' },
  WAIT_GOODS_RECEIVE_CONFIRM: { status: 'shipped', text: '等待确认收货' },
  FINISHED_L: { status: 'completed', text: '完成' },
  TRADE_CANCELED: { status: 'cancelled', text: '取消' },
}

/** An order of JD. @throws DataError naming the path of what is missing */
export function normalizeOrder(record: unknown, shopId: string): Order {
  const order = readRecord(orderRecord, record, '京东订单')
  const status = statusOf(order)
  return {
    platform: 'jd',
    orderNo: order.orderId,
    shopId,
    kind: 'goods',
    status,
    statusText: statuses[order.orderState]?.text ?? order.orderState,
    version: order.modified,
    times: timesOf(order, status),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(order),
    buyer: withoutUndefined({
      name: masked(order.consigneeInfo?.fullname),
      phone: masked(order.consigneeInfo?.mobile ?? order.consigneeInfo?.telephone),
      words: words(order.orderRemark),
    }),
    ...withoutUndefined({ sellerWords: words(order.venderRemark) }),
    lines: linesOf(order),
    vouchers: [],
    live: {},
  }
}

const words = (text: string | undefined) => (text === undefined ? undefined : maskedWords(text))

/** Cash on delivery waits for its parcel without being paid. */
function statusOf({ orderState, paymentConfirmTime }: OrderRecord): OrderStatus {
  const status = statuses[orderState]?.status ?? 'unknown'
  return status === 'paid' && paymentConfirmTime === undefined ? 'unpaid' : status
}

function timesOf(order: OrderRecord, status: OrderStatus): Order['times'] {
  const ended = order.orderEndTime ?? order.modified
  return {
    created: order.orderStartTime,
    ...withoutUndefined({
      paid: order.paymentConfirmTime,
      completed: status === 'completed' ? ended : undefined,
      cancelled: status === 'cancelled' ? ended : undefined,
    }),
    updated: order.modified,
  }
}

/** UNVERIFIED: that orderTotalPrice counts the goods without the freight; what JD itself gave is not told here. */
function amountsOf(order: OrderRecord): Order['amounts'] {
  const freight = order.freightPrice ?? 0
  const due = order.actualPay ?? order.shouldPay ?? 0
  return {
    total: order.orderTotalPrice + freight,
    paid: order.paymentConfirmTime === undefined ? 0 : due,
    freight,
    platformDiscount: 0,
    sellerDiscount: order.sellerDiscount ?? 0,
  }
}

/** JD gives no numbers to lines and no payment per line: the article names it, the payment is shared by list price. */
function linesOf(order: OrderRecord): OrderLine[] {
  const { paid, freight } = amountsOf(order)
  const goodsPaid = Math.max(0, paid - freight)
  const prices = order.itemInfoList.map(priceOf)
  const whole = prices.reduce((sum, price) => sum + price, 0)
  let left = goodsPaid
  return order.itemInfoList.map((line, index) => {
    const amount = prices[index] ?? 0
    const isLast = index === order.itemInfoList.length - 1
    const share = isLast ? left : sharedPart(goodsPaid, amount, whole)
    left -= share
    return {
      lineId: `${line.skuId ?? line.wareId ?? 'line'}-${index + 1}`,
      productId: line.wareId ?? line.skuId ?? '',
      title: line.skuName ?? '',
      quantity: line.itemTotal ?? 1,
      amount,
      paid: share,
      ...withoutUndefined({ sku: line.outerSkuId ?? line.skuId }),
    }
  })
}

const priceOf = (line: LineRecord) => (line.jdPrice ?? 0) * (line.itemTotal ?? 1)

/** Exact also where the product exceeds what a number holds. */
function sharedPart(sum: number, part: number, whole: number): number {
  return whole <= 0 ? 0 : Number((BigInt(sum) * BigInt(part)) / BigInt(whole))
}
