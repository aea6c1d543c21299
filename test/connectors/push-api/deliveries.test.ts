import { createHmac, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '#src/app.ts'
import { fixedClock } from '#src/clock.ts'
import { purgeDeliveries } from '#src/intake/accept.ts'
import { silentLogger } from '#src/log.ts'
import { pushApi } from '../../../connectors/push-api/index.ts'
import { useDatabase } from '../../support/database.ts'

const database = useDatabase()
const nowMs = Date.parse('2026-11-21T12:00:00Z')
const secret = 'a-secret-of-at-least-32-characters!!'
const config = pushApi.config.parse({ platform: 'ctrip', secret })
const source = { shop: { id: 'shop-1', name: '某某旅行' }, connector: pushApi, config }
let app: ReturnType<typeof buildApp>
const clock = fixedClock(nowMs)

beforeEach(async () => {
  await database.pool.query('truncate deliveries, orders, refunds, raw_records, events')
  const records = {
    database,
    roleOf: () => 'channel' as const,
    sources: [source],
    senderClock: clock,
  }
  app = buildApp({ log: silentLogger, clock, records })
})
afterEach(() => app.close())

interface Sending {
  key?: string
  secret?: string
  /** s */
  stamp?: number
  shop?: string
  headers?: Record<string, string>
}

/** Signs as the document says, apart from the connector's own code. */
function send(body: unknown, options: Sending = {}) {
  const payload = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const { key = randomUUID(), stamp = nowMs / 1000, shop = 'shop-1' } = options
  const signature = createHmac('sha256', options.secret ?? secret)
    .update(`${stamp}.${key}.`)
    .update(payload)
    .digest('hex')
  return app.inject({
    method: 'POST',
    url: `/channels/${shop}/records`,
    headers: {
      'content-type': 'application/json',
      'x-huiliu-timestamp': String(stamp),
      'x-huiliu-key': key,
      'x-huiliu-signature': signature,
      ...options.headers,
    },
    payload,
  })
}

const order = (orderNo: string, more: Record<string, unknown> = {}) => ({
  type: 'order',
  orderNo,
  status: 'paid',
  updatedAt: '2026-11-21 19:00:00',
  createdAt: '2026-11-21 18:00:00',
  total: '12.30',
  ...more,
})
const refund = (refundNo: string, more: Record<string, unknown> = {}) => ({
  type: 'refund',
  refundNo,
  orderNo: 'A1',
  stage: 'requested',
  updatedAt: nowMs,
  requestedAt: nowMs,
  amount: '5',
  ...more,
})
const count = async (table: string) =>
  Number((await database.pool.query(`select count(*) from ${table}`)).rows[0].count)

describe('records that are handed to us', () => {
  it('are stored with their events, each answered by itself; what cannot be read names the field', async () => {
    const answer = await send({
      records: [order('A1'), order('A2', { total: '12.345' }), refund('R1'), order('A3', { totl: 1 })],
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      stored: 2,
      refused: 2,
      repeated: false,
      results: [
        { index: 0, outcome: 'stored', number: 'A1' },
        { index: 1, outcome: 'refused', code: 'record_unreadable', path: 'total' },
        { index: 2, outcome: 'stored', number: 'R1' },
        { index: 3, outcome: 'refused', code: 'record_unreadable' },
      ],
    })
    expect(JSON.stringify(answer.json())).toContain('totl')
    const { rows } = await database.pool.query('select platform, order_no, doc from orders')
    expect(rows).toMatchObject([
      { platform: 'ctrip', order_no: 'A1', doc: { amounts: { total: 1230 }, shopId: 'shop-1' } },
    ])
    const events = await database.pool.query('select type from events order by id')
    expect(events.rows.map((row) => row.type)).toEqual(
      expect.arrayContaining(['order.created', 'refund.requested']),
    )
    // What was refused is kept, so that it can be looked at.
    expect((await database.pool.query('select 1 from raw_records where error is not null')).rowCount).toBe(2)
  })

  it('sent again under the same key are answered as before and stored once, also when both come at once', async () => {
    const body = { records: [order('A1')] }
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(body, { key: 'delivery-0001' })))
    expect(answers.map((one) => one.statusCode)).toEqual([200, 200, 200, 200])
    expect(answers.filter((one) => one.json().repeated === false)).toHaveLength(1)
    for (const one of answers) expect(one.json().results).toEqual(answers[0]?.json().results)
    expect(await count('events')).toBe(1)
    const other = await send({ records: [order('A9')] }, { key: 'delivery-0001' })
    expect(other.statusCode).toBe(409)
    expect(other.json()).toMatchObject({ error: { code: 'idempotency_key_reused' } })
    expect(await count('orders')).toBe(1)
  })

  it('an older copy changes nothing, a newer one does', async () => {
    await send({ records: [order('A1', { status: 'shipped' })] })
    await send({ records: [order('A1', { status: 'paid', updatedAt: '2026-11-21 18:30:00' })] })
    await send({ records: [order('A1', { status: 'completed', updatedAt: '2026-11-21 19:30:00' })] })
    expect((await database.pool.query('select status from orders')).rows).toEqual([{ status: 'completed' }])
    expect(await count('events')).toBe(2)
  })

  it('store personal data masked only, and never a certificate code', async () => {
    await send({
      records: [
        order('A1', {
          buyer: { name: '张小明', phone: '13800001111', words: '打 13900002222' },
          vouchers: [{ certificateId: '883311224455', state: 'paid' }],
        }),
        order('A2', { buyer: { phone: '13800003333' }, total: 'x' }),
      ],
    })
    const kept = await database.pool.query(
      'select doc::text as text from orders union all select payload::text from raw_records',
    )
    const all = kept.rows.map((row) => row.text).join('\n')
    for (const secretText of ['张小明', '13800001111', '13900002222', '13800003333', '883311224455'])
      expect(all).not.toContain(secretText)
    expect(all).toContain('张**')
  })

  it('with a forged, stale, missing or foreign signature are refused and leave nothing', async () => {
    const body = { records: [order('A1')] }
    const refusals = [
      await send(body, { secret: 'another-secret-of-32-characters-xx' }),
      await send(body, { stamp: nowMs / 1000 - 301 }),
      await send(body, { stamp: nowMs / 1000 + 301 }),
      await send(body, { headers: { 'x-huiliu-signature': '' } }),
      await send(body, { headers: { 'x-huiliu-timestamp': 'soon' } }),
      await send(body, { headers: { 'x-huiliu-key': 'another-key' } }),
    ]
    for (const refusal of refusals) {
      expect(refusal.statusCode).toBe(401)
      expect(refusal.json()).toMatchObject({ error: { code: 'signature_invalid' } })
    }
    expect((await send(body, { shop: 'shop-2' })).statusCode).toBe(404)
    expect((await send(body, { shop: '__proto__' })).statusCode).toBe(404)
    expect(await count('deliveries')).toBe(0)
    expect(await count('orders')).toBe(0)
  })

  it('as a whole unreadable are refused with the reason, and the key stays free', async () => {
    const wrong: [unknown, string][] = [
      ['not json', 'json_unreadable'],
      [{}, 'body_unreadable'],
      [{ records: [] }, 'body_unreadable'],
      [{ records: [{ type: 'invoice' }] }, 'body_unreadable'],
      [{ records: Array.from({ length: 1001 }, (_, index) => order(`A${index}`)) }, 'batch_too_large'],
    ]
    for (const [body, code] of wrong) {
      const answer = await send(body, { key: 'one-and-the-same' })
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ error: { code } })
    }
    expect((await send({ records: [order('A1')] }, { key: 'short' })).json()).toMatchObject({
      error: { code: 'key_invalid' },
    })
    expect((await send({ records: [order('A1')] }, { key: 'one-and-the-same' })).statusCode).toBe(200)
  })

  it('a thousand at once are stored, and the same order twice in one delivery counts once', async () => {
    const records = Array.from({ length: 999 }, (_, index) => order(`B${index}`))
    const answer = await send({ records: [...records, order('B0', { updatedAt: '2026-11-21 19:00:01' })] })
    expect(answer.json()).toMatchObject({ stored: 1000, refused: 0 })
    expect(await count('orders')).toBe(999)
  })

  it('whatever the bytes: no crash, and nothing but whole records gets in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ maxDepth: 3 }), async (value) => {
        const text = JSON.stringify({ records: [value, order('OK')] }) ?? ''
        const { statusCode } = await send(text)
        expect([200, 400]).toContain(statusCode)
      }),
      { numRuns: 60 },
    )
    const { rows } = await database.pool.query('select order_no from orders')
    expect(rows.every((row) => row.order_no === 'OK')).toBe(true)
  })

  it('answers are forgotten after thirty days', async () => {
    await send({ records: [order('A1')] })
    expect(await purgeDeliveries(database, nowMs + 29 * 86_400_000)).toBe(0)
    expect(await purgeDeliveries(database, nowMs + 31 * 86_400_000)).toBe(1)
  })
})
