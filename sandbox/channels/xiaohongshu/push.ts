import type { Kernel } from '../../kernel/types.ts'
import { pushHeaders } from './sign.ts'
import { type AfterSale, family, type Order, xhsState } from './state.ts'

/** One retry after five minutes. */
const retryAfterMs = [5 * 60_000]

/** UNVERIFIED: members of data beside the numbers. */
export function pushOrder(kernel: Kernel, order: Order): void {
  const data = { orderId: order.id, orderStatus: order.status, updateTime: order.updatedAt }
  send(kernel, [message('msg_fulfillment_status_change', order.sellerId, data)])
}

export function pushAfterSale(kernel: Kernel, item: AfterSale, tag: string): void {
  const data = { returnsId: item.id, orderId: item.orderId, updateTime: item.updatedAt }
  send(kernel, [message(tag, item.sellerId, data)])
}

/** The message a developer sends from the console. */
export function pushTest(kernel: Kernel): void {
  send(kernel, { test: true })
}

function message(msgTag: string, sellerId: string, data: object): object {
  return { msgTag, sellerId, data: JSON.stringify(data) }
}

function send(kernel: Kernel, body: object): void {
  const target = kernel.settings.pushUrls[family]
  if (!target) return
  const { appId: id, appSecret: secret } = xhsState(kernel)
  const seconds = Math.floor(kernel.clock.now() / 1000)
  kernel.push({
    family,
    url: target,
    headers: {
      'content-type': 'application/json;charset=utf-8',
      ...pushHeaders(new URL(target), { id, secret, seconds }),
    },
    body: Buffer.from(JSON.stringify(body)),
    accepted: isAcknowledged,
    retryAfterMs,
  })
}

/** `{"success":true,"error_code":0,…}`; anything else is sent again. */
function isAcknowledged(status: number, body: string): boolean {
  if (status !== 200) return false
  try {
    const { success, error_code: code } = JSON.parse(body) as { success?: unknown; error_code?: unknown }
    return success === true && code === 0
  } catch {
    return false
  }
}
