import { z } from 'zod'
import type { Inbound, PushReply, PushRequest, Verdict } from '#src/contracts/connector.ts'
import { DataError } from '#src/errors.ts'
import { readJson } from '../kit/read-json.ts'
import { readRecord } from '../kit/read-reply.ts'
import { decryptPush } from '../kit/schemes/kuaishou.ts'
import type { KuaishouConfig } from './config.ts'
import { optionalId, optionalText } from './wire.ts'

/** Nothing is signed: that it opens with our key, to text that names our app, is the proof. Kuaishou docs: 消息服务说明. */
export function verify(request: PushRequest, config: KuaishouConfig): Verdict {
  try {
    const message = messageOf(request, config)
    if (message.test === true && message.appKey === undefined) return { ok: true }
    return message.appKey === config.appKey ? { ok: true } : { ok: false, reason: 'unknown appKey' }
  } catch (error) {
    if (error instanceof DataError) return { ok: false, reason: 'the message does not open with our key' }
    throw error
  }
}

/** The platform wants exactly this within 3 s; anything else is sent again. */
export function reply(verdict: Verdict): PushReply {
  const body = verdict.ok ? { result: 1 } : { result: 0, error_msg: verdict.reason }
  return {
    status: verdict.ok ? 200 : 401,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  }
}

const messageShape = z.object({
  eventId: optionalText,
  bizId: optionalId,
  userId: optionalId,
  appKey: optionalText,
  event: optionalText,
  info: optionalText,
  test: z.boolean().nullish(),
})
type Message = z.infer<typeof messageShape>

const infoShape = z.object({
  oid: optionalId,
  orderId: optionalId,
  refundId: optionalId,
  updateTime: z.number().int().positive().nullish(),
})

/**
 * What changed. A refund changes its order too.
 * @throws DataError for what opens with our key and is no message
 */
export function parse(request: PushRequest, config: KuaishouConfig): Inbound[] {
  const message = messageOf(request, config)
  if (message.test === true) return [{ kind: 'ignore', dedupeKey: 'test', reason: 'address check' }]
  const { eventId: dedupeKey, event = '' } = message
  if (dedupeKey === undefined) throw new DataError('record_unreadable', '快手消息推送 has no eventId')
  const info = readRecord(infoShape, readJson(message.info ?? '{}'), `快手消息推送 ${event}`)
  const about = { kind: 'changed' as const, ...shopOf(message, config), dedupeKey }
  if (event.startsWith('kwaishop_order_')) {
    const externalId = info.oid ?? message.bizId
    return externalId === undefined
      ? [unnamed(dedupeKey, event)]
      : [{ ...about, resource: 'orders', externalId }]
  }
  const refundNo = info.refundId ?? (isAboutRefund(event) ? message.bizId : undefined)
  if (refundNo === undefined) return [unnamed(dedupeKey, event)]
  const version = info.updateTime ? { version: info.updateTime } : {}
  const refund: Inbound = { ...about, ...version, resource: 'refunds', externalId: refundNo }
  const orderNo = info.orderId ?? info.oid
  if (orderNo === undefined) return [refund]
  return [refund, { ...about, resource: 'orders', externalId: orderNo, dedupeKey: `${dedupeKey}:order` }]
}

const isAboutRefund = (event: string) => /^kwaishop_(?:aftersales|refund)_/.test(event)

function unnamed(dedupeKey: string, event: string): Inbound {
  return { kind: 'ignore', dedupeKey, reason: `${event || 'a message'} names no order` }
}

/** One app pushes for all its shops to one address; without a sellerId the shop that was knocked at is meant. */
function shopOf({ userId }: Message, { sellerId }: KuaishouConfig): { channelShopId?: string } {
  return userId === undefined || sellerId === undefined ? {} : { channelShopId: userId }
}

/** Base64 and UTF-8 as they must be written: without a signature, every byte has to count. @throws DataError */
function messageOf(request: PushRequest, config: KuaishouConfig): Message {
  const body = request.raw.toString('latin1')
  if (config.privateKey === undefined || Buffer.from(body, 'base64').toString('base64') !== body)
    throw new DataError(
      'cipher_invalid',
      '快手消息推送 is not the base64 text of a message, or privateKey is missing',
    )
  return readRecord(messageShape, readJson(textOf(body, config.privateKey)), '快手消息推送')
}

function textOf(body: string, privateKey: string): string {
  const text = decryptPush(body, privateKey)
  // A replacement character stands for bytes that were no UTF-8.
  if (text.includes('\uFFFD')) throw new DataError('cipher_invalid', '快手消息推送 does not open to text')
  return text
}
