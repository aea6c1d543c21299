import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Order, RecordKind, RecordOf, Refund } from '#src/contracts/canonical.ts'
import type { Role } from '#src/intake/merge.ts'
import { createRecords } from '#src/intake/records.ts'
import { storeRecords } from '#src/intake/store.ts'
import type { StoreRequest, UnreadableRecord } from '#src/intake/store-request.ts'
import { useDatabase } from '../support/database.ts'
import { anOrder, aRefund, startMs } from './records.ts'

const database = useDatabase()
beforeEach(() => database.pool.query('truncate orders, refunds, raw_records, events'))

const roles: Record<string, Role> = { 'douyin-shop': 'channel', jushuitan: 'erp' }
const roleOf = (id: string): Role => roles[id] ?? 'file'

interface Bringing {
  connector?: string
  history?: boolean
  unreadable?: UnreadableRecord[]
  at?: number
}

function bring<K extends RecordKind>(kind: K, docs: RecordOf[K][], by: Bringing = {}) {
  const id = by.connector ?? 'douyin-shop'
  const request: StoreRequest<K> = {
    connector: { id, role: roleOf(id) },
    shop: { id: 'shop-1' },
    kind,
    records: docs.map((doc) => ({
      externalId: 'refundNo' in doc ? (doc.refs[id] ?? doc.refundNo) : doc.orderNo,
      raw: { from: id, doc },
      doc,
      history: by.history ?? false,
    })),
    unreadable: by.unreadable ?? [],
    at: by.at ?? startMs,
    roleOf,
  }
  return database.db.transaction((tx) => storeRecords(tx, request))
}

async function events() {
  const { rows } = await database.pool.query('select type, subject, payload, trace from events order by id')
  return rows
}
const order = () => createRecords(database.db).order('douyin', '6917000000000000001')
const refunds = () => createRecords(database.db).refundsOf('douyin', '6917000000000000001')

describe('storing orders', () => {
  it('makes the record, its raw payload and one event, which all carry one trace', async () => {
    expect(await bring('orders', [anOrder()])).toEqual({
      created: 1,
      changed: 0,
      unchanged: 0,
      unreadable: 0,
    })
    expect(await order()).toEqual(anOrder())
    const [event] = await events()
    expect(event).toMatchObject({
      type: 'order.created',
      subject: 'order:douyin:6917000000000000001',
      payload: { order: anOrder(), history: false },
    })
    expect(event.trace).toMatch(/^[0-9a-z]{12}$/)
    await bring('orders', [anOrder({ version: startMs + 1000, status: 'shipped' })])
    const [, changed] = await events()
    expect(changed).toMatchObject({ type: 'order.changed', trace: event.trace })
    expect(changed.payload).toMatchObject({
      order: { status: 'shipped' },
      before: { status: 'paid' },
      history: false,
    })
    const { rows } = await database.pool.query('select status, version, trace from orders')
    expect(rows).toEqual([{ status: 'shipped', version: String(startMs + 1000), trace: event.trace }])
  })

  it('is harmless to repeat', async () => {
    await bring('orders', [anOrder()])
    expect(await bring('orders', [anOrder(), anOrder()])).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 2,
    })
    expect(await events()).toHaveLength(1)
  })

  it('never lets an older copy overwrite a newer one', async () => {
    await bring('orders', [anOrder({ version: startMs + 5000, status: 'completed' })])
    await bring('orders', [anOrder({ version: startMs + 1000, status: 'unpaid' })])
    expect(await order()).toMatchObject({ status: 'completed', version: startMs + 5000 })
    const { rows } = await database.pool.query('select version from raw_records')
    expect(rows).toEqual([{ version: String(startMs + 5000) }])
    expect(await events()).toHaveLength(1)
  })

  it('ends the same however often and in whatever order the copies come, with one creation', async () => {
    const copies = [0, 1, 2, 3].map((n) => anOrder({ version: startMs + n * 1000, statusText: `v${n}` }))
    const arrivals = fc.sample(
      fc.shuffledSubarray([...copies, ...copies, ...copies], { minLength: 12 }),
      1,
    )[0]
    for (const copy of arrivals ?? []) await bring('orders', [copy])
    expect(await order()).toMatchObject({ statusText: 'v3' })
    const types = (await events()).map((event) => event.type)
    expect(types.filter((type) => type === 'order.created')).toHaveLength(1)
    expect(types.length).toBeLessThanOrEqual(4)
  })

  it('survives two processes that bring the same new orders at once', async () => {
    const docs = Array.from({ length: 50 }, (_, i) => anOrder({ orderNo: `o${i}` }))
    const reports = await Promise.all([
      bring('orders', docs),
      bring('orders', docs.toReversed()),
      bring('orders', docs, { connector: 'jushuitan' }),
    ])
    expect(reports.reduce((sum, report) => sum + report.created, 0)).toBe(50)
    const created = (await events()).filter((event) => event.type === 'order.created')
    expect(created).toHaveLength(50)
  })

  it('keeps a channel order when the ERP sees it otherwise, and remembers where it was seen', async () => {
    await bring('orders', [anOrder({ status: 'booked' })])
    await bring('orders', [anOrder({ status: 'shipped', version: startMs + 9000, sellerWords: '备注' })], {
      connector: 'jushuitan',
    })
    expect(await order()).toMatchObject({ status: 'booked', version: startMs, sellerWords: '备注' })
    const { rows } = await database.pool.query('select origins from orders')
    expect(rows[0].origins).toEqual({ 'douyin-shop': startMs, jushuitan: startMs + 9000 })
    await bring('orders', [anOrder({ status: 'shipped', version: startMs + 9000, sellerWords: '备注' })], {
      connector: 'jushuitan',
    })
    expect((await events()).map((event) => event.type)).toEqual(['order.created', 'order.changed'])
  })

  it('marks history, so that rows are made and no cards', async () => {
    await bring('orders', [anOrder()], { history: true })
    expect((await events())[0].payload.history).toBe(true)
  })

  it('stores words no database likes', async () => {
    const buyer = { words: 'a\0b \ud800 "\\u0000" 😀 \\' }
    await bring('orders', [anOrder({ buyer, sellerWords: '\\\\u0000' } as Partial<Order>)])
    expect((await order())?.buyer.words).toBe('ab \ufffd "\\u0000" 😀 \\')
    expect((await order())?.sellerWords).toBe('\\\\u0000')
  })

  it('stores nothing of a page whose transaction fails', async () => {
    await expect(
      database.db.transaction(async (tx) => {
        const request = { connector: { id: 'douyin-shop', role: 'channel' }, shop: { id: 's' } } as const
        const records = [{ externalId: '1', raw: {}, doc: anOrder(), history: false }]
        await storeRecords(tx, { ...request, kind: 'orders', records, unreadable: [], at: 0, roleOf })
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    expect(await events()).toEqual([])
    expect(await order()).toBeUndefined()
  })
})

describe('records that cannot be read', () => {
  const error = { code: 'record_unreadable', message: 'expected number', path: 'pay_amount' }
  const unreadable = [{ externalId: 'unreadable:1', raw: { pay_amount: 'x\0' }, error }]

  it('are kept with the reason while the others go on, and are told once', async () => {
    expect(await bring('orders', [anOrder()], { unreadable })).toMatchObject({ created: 1, unreadable: 1 })
    await bring('orders', [anOrder()], { unreadable, at: startMs + 30_000 })
    const { rows } = await database.pool.query(
      'select external_id, error from raw_records where error is not null',
    )
    expect(rows).toEqual([{ external_id: 'unreadable:1', error }])
    const parked = (await events()).filter((event) => event.type === 'work.parked')
    expect(parked).toHaveLength(1)
    expect(parked[0].payload).toMatchObject({
      code: 'record_unreadable',
      message: 'pay_amount: expected number',
    })
  })

  it('are cleared once they can be read', async () => {
    const [bad] = unreadable
    await bring('orders', [], { unreadable: [{ ...bad, externalId: anOrder().orderNo } as UnreadableRecord] })
    await bring('orders', [anOrder()])
    const { rows } = await database.pool.query('select error, version from raw_records')
    expect(rows).toEqual([{ error: null, version: String(startMs) }])
  })
})

describe('storing refunds', () => {
  it('announces a request with its source, then changes', async () => {
    await bring('refunds', [aRefund()])
    await bring('refunds', [aRefund({ version: startMs + 1000, stage: 'refunded' })])
    expect((await events()).map(({ type, payload }) => [type, payload.source, payload.refund.stage])).toEqual(
      [
        ['refund.requested', 'douyin-shop', 'requested'],
        ['refund.changed', 'douyin-shop', 'refunded'],
      ],
    )
    const { rows } = await database.pool.query('select stage, amount, order_no from refunds')
    expect(rows).toEqual([{ stage: 'refunded', amount: '9900', order_no: '6917000000000000001' }])
  })

  const fromErp = (change: Partial<Refund> = {}) =>
    aRefund({ refundNo: 'jushuitan:AS1', refs: { jushuitan: 'AS1' }, operator: { id: 'op-7' }, ...change })

  it('keeps one refund when the ERP starts it and the platform numbers it later', async () => {
    await bring('refunds', [fromErp()], { connector: 'jushuitan' })
    const linked = fromErp({
      refundNo: '700001',
      version: startMs + 1000,
      refs: { jushuitan: 'AS1', 'douyin-shop': '700001' },
    })
    await bring('refunds', [linked], { connector: 'jushuitan' })
    await bring('refunds', [aRefund({ stage: 'refunding', version: startMs + 2000 })])
    const [refund, ...others] = await refunds()
    expect(others).toEqual([])
    expect(refund).toMatchObject({ refundNo: 'jushuitan:AS1', stage: 'refunding', operator: { id: 'op-7' } })
    const subjects = new Set((await events()).map((event) => event.subject))
    expect([...subjects]).toEqual(['refund:douyin:jushuitan:AS1'])
  })

  it('keeps one refund when both sides bring it at the same moment', async () => {
    const linked = fromErp({ refundNo: '700001', refs: { jushuitan: 'AS1', 'douyin-shop': '700001' } })
    await Promise.all([
      bring('refunds', [aRefund()]),
      bring('refunds', [linked], { connector: 'jushuitan' }),
      bring('refunds', [aRefund()]),
    ])
    expect(await refunds()).toHaveLength(1)
    expect((await events()).filter((event) => event.type === 'refund.requested')).toHaveLength(1)
  })

  it('keeps different refunds of one order apart', async () => {
    await bring('refunds', [aRefund(), aRefund({ refundNo: '700002', refs: { 'douyin-shop': '700002' } })])
    await bring('refunds', [fromErp()], { connector: 'jushuitan' })
    expect((await refunds()).map((refund) => refund.refundNo)).toEqual(['700001', '700002', 'jushuitan:AS1'])
  })

  it('folds a refund that became known under two numbers before anybody knew they are one', async () => {
    await bring('refunds', [fromErp()], { connector: 'jushuitan' })
    await bring('refunds', [aRefund()])
    const linked = fromErp({
      refundNo: '700001',
      version: startMs + 1000,
      refs: { jushuitan: 'AS1', 'douyin-shop': '700001' },
    })
    await bring('refunds', [linked], { connector: 'jushuitan' })
    const all = await refunds()
    expect(all.map(({ refundNo, stage }) => [refundNo, stage])).toEqual([
      ['700001', 'requested'],
      ['jushuitan:AS1', 'withdrawn'],
    ])
    await bring('refunds', [fromErp({ version: startMs + 1500 })], { connector: 'jushuitan' })
    expect((await refunds()).map(({ stage }) => stage)).toEqual(['requested', 'withdrawn'])
    const last = (await events()).filter((event) => event.subject === 'refund:douyin:jushuitan:AS1').at(-1)
    expect(last).toMatchObject({ type: 'refund.changed', payload: { refund: { stage: 'withdrawn' } } })
  })
})
