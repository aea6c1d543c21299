import { z } from 'zod'
import type { Order, OrderStatus } from '#src/contracts/canonical.ts'
import { masked } from '../kit/masked.ts'
import { maskedWords } from '../kit/masked-words.ts'
import { readRecord } from '../kit/read-reply.ts'
import { withoutUndefined } from '../kit/without-undefined.ts'
import { code, fen, id, optionalFen, optionalId, optionalText, optionalTime, time } from './wire.ts'

/** What we read of an order, in the shape shared by the list and the detail: one order, one kind of goods. */
const orderRecord = z.object({
  orderBaseInfo: z.object({
    oid: id,
    status: code,
    totalFee: fen,
    discountFee: optionalFen,
    expressFee: optionalFen,
    createTime: time,
    payTime: optionalTime,
    sendTime: optionalTime,
    recvTime: optionalTime,
    refundTime: optionalTime,
    updateTime: time,
    buyerOpenId: optionalText,
    remark: optionalText,
  }),
  orderItemInfo: z.object({
    itemId: optionalId,
    skuId: optionalId,
    itemTitle: optionalText,
    skuDesc: optionalText,
    skuNick: optionalText,
    num: z.coerce.number().int().positive().nullish(),
    price: optionalFen,
  }),
  orderAddress: z.object({ desensitiseConsignee: optionalText, desensitiseMobile: optionalText }).nullish(),
  orderRefundList: z.array(z.object({ refundStatus: optionalId })).nullish(),
})
type OrderRecord = z.infer<typeof orderRecord>

/** Kuaishou docs: 订单状态. 80 is refined by whether the buyer had paid. */
const statuses: Record<number, { status: OrderStatus; text: string }> = {
  10: { status: 'unpaid', text: '待付款' },
  30: { status: 'paid', text: '已付款' },
  40: { status: 'shipped', text: '已发货' },
  50: { status: 'completed', text: '已签收' },
  70: { status: 'completed', text: '订单成功' },
  80: { status: 'cancelled', text: '订单失败' },
}

/** An order of Kuaishou. @throws DataError naming the path of what is missing */
export function normalizeOrder(record: unknown, shopId: string): Order {
  const order = readRecord(orderRecord, record, '快手订单')
  const { orderBaseInfo: base, orderAddress: address } = order
  const status = statusOf(order)
  return {
    platform: 'kuaishou',
    orderNo: base.oid,
    shopId,
    kind: 'goods',
    status,
    statusText: statuses[base.status]?.text ?? `status ${base.status}`,
    version: base.updateTime,
    times: timesOf(order, status),
    timeZone: 'Asia/Shanghai',
    amounts: amountsOf(order),
    buyer: withoutUndefined({
      name: masked(address?.desensitiseConsignee),
      phone: masked(address?.desensitiseMobile),
      id: base.buyerOpenId,
      words: base.remark === undefined ? undefined : maskedWords(base.remark),
    }),
    lines: [lineOf(order)],
    vouchers: [],
    live: {},
  }
}

function statusOf({ orderBaseInfo: base }: OrderRecord): OrderStatus {
  if (base.status === 80 && base.payTime !== undefined) return 'refunded'
  return statuses[base.status]?.status ?? 'unknown'
}

function timesOf({ orderBaseInfo: base }: OrderRecord, status: OrderStatus): Order['times'] {
  return {
    created: base.createTime,
    ...withoutUndefined({
      paid: base.payTime,
      shipped: base.sendTime,
      completed: status === 'completed' ? (base.recvTime ?? base.updateTime) : undefined,
      cancelled: status === 'cancelled' ? base.updateTime : undefined,
      refunded: status === 'refunded' ? (base.refundTime ?? base.updateTime) : undefined,
    }),
    updated: base.updateTime,
  }
}

/** UNVERIFIED: that totalFee is what the buyer pays, freight in it and discountFee taken off, and whose discount it was. */
function amountsOf({ orderBaseInfo: base }: OrderRecord): Order['amounts'] {
  const discount = base.discountFee ?? 0
  return {
    total: base.totalFee + discount,
    paid: base.payTime === undefined ? 0 : base.totalFee,
    freight: base.expressFee ?? 0,
    platformDiscount: 0,
    sellerDiscount: discount,
  }
}

function lineOf({
  orderBaseInfo: base,
  orderItemInfo: item,
  orderRefundList,
}: OrderRecord): Order['lines'][number] {
  const quantity = item.num ?? 1
  const paid = Math.max(0, base.totalFee - (base.expressFee ?? 0))
  return {
    lineId: base.oid,
    productId: item.itemId ?? '',
    title: item.itemTitle ?? '',
    quantity,
    amount: item.price === undefined ? paid : item.price * quantity,
    paid,
    ...withoutUndefined({
      sku: item.skuDesc ?? item.skuNick ?? item.skuId,
      refundState: orderRefundList?.at(-1)?.refundStatus,
    }),
  }
}
