import { beforeEach, describe, expect, it } from 'vitest'
import { pullResource } from '#src/intake/pull.ts'
import { windowsTo } from '#src/intake/windows.ts'
import { useDatabase } from '../support/database.ts'
import { intakeDeps } from './intake-deps.ts'
import { anOrder, aRefund, startMs } from './records.ts'
import { createShelf, type Shelf, shelfSource } from './shelf-connector.ts'

const database = useDatabase()
const hour = 3_600_000
const day = 24 * hour
let shelf: Shelf

beforeEach(async () => {
  await database.pool.query('truncate orders, refunds, raw_records, events, cursors, settings, tokens')
  shelf = createShelf(startMs)
})

const pull = () => pullResource(intakeDeps(database, shelf), { source: shelfSource(shelf), kind: 'orders' })
const shelve = (orderNo: string, version: number, created = version) =>
  shelf.orders.push(anOrder({ platform: 'shelf', orderNo, version, times: { created, updated: version } }))
const cursor = async () => (await database.pool.query('select * from cursors')).rows[0]
const created = async () =>
  (
    await database.pool.query(
      `select payload->'order'->>'orderNo' as no, payload->'history' as history from events
       where type = 'order.created' order by payload->'order'->>'orderNo'`,
    )
  ).rows

describe('pulling a resource', () => {
  it('starts eight days back, in windows the channel allows, and calls that history', async () => {
    shelve('old', startMs - 9 * day)
    for (let i = 0; i < 5; i += 1) shelve(`o${i}`, startMs - i * 36 * hour - 1)
    expect(await pull()).toMatchObject({ created: 5 })
    const overlap = 5 * 60_000
    const days = [8, 7, 6, 5, 4, 3, 2, 1].map((back) => [-back * day - overlap, -(back - 1) * day - overlap])
    expect(shelf.windows.map(({ from, to }) => [from - startMs, to - startMs])).toEqual([
      ...days,
      [-overlap, 0],
    ])
    expect((await created()).map(({ history }) => history)).toEqual([true, true, true, true, true])
  })

  it('goes on where it stopped, reaches back over the overlap, and announces what is new', async () => {
    shelve('a', startMs - hour)
    await pull()
    shelf.now += hour
    shelve('b', startMs + 1000)
    shelve('late', startMs - 60_000)
    shelf.windows.length = 0
    await pull()
    expect(shelf.windows).toEqual([{ from: startMs - 5 * 60_000, to: startMs + hour }])
    expect(await created()).toEqual([
      { no: 'a', history: true },
      { no: 'b', history: false },
      { no: 'late', history: false },
    ])
  })

  it('killed between two pages, completes after a restart with nothing lost and nothing twice', async () => {
    for (let i = 0; i < 9; i += 1) shelve(`o${i}`, startMs - hour + i)
    shelf.beforePage = (page) => {
      if (page === 2) throw new Error('kill -9')
    }
    await expect(pull()).rejects.toThrow('kill -9')
    expect(await created()).toHaveLength(4)
    expect(Number((await cursor()).done_until)).toBeLessThan(startMs - hour)
    // While it was down, an order came: it is no history, although the first pull is still to be completed.
    shelf.now += hour
    shelve('o9', startMs + 1000)
    shelf.beforePage = () => undefined
    await pull()
    expect((await created()).map(({ no, history }) => [no, history])).toEqual(
      Array.from({ length: 10 }, (_, i) => [`o${i}`, i < 9]),
    )
    expect(Number((await cursor()).done_until)).toBe(startMs + hour)
  })

  it('keeps an unreadable record and pulls the others', async () => {
    shelve('a', startMs - hour)
    shelf.broken.push({ order_id: 7 })
    expect(await pull()).toMatchObject({ created: 1 })
    const { rows } = await database.pool.query(
      'select payload, error from raw_records where error is not null',
    )
    expect(rows).toEqual([
      {
        payload: { order_id: 7 },
        error: { code: 'record_unreadable', message: 'version is missing', path: 'version' },
      },
    ])
  })

  it('pulls refunds with a cursor of their own', async () => {
    shelf.refunds.push(aRefund({ platform: 'shelf', version: startMs - 1 }))
    const report = await pullResource(intakeDeps(database, shelf), {
      source: shelfSource(shelf),
      kind: 'refunds',
    })
    expect(report.created).toBe(1)
    expect((await cursor()).resource).toBe('refunds')
  })
})

describe('windows', () => {
  const plan = { maxWindowMs: 100, overlapMs: 10, lookbackMs: 1000 }
  it('never begin before what the channel answers for, and never end in the future', () => {
    expect(windowsTo(plan, 0, 5000).at(0)).toEqual({ from: 4000, to: 4100 })
    expect(windowsTo(plan, 0, 5000).at(-1)).toEqual({ from: 4900, to: 5000 })
    expect(windowsTo(plan, 9999, 5000)).toEqual([{ from: 4990, to: 5000 }])
  })
})
