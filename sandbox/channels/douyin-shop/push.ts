/** Signed pushes from the platform to the product. */
import type { Kernel } from '../../kernel/types.ts'
import { int64, writeJson } from '../big-json.ts'
import { type PushedMessage, recordPush } from './push-record.ts'
import { eventSign } from './sign.ts'
import { type AfterSale, family, nowSeconds, type Order, shopChanged, shopState } from './state.ts'

/**
 * Tag 100 is certain; the others come from one public collection of message classes (each naming the platform's
 * message page) and are UNVERIFIED against a real shop.
 */
const orderTags = {
  created: '100',
  paid: '101',
  shipped: '102',
  finished: '103',
  cancelled: '106',
} as const
const refundTags = {
  requested: '200',
  agreed: '201',
  returnAgreed: '202',
  refused: '204',
  succeeded: '206',
  closed: '207',
  modified: '208',
} as const

export type OrderTag = keyof typeof orderTags
export type RefundTag = keyof typeof refundTags

/** UNVERIFIED: the platform says that it retries, not when. */
const retryAfterMs = [10_000, 60_000, 300_000, 1_800_000, 3_600_000] as const

export function pushOrder(kernel: Kernel, order: Order, what: OrderTag): void {
  const time = {
    created: 'create_time',
    paid: 'pay_time',
    shipped: 'update_time',
    finished: 'complete_time',
    cancelled: 'cancel_time',
  }
  send(kernel, orderTags[what], {
    p_id: int64(order.id),
    s_ids: [int64(order.lineId)],
    shop_id: int64(order.shopId),
    order_status: order.status,
    order_type: order.kind === 'voucher' ? 4 : 0,
    biz: order.kind === 'voucher' ? 11 : 2,
    [time[what]]: what === 'created' ? order.createTime : order.updateTime,
    ...(what === 'paid' ? { pay_amount: order.payAmount, pay_type: 1 } : {}),
    ...(what === 'cancelled' ? { cancel_reason: order.cancelReason } : {}),
  })
}

export function pushRefund(kernel: Kernel, item: AfterSale, what: RefundTag): void {
  const time = {
    requested: 'apply_time',
    agreed: 'agree_time',
    returnAgreed: 'agree_time',
    refused: 'refuse_time',
    succeeded: 'success_time',
    closed: 'close_time',
    modified: 'modify_time',
  }
  send(kernel, refundTags[what], {
    aftersale_id: int64(item.id),
    aftersale_status: item.status,
    aftersale_type: item.type,
    p_id: int64(item.orderId),
    s_id: int64(item.lineId),
    shop_id: int64(item.shopId),
    reason_code: item.reasonCode,
    refund_amount: item.amount,
    refund_post_amount: 0,
    refund_voucher_num: item.voucherCount,
    update_time: item.updateTime,
    [time[what]]: what === 'requested' ? item.applyTime : item.updateTime,
  })
}

/** The address check a developer triggers in the console: tag 0, to be acknowledged like any other push. */
export function pushAddressCheck(kernel: Kernel): void {
  deliver(kernel, { tag: '0', msg_id: '0', data: new Date(kernel.clock.now()).toISOString() })
}

function send(kernel: Kernel, tag: string, data: object): void {
  if (!kernel.settings.pushUrls[family]) return
  const state = shopState(kernel)
  state.lastMessage += 1
  shopChanged(kernel)
  const message = {
    tag,
    msg_id: `${nowSeconds(kernel)}${String(state.lastMessage).padStart(9, '0')}:${tag}`,
    data: writeJson(data),
  }
  const { duplicate, reorder } = state.pushOptions
  if (reorder > 0 && kernel.random.next() < reorder) {
    kernel.clock.after(kernel.random.int(2_000, 6_000), () => deliver(kernel, message))
  } else deliver(kernel, message)
  if (duplicate > 0 && kernel.random.next() < duplicate) {
    kernel.clock.after(kernel.random.int(500, 4_000), () => deliver(kernel, message))
  }
}

/** Messages of one burst, by kernel, waiting for the end of this turn of the event loop. */
const bursts = new WeakMap<Kernel, PushedMessage[]>()

/** UNVERIFIED how many the platform puts into one array; that it is an array is certain. */
const mostPerPush = 20

function deliver(kernel: Kernel, message: PushedMessage): void {
  const waiting = bursts.get(kernel)
  if (waiting) {
    waiting.push(message)
    return
  }
  bursts.set(kernel, [message])
  setImmediate(() => {
    const burst = bursts.get(kernel) ?? []
    bursts.delete(kernel)
    for (let at = 0; at < burst.length; at += mostPerPush) post(kernel, burst.slice(at, at + mostPerPush))
  })
}

function post(kernel: Kernel, messages: readonly PushedMessage[]): void {
  const url = kernel.settings.pushUrls[family]
  if (!url) return
  const { appKey, appSecret } = shopState(kernel)
  const body = Buffer.from(JSON.stringify(messages))
  const headers = {
    'content-type': 'application/json;charset=UTF-8',
    'app-id': appKey,
    'event-sign': eventSign(appKey, body, appSecret),
  }
  kernel.push({
    family,
    url,
    headers,
    body,
    accepted: isAcknowledged,
    retryAfterMs,
    attempted: recordPush(kernel, { url, headers, messages }),
  })
}

/** HTTP 200 with `{"code":0,…}`; anything else is sent again. */
function isAcknowledged(status: number, body: string): boolean {
  if (status !== 200) return false
  try {
    return (JSON.parse(body) as { code?: unknown }).code === 0
  } catch {
    return false
  }
}
