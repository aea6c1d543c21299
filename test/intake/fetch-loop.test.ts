import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWakeups, type Wakeups } from '#src/db/wake.ts'
import { DataError } from '#src/errors.ts'
import { createFetchLoop } from '#src/intake/fetch-loop.ts'
import { purgeFetches } from '#src/intake/fetch-queue.ts'
import { wantFetches } from '#src/intake/want-fetches.ts'
import type { Loop } from '#src/jobs/loop.ts'
import { useDatabase } from '../support/database.ts'
import { intakeDeps } from './intake-deps.ts'
import { anOrder, startMs } from './records.ts'
import { createShelf, type Shelf, shelfSource } from './shelf-connector.ts'

const database = useDatabase()
let shelf: Shelf
let loop: Loop
let wakeups: Wakeups

beforeEach(async () => {
  await database.pool.query('truncate orders, raw_records, events, fetches, tokens')
  shelf = createShelf(startMs)
  wakeups = createWakeups(database.url)
  await wakeups.ready
  const deps = intakeDeps(database, shelf)
  loop = createFetchLoop({ ...deps, sources: [shelfSource(shelf)], wakeups, pollMs: 600_000 })
  loop.start()
})
afterEach(async () => {
  await loop.stop()
  await wakeups.close()
})

const want = (...ids: string[]) =>
  database.db.transaction((tx) =>
    wantFetches(
      tx,
      ids.map((externalId) => {
        return { shopId: 'shop-1', connector: 'shelf', resource: 'orders', externalId, trace: 't' }
      }),
      shelf.now,
    ),
  )
const row = async () => (await database.pool.query('select * from fetches')).rows[0]
const stored = async () =>
  (await database.pool.query('select order_no from orders order by 1')).rows.map((r) => r.order_no)

describe('the fetch loop', () => {
  it('is woken by the commit and stores what was announced, with its event', async () => {
    shelf.orders.push(anOrder({ orderNo: 'a' }), anOrder({ orderNo: 'b' }))
    await want('a', 'b', 'a')
    await expect.poll(stored).toEqual(['a', 'b'])
    const { rows } = await database.pool.query(`select payload->'history' as history from events`)
    expect(rows).toEqual([{ history: false }, { history: false }])
    await expect.poll(async () => (await row()).state).toBe('done')
  })

  it('fetches again when another hint came while it ran', async () => {
    shelf.orders.push(anOrder({ orderNo: 'a' }))
    const reading = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    shelf.beforeFetch = async () => {
      started.resolve()
      await reading.promise
    }
    await want('a')
    await started.promise
    await want('a')
    reading.resolve()
    await expect.poll(async () => [(await row()).state, (await row()).fetched]).toEqual(['done', 2])
    expect(shelf.fetched).toEqual(['a', 'a'])
  })

  it('is not held up by one that hangs', async () => {
    shelf.orders.push(anOrder({ orderNo: 'a' }), anOrder({ orderNo: 'slow' }))
    const hanging = Promise.withResolvers<void>()
    shelf.beforeFetch = (id) => (id === 'slow' ? hanging.promise : undefined)
    await want('slow')
    await want('a')
    await expect.poll(stored).toEqual(['a'])
    hanging.resolve()
    await expect.poll(stored).toEqual(['a', 'slow'])
  })

  it('waits for a channel that lags behind its own announcements, and parks in the end', async () => {
    await want('ghost')
    for (let attempts = 1; attempts <= 7; attempts += 1) {
      await expect.poll(async () => (await row()).attempts).toBe(attempts)
      shelf.now += 120_000
      loop.nudge()
    }
    expect(await row()).toMatchObject({ state: 'parked', error: { code: 'record_not_found' } })
    shelf.orders.push(anOrder({ orderNo: 'ghost' }))
    await want('ghost')
    await expect.poll(stored).toEqual(['ghost'])
  })

  it('tries failures again, and tells people of what can never succeed', async () => {
    let failures = 1
    shelf.orders.push(anOrder({ orderNo: 'a' }))
    shelf.beforeFetch = (id) => {
      if (id === 'a' && failures-- > 0) throw new Error('reset')
      if (id === 'never') throw new DataError('channel_refused', 'no such permission')
    }
    await want('a')
    await expect.poll(async () => (await row()).error?.message).toBe('reset')
    shelf.now += 60_000
    loop.nudge()
    await expect.poll(stored).toEqual(['a'])
    await want('never')
    const parked = async () =>
      (await database.pool.query(`select payload from events where type = 'work.parked'`)).rows
    await expect.poll(async () => (await parked()).length).toBe(1)
    expect((await parked())[0].payload).toMatchObject({ area: 'intake', code: 'channel_refused' })
  })

  it('takes over what a killed process had claimed', async () => {
    shelf.orders.push(anOrder({ orderNo: 'a' }))
    await loop.stop()
    await want('a')
    await database.pool.query('update fetches set due_at = $1', [shelf.now + 30_000])
    shelf.now += 30_000
    loop.start()
    await expect.poll(stored).toEqual(['a'])
  })

  it('forgets done fetches after a week', async () => {
    shelf.orders.push(anOrder({ orderNo: 'a' }))
    await want('a')
    await expect.poll(async () => (await row())?.state).toBe('done')
    expect(await purgeFetches(database, shelf.now + 6 * 86_400_000)).toBe(0)
    expect(await purgeFetches(database, shelf.now + 8 * 86_400_000)).toBe(1)
  })
})
