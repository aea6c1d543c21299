import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '#src/clock.ts'
import { createWakeups } from '#src/db/wake.ts'
import { AppError, DataError } from '#src/errors.ts'
import { createInboxDrain, type DrainDeps, drainOne, type InboxHandlers } from '#src/inbound/drain.ts'
import { newItem } from '#src/inbound/inbox-item.ts'
import { createInboxStore } from '#src/inbound/inbox-store.ts'
import { purgeInbox } from '#src/inbound/purge.ts'
import { silentLogger } from '#src/log.ts'
import { useDatabase } from '../support/database.ts'
import { nowMs } from './feishu-sealing.ts'
import { inboxRows } from './front-door.ts'

const database = useDatabase()
const clock = fixedClock(nowMs)
beforeEach(async () => {
  await database.pool.query('truncate inbox; truncate settings')
  clock.set(nowMs)
})

const deps = (handlers: InboxHandlers, more: Partial<DrainDeps> = {}): DrainDeps => ({
  database,
  handlers,
  wakeups: { on: () => () => undefined },
  clock,
  log: silentLogger,
  ...more,
})

const arrive = (...items: { key: string; type?: string; lane?: string; at?: number }[]) =>
  createInboxStore(database).commit(
    items.map(({ key, type = 'a', lane, at = nowMs }) =>
      newItem({
        source: 'feishu',
        kind: 'event',
        dedupeKey: key,
        eventType: type,
        lane,
        raw: Buffer.from('{}'),
        receivedAt: at,
      }),
    ),
  )

describe('the inbox drain', () => {
  it('hands every row to its handler once and marks unknown types done', async () => {
    const seen: string[] = []
    await arrive({ key: '1' }, { key: '2', type: 'unknown' }, { key: '3' })
    const drain = deps({
      'feishu:a': async (_tx, message) => {
        seen.push(message.dedupeKey)
      },
    })
    while (await drainOne(drain));
    expect(seen).toEqual(['1', '3'])
    expect((await inboxRows(database)).map((row) => row.state)).toEqual(['done', 'done', 'done'])
  })

  it('rolls a failed handler back and tries it again later and later', async () => {
    await arrive({ key: '1' })
    let fail = true
    const drain = deps({
      'feishu:a': async (tx) => {
        await tx.execute(sql`insert into settings (key, value, updated_at) values ('done', '1', 0)`)
        if (fail) throw new Error('not yet\0')
      },
    })
    expect(await drainOne(drain)).toBe(true)
    const [row] = await inboxRows(database)
    expect(row).toMatchObject({ state: 'new', attempts: 1, error: { code: 'unexpected' } })
    expect(Number(row?.due_at)).toBeGreaterThan(nowMs)
    expect((await database.pool.query('select 1 from settings')).rowCount).toBe(0)
    expect(await drainOne(drain)).toBe(false)
    clock.advance(500)
    fail = false
    expect(await drainOne(drain)).toBe(true)
    expect((await inboxRows(database))[0]).toMatchObject({ state: 'done', error: null })
    expect((await database.pool.query('select 1 from settings')).rowCount).toBe(1)
  })

  it('parks what keeps failing, or can never succeed, with the reason, and tells somebody', async () => {
    await arrive({ key: '1' }, { key: '2', type: 'b' })
    const told: string[] = []
    const drain = deps(
      {
        'feishu:a': async () => {
          throw new AppError('later', 'later', { retry: 'backoff' })
        },
        'feishu:b': async () => {
          throw new DataError('row_bad', 'never', { path: 'event.x' })
        },
      },
      {
        maxAttempts: 3,
        onParked: async (_tx, message, error) => {
          told.push(`${message.dedupeKey} ${error.code}`)
        },
      },
    )
    for (let i = 0; i < 10; i += 1) {
      while (await drainOne(drain));
      clock.advance(15 * 60_000)
    }
    expect(told).toEqual(['2 row_bad', '1 later'])
    const rows = await inboxRows(database)
    expect(rows.map((row) => [row.state, row.attempts, row.error?.code])).toEqual([
      ['parked', 3, 'later'],
      ['parked', 1, 'row_bad'],
    ])
  })

  it('keeps the order of a lane while an earlier row waits, and lets other lanes pass', async () => {
    await arrive(
      { key: 'a1', lane: 'A' },
      { key: 'a2', lane: 'A' },
      { key: 'b1', lane: 'B' },
      { key: 'free' },
    )
    const seen: string[] = []
    let stuck = true
    const drain = deps(
      {
        'feishu:a': async (_tx, { dedupeKey }) => {
          if (dedupeKey === 'a1' && stuck) throw new Error('stuck')
          seen.push(dedupeKey)
        },
      },
      { maxAttempts: 2 },
    )
    while (await drainOne(drain));
    expect(seen).toEqual(['b1', 'free'])
    clock.advance(60_000)
    stuck = false
    while (await drainOne(drain));
    expect(seen).toEqual(['b1', 'free', 'a1', 'a2'])
  })

  it('does not let a parked row block its lane', async () => {
    await arrive({ key: 'a1', lane: 'A' }, { key: 'a2', lane: 'A' })
    const seen: string[] = []
    const drain = deps({
      'feishu:a': async (_tx, { dedupeKey }) => {
        if (dedupeKey === 'a1') throw new DataError('bad', 'bad')
        seen.push(dedupeKey)
      },
    })
    while (await drainOne(drain));
    expect(seen).toEqual(['a2'])
  })

  it('works side by side without handling anything twice, woken by what arrives', async () => {
    const wakeups = createWakeups(database.url)
    await wakeups.ready
    const seen: string[] = []
    const drain = createInboxDrain(
      deps(
        {
          'feishu:a': async (tx, { dedupeKey, id }) => {
            await tx.execute(
              sql`insert into settings (key, value, updated_at) values (${dedupeKey}, '1', ${id})`,
            )
            seen.push(dedupeKey)
          },
        },
        { wakeups, pollMs: 600_000, clock: { now: () => Date.now() } },
      ),
    )
    drain.start()
    const store = createInboxStore(database, { onCommitted: () => wakeups.nudge('inbox') })
    const keys = Array.from({ length: 100 }, (_, i) => `k${i}`)
    for (const key of keys)
      await store.commit([
        newItem({
          source: 'feishu',
          kind: 'event',
          dedupeKey: key,
          eventType: 'a',
          lane: `l${key.length}`,
          raw: Buffer.from('{}'),
          receivedAt: Date.now(),
        }),
      ])
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(100)
    await drain.stop()
    await wakeups.close()
    expect(new Set(seen).size).toBe(100)
    expect((await inboxRows(database)).every((row) => row.state === 'done')).toBe(true)
  })
})

describe('the purge', () => {
  it('removes handled rows after 30 days, never parked or waiting ones', async () => {
    const day = 86_400_000
    await arrive({ key: 'old' }, { key: 'bad', type: 'b' }, { key: 'new', at: nowMs + 5 * day })
    const drain = deps({
      'feishu:b': async () => {
        throw new DataError('bad', 'bad')
      },
    })
    while (await drainOne(drain));
    expect(await purgeInbox(database.db, nowMs + 30 * day)).toBe(0)
    expect(await purgeInbox(database.db, nowMs + 31 * day, 1)).toBe(1)
    expect((await inboxRows(database)).map((row) => row.dedupe_key)).toEqual(['bad', 'new'])
  })
})
