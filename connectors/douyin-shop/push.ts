import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Inbound, PushReply, PushRequest, Verdict } from '#src/contracts/connector.ts'
import { DataError } from '#src/errors.ts'
import { readJson } from '../kit/read-json.ts'
import { readRecord } from '../kit/read-reply.ts'
import { isSameSignature } from '../kit/sign/same-signature.ts'
import type { DouyinShopConfig } from './config.ts'
import { signDoudianPush } from './sign.ts'
import { id, optionalId } from './wire.ts'

/** Header `event-sign` is md5 of app key, raw body and secret; header `app-id` names the app. */
export function verify(request: PushRequest, config: DouyinShopConfig): Verdict {
  const appId = request.headers['app-id']
  if (appId !== undefined && appId !== config.appKey) return { ok: false, reason: 'unknown app-id' }
  const expected = signDoudianPush(config.appKey, request.raw, config.appSecret)
  return isSameSignature(expected, request.headers['event-sign'])
    ? { ok: true }
    : { ok: false, reason: 'event-sign does not match' }
}

/** The platform wants exactly these answers within 5 s; anything else is sent again. */
export function reply(verdict: Verdict): PushReply {
  const body = verdict.ok ? { code: 0, msg: 'success' } : { code: 40041, message: verdict.reason }
  return {
    status: verdict.ok ? 200 : 401,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  }
}

const messages = z.array(
  z.object({
    tag: id,
    msg_id: optionalId,
    data: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  }),
)

const changed = z.object({
  p_id: optionalId,
  aftersale_id: optionalId,
  shop_id: optionalId,
  update_time: z.unknown().optional(),
})

/**
 * What changed. Only tags 0 (address check) and 100 are confirmed; the others are told apart by what they carry: an
 * after-sale number, else an order number. A refund that ended (206, 207) changes its order too.
 *
 * @throws DataError for authentic bytes that are no list of messages
 */
export function parse(request: PushRequest): Inbound[] {
  const list = readRecord(messages, readJson(request.raw.toString('utf8')), '抖店消息推送')
  return list.flatMap((message) => inboundOf(message))
}

type Message = z.infer<typeof messages>[number]

function inboundOf(message: Message): Inbound[] {
  const dedupeKey = `${message.tag}:${message.msg_id ?? fingerprint(message)}`
  if (message.tag === '0') return [{ kind: 'ignore', dedupeKey, reason: 'address check' }]
  const data = readData(message)
  const refundNo = data.aftersale_id
  if (refundNo !== undefined) return refundChange(message.tag, { refundNo, dedupeKey, data })
  if (data.p_id !== undefined)
    return [{ ...change(data), resource: 'orders', externalId: data.p_id, dedupeKey }]
  return [{ kind: 'ignore', dedupeKey, reason: `tag ${message.tag} names no order` }]
}

type Changed = z.infer<typeof changed>

function refundChange(
  tag: string,
  { refundNo, dedupeKey, data }: { refundNo: string; dedupeKey: string; data: Changed },
): Inbound[] {
  const refund = { ...change(data), resource: 'refunds' as const, externalId: refundNo, dedupeKey }
  if ((tag !== '206' && tag !== '207') || data.p_id === undefined) return [refund]
  // update_time is the refund's: it says nothing about the version of the order.
  const order = change({ ...data, update_time: undefined })
  return [refund, { ...order, resource: 'orders', externalId: data.p_id, dedupeKey: `${dedupeKey}:order` }]
}

function change(data: Changed): { kind: 'changed'; version?: number; channelShopId?: string } {
  const seconds = Number(data.update_time)
  const isTime = seconds > 1_000_000_000 && seconds < 10_000_000_000
  return {
    kind: 'changed',
    ...(isTime ? { version: seconds * 1000 } : {}),
    ...(data.shop_id === undefined ? {} : { channelShopId: data.shop_id }),
  }
}

function readData(message: Message): Changed {
  const data = typeof message.data === 'string' ? readJson(message.data) : message.data
  if (data === undefined || data === null)
    throw new DataError('record_unreadable', '抖店消息推送 has no data')
  return readRecord(changed, data, `抖店消息推送 ${message.tag}`)
}

function fingerprint(message: Message): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('hex').slice(0, 32)
}
