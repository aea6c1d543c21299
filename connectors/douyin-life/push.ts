/**
 * Messages and SPI calls of Douyin life, told apart by the header they are signed in. Platform: 生活服务消息推送, SPI 签名机制.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Inbound, PushReply, PushRequest, Verdict } from '#src/contracts/connector.ts'
import { readJson } from '../kit/read-json.ts'
import { readRecord } from '../kit/read-reply.ts'
import { signLifePush, signLifeSpi } from '../kit/schemes/douyin-life.ts'
import { isSameSignature } from '../kit/sign/same-signature.ts'
import type { DouyinLifeConfig } from './config.ts'
import { textOfRef } from './refund-ref.ts'
import { id, optionalId, optionalText } from './wire.ts'

export function verify(request: PushRequest, config: DouyinLifeConfig): Verdict {
  const { 'x-douyin-signature': push, 'x-life-sign': spi } = request.headers
  if (push !== undefined) {
    return isSameSignature(signLifePush(request.raw, config.clientSecret), push)
      ? { ok: true }
      : { ok: false, reason: 'x-douyin-signature does not match' }
  }
  if (request.headers['x-life-clientkey'] !== config.clientKey)
    return { ok: false, reason: 'no signature, or x-life-clientkey is unknown' }
  const { sign: _unsigned, ...query } = request.query
  const given = Object.fromEntries(
    Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined),
  )
  return isSameSignature(signLifeSpi(given, request.raw, config.clientSecret), spi)
    ? { ok: true }
    : { ok: false, reason: 'x-life-sign does not match' }
}

/**
 * The address check wants its number back. A refund asked for over SPI is never decided by the answer: without a
 * `result` the platform takes it as still under review.
 */
export function reply(verdict: Verdict, request?: PushRequest): PushReply {
  const challenge = verdict.ok && request !== undefined ? challengeOf(request) : undefined
  const data = verdict.ok
    ? { error_code: 0, description: 'success' }
    : { error_code: 401, description: verdict.reason }
  return {
    status: verdict.ok ? 200 : 401,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(challenge === undefined ? { data } : { challenge }),
  }
}

const content = z.union([z.string(), z.record(z.string(), z.unknown())])
const message = z.object({ event: z.string().min(1), content: content.nullish() })
const spiCall = z.object({ order_id: id, after_sale_id: optionalId })
const body = z.union([message, spiCall])
type Message = z.infer<typeof message>

const check = z.object({ challenge: z.union([z.number(), z.string()]) })

/** Undefined for everything but a readable address check. */
function challengeOf(request: PushRequest): number | string | undefined {
  try {
    const read = message.safeParse(readJson(request.raw.toString('utf8'))).data
    return read?.event === 'verify_webhook' ? check.safeParse(contentOf(read)).data?.challenge : undefined
  } catch {
    return undefined
  }
}

/** What changed. @throws DataError for authentic bytes that are neither a message nor an SPI call about an order */
export function parse(request: PushRequest): Inbound[] {
  const read = readRecord(body, readJson(request.raw.toString('utf8')), '来客消息推送')
  if ('event' in read) return inboundOf(read)
  const dedupeKey = `spi:${fingerprint(read)}`
  const order = { kind: 'changed', resource: 'orders', externalId: read.order_id, dedupeKey } as const
  if (read.after_sale_id === undefined) return [order]
  const externalId = textOfRef({ orderId: read.order_id, afterSaleId: read.after_sale_id })
  return [{ kind: 'changed', resource: 'refunds', externalId, dedupeKey: `${dedupeKey}:refund` }, order]
}

const about = z.object({ order_id: id, certificate_id: optionalId, account_id: optionalId })
type About = z.infer<typeof about>
const orderNotice = z.object({ order: about })
const certificateNotice = z.object({ action: optionalText, certificate: about })

/** Msg-Id is the same for the same certificate verified twice, so the content, which holds its time, names the message. */
function inboundOf(read: Message): Inbound[] {
  const what = `来客消息推送 ${read.event}`
  const dedupeKey = `${read.event}:${fingerprint(contentOf(read) ?? null)}`
  switch (read.event) {
    case 'verify_webhook':
      return [{ kind: 'ignore', dedupeKey, reason: 'address check' }]
    case 'life_trade_order_notify':
      return [orderChange(readRecord(orderNotice, contentOf(read), what).order, dedupeKey)]
    case 'life_trade_certificate_notify': {
      const { action, certificate } = readRecord(certificateNotice, contentOf(read), what)
      const refund = action === 'refund_success' ? refundChange(certificate, dedupeKey) : []
      return [...refund, orderChange(certificate, dedupeKey)]
    }
    case 'life_hermes_akte_after_sale_audit': {
      const asked = readRecord(about, contentOf(read), what)
      return [...refundChange(asked, dedupeKey), orderChange(asked, dedupeKey)]
    }
    default:
      return [{ kind: 'ignore', dedupeKey, reason: `event ${read.event} is not about orders` }]
  }
}

function orderChange(named: About, dedupeKey: string): Inbound {
  return { kind: 'changed', resource: 'orders', externalId: named.order_id, dedupeKey, ...account(named) }
}

/** Without a certificate nothing tells which after-sale it is; the next pull finds it. */
function refundChange(named: About, dedupeKey: string): Inbound[] {
  if (named.certificate_id === undefined) return []
  const externalId = textOfRef({ orderId: named.order_id, certificateId: named.certificate_id })
  return [
    {
      kind: 'changed',
      resource: 'refunds',
      externalId,
      dedupeKey: `${dedupeKey}:refund`,
      ...account(named),
    },
  ]
}

const account = ({ account_id }: About) => (account_id === undefined ? {} : { channelShopId: account_id })

function contentOf(read: Message): unknown {
  return typeof read.content === 'string' ? readJson(read.content) : read.content
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)
}
