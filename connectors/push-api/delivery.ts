import { z } from 'zod'
import type { Delivery, PushRequest, Verdict } from '#src/contracts/connector.ts'
import { DataError } from '#src/errors.ts'
import { readJson } from '../kit/read-json.ts'
import { hmacOf } from '../kit/sign/digest.ts'
import { isSameSignature } from '../kit/sign/same-signature.ts'
import type { PushApiConfig } from './config.ts'

/** ms a request's stamp may differ from our clock. */
const toleranceMs = 5 * 60_000
const mostRecords = 1_000

/**
 * Header `x-huiliu-signature` is the lower-case hex HMAC-SHA256, keyed with the shop's secret, over
 * `<x-huiliu-timestamp>.<x-huiliu-key>.<exact body>`; the stamp is in seconds.
 */
export function signDelivery(
  delivery: { timestamp: string; key: string; raw: Uint8Array },
  secret: string,
): string {
  const parts = [`${delivery.timestamp}.${delivery.key}.`, delivery.raw]
  return hmacOf(parts, secret, { hash: 'sha256', encoding: 'hex' })
}

export function verifyDelivery(request: PushRequest, config: PushApiConfig, now: number): Verdict {
  const { 'x-huiliu-timestamp': timestamp = '', 'x-huiliu-key': key = '' } = request.headers
  if (!/^\d{10}$/.test(timestamp))
    return {
      ok: false,
      reason: 'x-huiliu-timestamp must be unix time in seconds (10 digits) 时间戳必须是 10 位秒数',
    }
  const expected = signDelivery({ timestamp, key, raw: request.raw }, config.secret)
  if (!isSameSignature(expected, request.headers['x-huiliu-signature']))
    return { ok: false, reason: 'x-huiliu-signature does not match 签名不一致' }
  // Only after the signature: a stranger learns nothing about our clock.
  if (Math.abs(Number(timestamp) * 1000 - now) > toleranceMs)
    return {
      ok: false,
      reason:
        'x-huiliu-timestamp differs by more than 5 minutes, check the clock 时间相差超过 5 分钟，请校准时钟',
    }
  return { ok: true }
}

const body = z.strictObject({
  records: z.array(z.looseObject({ type: z.enum(['order', 'refund']) })).min(1),
})

/** @throws DataError `key_invalid`, `json_unreadable`, `batch_too_large`, `body_unreadable` */
export function readDelivery(request: PushRequest): Delivery {
  const key = request.headers['x-huiliu-key'] ?? ''
  if (!/^[\x21-\x7e]{8,128}$/.test(key))
    throw new DataError(
      'key_invalid',
      'x-huiliu-key must be 8 to 128 visible ASCII characters, new for every delivery. 幂等键须为 8–128 个可见字符，每次投递不同。',
    )
  const json = readJson(request.raw.toString('utf8'))
  const records = (json as { records?: unknown } | null)?.records
  if (Array.isArray(records) && records.length > mostRecords)
    throw new DataError(
      'batch_too_large',
      `A delivery holds at most ${mostRecords} records, this one ${records.length}. 每次最多 ${mostRecords} 条。`,
      { path: 'records' },
    )
  const read = body.safeParse(json)
  if (!read.success) throw unreadable(read.error.issues[0])
  return {
    idempotencyKey: key,
    records: read.data.records.map((record) => ({
      kind: record.type === 'order' ? 'orders' : 'refunds',
      record,
    })),
  }
}

function unreadable(issue: { path: readonly PropertyKey[]; message: string } | undefined): DataError {
  const path = issue?.path.map(String).join('.') ?? ''
  return new DataError('body_unreadable', `${path || '(root)'}: ${issue?.message ?? 'is not readable'}`, {
    path,
  })
}
