import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Inbound, PushReply, PushRequest, Verdict } from '#src/contracts/connector.ts'
import { DataError } from '#src/errors.ts'
import { readJson } from '../kit/read-json.ts'
import { readRecord } from '../kit/read-reply.ts'
import { decryptWechatPush, signWechatPush } from '../kit/schemes/wechat.ts'
import { isSameSignature } from '../kit/sign/same-signature.ts'
import type { WechatShopConfig } from './config.ts'
import { id, optionalId } from './wire.ts'

const what = '微信小店消息推送'

/** The signature covers what is encrypted; the envelope must name the same receiver as the message inside. */
export function verify(request: PushRequest, config: WechatShopConfig): Verdict {
  const { pushToken: token, encodingAesKey } = config
  if (token === undefined || encodingAesKey === undefined)
    return { ok: false, reason: 'pushToken and encodingAesKey are not configured' }
  try {
    const { Encrypt: encrypt, ToUserName } = envelopeOf(request)
    const { msg_signature = '', timestamp = '', nonce = '' } = request.query
    if (!isSameSignature(msg_signature, signWechatPush({ token, timestamp, nonce, encrypt })))
      return { ok: false, reason: 'msg_signature does not match' }
    const isSame = messageOf(request, config).message.ToUserName === ToUserName
    return isSame ? { ok: true } : { ok: false, reason: 'the envelope names another receiver' }
  } catch (error) {
    if (error instanceof DataError) return { ok: false, reason: error.message }
    throw error
  }
}

/** Checks the address when it is saved: the text comes back when the token signed it. WeChat docs: 消息推送 验证消息来自微信. */
export function echo(request: PushRequest, { pushToken: token }: WechatShopConfig): PushReply | undefined {
  const { signature = '', timestamp = '', nonce = '', echostr } = request.query
  if (token === undefined || echostr === undefined) return undefined
  if (!isSameSignature(signature, signWechatPush({ token, timestamp, nonce }))) return undefined
  return { status: 200, contentType: 'text/plain; charset=utf-8', body: echostr }
}

/** Anything but these seven letters is sent again. WeChat docs: 消息推送. */
export function reply(verdict: Verdict): PushReply {
  return {
    status: verdict.ok ? 200 : 401,
    contentType: 'text/plain; charset=utf-8',
    body: verdict.ok ? 'success' : 'refused',
  }
}

/**
 * What changed. A refund changes its order too.
 * @throws DataError for what opens with our key and is no message
 */
export function parse(request: PushRequest, config: WechatShopConfig): Inbound[] {
  const { message, text } = messageOf(request, config)
  // Sent again, a message is encrypted anew: only what is inside stays the same.
  const dedupeKey = createHash('sha256').update(text).digest('hex').slice(0, 32)
  const { Event: event = '', order_info: order, finder_shop_aftersale_status_update: refund } = message
  const changed = { kind: 'changed' as const, dedupeKey }
  if (refund) {
    const about: Inbound = { ...changed, resource: 'refunds', externalId: refund.after_sale_order_id }
    if (refund.order_id === undefined) return [about]
    const externalId = refund.order_id
    return [about, { ...changed, resource: 'orders', externalId, dedupeKey: `${dedupeKey}:order` }]
  }
  if (order) return [{ ...changed, resource: 'orders', externalId: order.order_id }]
  return [{ kind: 'ignore', dedupeKey, reason: `${event || 'a message'} names no order` }]
}

const envelopeShape = z.strictObject({ ToUserName: z.string(), Encrypt: z.base64().min(1) })

/** Nothing but the signed text and its receiver: an unsigned byte too many is refused. @throws DataError */
function envelopeOf({ raw }: PushRequest): z.infer<typeof envelopeShape> {
  if (raw.at(-1) !== '}'.charCodeAt(0)) throw new DataError('record_unreadable', `${what} is not an object`)
  return readRecord(envelopeShape, readJson(raw.toString('utf8')), what)
}

const messageShape = z.object({
  ToUserName: z.string(),
  Event: z.string().optional(),
  order_info: z.object({ order_id: id }).nullish(),
  finder_shop_aftersale_status_update: z.object({ after_sale_order_id: id, order_id: optionalId }).nullish(),
})

function messageOf(request: PushRequest, config: WechatShopConfig) {
  if (config.encodingAesKey === undefined)
    throw new DataError('cipher_invalid', '没有配置 encodingAesKey，消息无法解密')
  const text = decryptWechatPush(envelopeOf(request).Encrypt, config.encodingAesKey, config.appId)
  return { text, message: readRecord(messageShape, readJson(text), what) }
}
