/** Orders and refunds as the platform writes them: integer fen, ms, 64-bit numbers, sealed and masked receivers. */
import { int64 } from '../big-json.ts'
import type { Order, Refund } from './state.ts'

type Wire = Record<string, unknown>

export function orderWire(order: Order): Wire {
  return {
    orderBaseInfo: {
      oid: int64(order.oid),
      status: order.status,
      totalFee: order.price - order.discount,
      discountFee: order.discount,
      expressFee: 0,
      createTime: order.createdAt,
      payTime: order.paidAt ?? 0,
      sendTime: order.sentAt ?? 0,
      recvTime: order.receivedAt ?? 0,
      refundTime: order.refundedAt ?? 0,
      updateTime: order.modifiedAt,
      buyerOpenId: `f1b6${order.oid.slice(-8)}`,
      buyerNick: '小李爱旅行',
      remark: order.buyerWords,
      payType: 1,
    },
    orderItemInfo: {
      skuId: int64(order.skuId),
      itemId: int64(order.itemId),
      itemTitle: order.title,
      skuDesc: '默认',
      num: 1,
      price: order.price,
      originalPrice: order.price,
    },
    orderRefundList: order.refundIds.map((id) => ({ refundId: int64(id) })),
    orderAddress: {
      encryptedConsignee: `#${order.oid.slice(-8)}#`,
      encryptedMobile: `$${order.oid.slice(-8)}$`,
      desensitiseConsignee: '李**',
      desensitiseMobile: '138****2046',
      province: '湖北省',
      city: '武汉市',
      district: '洪山区',
    },
  }
}

const hoursToDecide = 48

export function refundWire(refund: Refund): Wire {
  return {
    refundId: int64(refund.id),
    oid: int64(refund.oid),
    status: refund.status,
    handlingWay: refund.handlingWay,
    negotiateStatus: refund.negotiateStatus,
    refundFee: refund.amount,
    refundReason: 101,
    refundReasonDesc: refund.reason,
    submitTime: refund.createdAt,
    createTime: refund.createdAt,
    updateTime: refund.modifiedAt,
    expireTime: refund.createdAt + hoursToDecide * 3_600_000,
    endTime: refund.endedAt ?? 0,
    refundType: 1,
  }
}
