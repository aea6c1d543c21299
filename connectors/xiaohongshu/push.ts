/**
 * Pushes of Xiaohongshu. Path, query and two headers are signed, the body is not: it is only believed to say what may
 * have changed, and the machine reads the record itself. A forged body under a real signature can do no more than that.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Inbound, PushReply, PushRequest, Verdict } from '#src/contracts/connector.ts'
import { readJson } from '../kit/read-json.ts'
import { readRecord } from '../kit/read-reply.ts'
import { signXiaohongshuPush } from '../kit/schemes/xiaohongshu.ts'
import { isSameSignature } from '../kit/sign/same-signature.ts'
import type { XiaohongshuConfig } from './config.ts'
import { id, optionalId } from './wire.ts'

export function verify(request: PushRequest, config: XiaohongshuConfig): Verdict {
  const { timestamp, 'app-key': appKey, sign } = request.headers
  if (timestamp === undefined || appKey !== config.appId)
    return { ok: false, reason: 'timestamp or app-key is missing or unknown' }
  const expected = signXiaohongshuPush(
    { path: request.path, query: given(request.query), headers: { timestamp, 'app-key': appKey } },
    config.appSecret,
  )
  return isSameSignature(expected, sign) ? { ok: true } : { ok: false, reason: 'sign does not match' }
}

function given(query: PushRequest['query']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined),
  )
}

/** The platform wants exactly this answer; anything else is sent again once, after 5 min. */
export function reply(verdict: Verdict): PushReply {
  const body = verdict.ok
    ? { success: true, error_code: 0, error_msg: '' }
    : { success: false, error_code: 401, error_msg: verdict.reason }
  return {
    status: verdict.ok ? 200 : 401,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  }
}

const test = z.object({ test: z.literal(true) })
const messages = z
  .array(
    z.object({
      msgTag: z.string().min(1),
      sellerId: optionalId,
      data: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
    }),
  )
  .min(1)
type Message = z.infer<typeof messages>[number]

/** What changed. @throws DataError for bytes that are no list of messages */
export function parse(request: PushRequest): Inbound[] {
  const body = readJson(request.raw.toString('utf8'))
  if (test.safeParse(body).success)
    return [{ kind: 'ignore', dedupeKey: `test:${fingerprint(request.headers)}`, reason: 'test message' }]
  const list = readRecord(messages, body, '小红书消息推送')
  const sentAt = request.headers.timestamp ?? ''
  return list.map((message, index) => inboundOf(message, { sentAt, earlier: list.slice(0, index) }))
}

/**
 * Messages have no number of their own: told apart by when they were sent and what they say, equal ones within one push
 * are counted. The platform's second try counts as another, which costs one more reading.
 */
function inboundOf(message: Message, { sentAt, earlier }: { sentAt: string; earlier: Message[] }): Inbound {
  const own = fingerprint(message)
  const again = earlier.filter((one) => fingerprint(one) === own).length
  const dedupeKey = `${message.msgTag}:${sentAt}:${own}${again === 0 ? '' : `:${again + 1}`}`
  const named = targetOf(message)
  if (named === undefined)
    return { kind: 'ignore', dedupeKey, reason: `tag ${message.msgTag} names no order` }
  return {
    kind: 'changed',
    ...named,
    dedupeKey,
    ...(message.sellerId === undefined ? {} : { channelShopId: message.sellerId }),
  }
}

const orderChange = z.object({ orderId: id })
const refundChange = z.object({ returnsId: id })

/** By the tag's family: msg_after_sale_… and msg_fulfillment_…; others (goods, stock) are not ours. */
function targetOf({
  msgTag,
  data,
}: Message): { resource: 'orders' | 'refunds'; externalId: string } | undefined {
  const isRefund = msgTag.startsWith('msg_after_sale')
  if (!isRefund && !/^msg_(?:fulfillment|order)/.test(msgTag)) return undefined
  const read = typeof data === 'string' ? readJson(data) : data
  const what = `小红书消息推送 ${msgTag}`
  return isRefund
    ? { resource: 'refunds', externalId: readRecord(refundChange, read, what).returnsId }
    : { resource: 'orders', externalId: readRecord(orderChange, read, what).orderId }
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)
}
