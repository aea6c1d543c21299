/** Encrypted messages from the platform to the product. */
import type { Kernel } from '../../kernel/types.ts'
import { int64, writeJson } from '../big-json.ts'
import { sealMessage } from './sign.ts'
import { family, ksChanged, ksState, type Order, type Refund } from './state.ts'

const minute = 60_000
const retryAfterMs = [5 * minute, 10 * minute, 20 * minute, 30 * minute, 60 * minute]

export type OrderEvent =
  | 'addOrder'
  | 'paySuccess'
  | 'delivering'
  | 'deliverySuccess'
  | 'orderSuccess'
  | 'orderFail'

export function pushOrder(kernel: Kernel, order: Order, what: OrderEvent): void {
  send(kernel, {
    event: `kwaishop_order_${what}`,
    bizId: order.oid,
    userId: order.sellerId,
    info: {
      oid: int64(order.oid),
      sellerId: int64(order.sellerId),
      status: order.status,
      updateTime: order.modifiedAt,
    },
  })
}

export function pushRefund(kernel: Kernel, refund: Refund, what: 'addRefund' | 'updateRefund'): void {
  send(kernel, {
    event: `kwaishop_aftersales_${what}`,
    bizId: refund.id,
    userId: refund.sellerId,
    info: {
      orderId: int64(refund.oid),
      refundId: int64(refund.id),
      handlingWay: refund.handlingWay,
      status: refund.status,
      updateTime: refund.modifiedAt,
    },
  })
}

/** The message the console sends when an address is saved. */
export function pushAddressCheck(kernel: Kernel): void {
  post(kernel, '{"test":true}')
}

function send(kernel: Kernel, message: { event: string; bizId: string; userId: string; info: object }): void {
  if (!kernel.settings.pushUrls[family]) return
  const state = ksState(kernel)
  state.lastEvent += 1
  ksChanged(kernel)
  const text = writeJson({
    eventId: `267_${state.lastEvent}_${message.bizId.slice(-6)}`,
    bizId: int64(message.bizId),
    userId: int64(message.userId),
    openId: `s1b6${message.userId.slice(-8)}`,
    appKey: state.appKey,
    event: message.event,
    info: writeJson(message.info),
    createTime: kernel.clock.now(),
    test: false,
  })
  post(kernel, text)
}

function post(kernel: Kernel, text: string): void {
  const url = kernel.settings.pushUrls[family]
  if (!url) return
  kernel.push({
    family,
    url,
    headers: { 'content-type': 'text/plain;charset=utf-8' },
    body: Buffer.from(sealMessage(text, ksState(kernel).privateKey)),
    accepted: isAcknowledged,
    retryAfterMs,
  })
}

/** HTTP 200 with `{"result":1}`; anything else is sent again. */
function isAcknowledged(status: number, body: string): boolean {
  if (status !== 200) return false
  try {
    return (JSON.parse(body) as { result?: unknown }).result === 1
  } catch {
    return false
  }
}
