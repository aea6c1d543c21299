/** Encrypted, signed pushes from the platform to the product. */
import type { Kernel } from '../../kernel/types.ts'
import { int64, writeJson } from '../big-json.ts'
import { pushSignature, seal } from './seal.ts'
import { type AfterSale, family, type Order, type Shop, wechatState } from './state.ts'

/** WeChat docs: three tries, five seconds apart. UNVERIFIED for the shop's own messages. */
const retryAfterMs = [5_000, 5_000]

/** UNVERIFIED: members of order_info beside the number. */
export function pushOrder(kernel: Kernel, order: Order, what: string): void {
  send(kernel, order.appId, `channels_ec_order_${what}`, { order_info: { order_id: int64(order.id) } })
}

export function pushAfterSale(kernel: Kernel, item: AfterSale): void {
  const update = { status: item.status, after_sale_order_id: item.id, order_id: item.orderId }
  const data = { finder_shop_aftersale_status_update: update }
  send(kernel, item.appId, 'channels_ec_aftersale_update', data)
}

function send(kernel: Kernel, appId: string, event: string, data: object): void {
  const target = kernel.settings.pushUrls[family]
  const shop = wechatState(kernel).shops.find((one) => one.appId === appId)
  if (!target || shop === undefined) return
  const message = {
    ToUserName: shop.originalId,
    FromUserName: 'sandbox',
    CreateTime: Math.floor(kernel.clock.now() / 1000),
    MsgType: 'event',
    Event: event,
    ...data,
  }
  kernel.push({
    family,
    ...sealed(shop, { target, text: writeJson(message), now: kernel.clock.now() }),
    headers: { 'content-type': 'application/json' },
    accepted: (status, body) => status === 200 && body === 'success',
    retryAfterMs,
  })
}

function sealed(shop: Shop, { target, text, now }: { target: string; text: string; now: number }) {
  const Encrypt = seal(text, shop.encodingAesKey, shop.appId)
  const timestamp = String(Math.floor(now / 1000))
  const nonce = Encrypt.replaceAll(/\D/g, '').slice(0, 9)
  const url = new URL(target)
  const query = {
    timestamp,
    nonce,
    signature: pushSignature([shop.pushToken, timestamp, nonce]),
    encrypt_type: 'aes',
    msg_signature: pushSignature([shop.pushToken, timestamp, nonce, Encrypt]),
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return { url: url.toString(), body: Buffer.from(JSON.stringify({ ToUserName: shop.originalId, Encrypt })) }
}
