import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { definePlaybook, type HandlerContext } from '#src/contracts/playbook.ts'
import { events } from '#src/db/schema/index.ts'
import { AppError, DataError } from '#src/errors.ts'
import { createEventDrain, drainOne, replayParked } from '#src/runtime/drain-events.ts'
import { useDatabase } from '../support/database.ts'
import { createGate } from '../support/gate.ts'
import { notes, operationsChat, type RuntimeWorld, startRuntime } from './runtime-world.ts'

const database = useDatabase()
const type = 'message.received' as const

async function drainAll(world: RuntimeWorld): Promise<number> {
  let handled = 0
  while (await drainOne(world.deps)) handled += 1
  return handled
}

describe('handling events', () => {
  it('runs each event once, in the order of its subject, also with many workers and processes', async () => {
    const seen: string[] = []
    const world = await startRuntime(database, {
      on: {
        [type]: async (ctx, { subject, payload }) => {
          const { no } = payload as { no: number }
          const row = await ctx.rows.get(notes, subject)
          await ctx.rows.put(notes, subject, { takenBy: `${row?.takenBy ?? ''}${no}` })
          seen.push(`${subject}${no}`)
        },
      },
    })
    for (let no = 0; no < 6; no++)
      for (const subject of ['a', 'b', 'c', 'd']) await world.raise(type, subject, { no })
    await Promise.all(Array.from({ length: 6 }, () => drainAll(world)))
    // A worker that found nothing free has ended while others were still busy.
    await drainAll(world)
    expect(seen).toHaveLength(24)
    for (const subject of ['a', 'b', 'c', 'd'])
      expect(await world.row(subject)).toMatchObject({ takenBy: '012345' })
    expect((await world.events()).every((event) => event.state === 'done')).toBe(true)
  })

  it('hands the event to every playbook that wants it, in one transaction', async () => {
    const second = definePlaybook({
      id: 'second',
      label: '第二',
      tables: [],
      cards: {},
      approvals: [],
      on: {
        [type]: async () => {
          throw new DataError('no_good', 'the second one fails')
        },
      },
      actions: {},
      jobs: {},
      schedules: [],
    })
    const world = await startRuntime(database, {
      on: { [type]: (ctx, { subject }) => ctx.rows.put(notes, subject, { takenBy: 'x' }) },
      more: [second],
    })
    await world.raise(type, 'a')
    await drainAll(world)
    expect(await world.row('a')).toBeUndefined()
  })

  it('is done with events nobody wants', async () => {
    const world = await startRuntime(database)
    await world.raise(type, 'a')
    expect(await drainAll(world)).toBe(1)
    expect(await world.events()).toMatchObject([{ state: 'done' }])
  })
})

describe('a handler that fails', () => {
  const failing = (error: () => unknown) => ({
    on: {
      [type]: async (ctx: HandlerContext, event: { subject: string }) => {
        await ctx.rows.put(notes, event.subject, { takenBy: 'half done' })
        if (event.subject === 'bad') throw error()
      },
    },
  })

  it('loses only its own work; the other events go on, later ones of its subject wait for it', async () => {
    const world = await startRuntime(
      database,
      failing(() => new Error('boom')),
    )
    await world.raise(type, 'bad')
    await world.raise(type, 'bad')
    await world.raise(type, 'good')
    expect(await drainAll(world)).toBe(2)
    expect(await world.row('bad')).toBeUndefined()
    expect(await world.row('good')).toBeDefined()
    expect(await world.events()).toMatchObject([
      { state: 'new', attempts: 1, error: { code: 'unexpected' } },
      { state: 'new', attempts: 0 },
      { state: 'done' },
    ])
  })

  it('is tried again later, and parked with an alert after its retries', async () => {
    const world = await startRuntime(
      database,
      failing(() => new AppError('later', 'again', { retry: 'backoff' })),
    )
    await world.raise(type, 'bad')
    for (let round = 0; round < 12; round++) {
      await drainAll(world)
      world.clock.advance(3_600_000)
    }
    expect(await world.events()).toMatchObject([{ state: 'parked', attempts: 12, error: { code: 'later' } }])
    const alert = (await database.pool.query('select * from alerts')).rows
    expect(alert).toMatchObject([{ code: 'event_parked', subject: 'bad' }])
    const posts = (await database.pool.query('select chat_id from card_posts')).rows
    expect(posts).toEqual([{ chat_id: operationsChat }])
  })

  it('for good is parked at once, and what came after it goes on', async () => {
    const world = await startRuntime(
      database,
      failing(() => new DataError('bad_data', 'unreadable')),
    )
    await world.raise(type, 'bad')
    await world.raise('order.created', 'bad')
    await drainAll(world)
    expect(await world.events()).toMatchObject([{ state: 'parked' }, { state: 'done' }])
  })

  it('can be replayed, all at once or one', async () => {
    let mended = false
    const world = await startRuntime(database, {
      on: {
        [type]: async () => {
          if (!mended) throw new DataError('bad_data', 'unreadable')
        },
      },
    })
    for (const subject of ['a', 'b', 'c']) await world.raise(type, subject)
    await drainAll(world)
    mended = true
    const [first] = await world.events()
    const replay = (ids?: number[]) =>
      database.db.transaction((tx) => replayParked(tx, world.clock.now(), ids))
    expect(await replay([first?.id ?? 0])).toBe(1)
    expect(await replay()).toBe(2)
    expect(await replay()).toBe(0)
    await drainAll(world)
    expect((await world.events()).map((event) => event.state)).toEqual(['done', 'done', 'done'])
  })

  it('stays parked when even the alert about it fails', async () => {
    const world = await startRuntime(
      database,
      failing(() => new DataError('bad_data', 'unreadable')),
    )
    await world.raise(type, 'bad')
    await database.pool.query('alter table alerts rename to alerts_away')
    try {
      await drainAll(world)
    } finally {
      await database.pool.query('alter table alerts_away rename to alerts')
    }
    expect(await world.events()).toMatchObject([{ state: 'parked' }])
  })
})

describe('the drain', () => {
  it('goes on after a wake-up, with two drains on one database each event is handled once', async () => {
    const gate = createGate<string>()
    const world = await startRuntime(database, {
      on: { [type]: async (_ctx, { subject }) => gate.pass(subject) },
    })
    const wakeups = { on: () => () => undefined }
    const drains = [createEventDrain(world.deps, wakeups), createEventDrain(world.deps, wakeups)]
    for (const drain of drains) drain.start()
    for (const subject of ['a', 'b', 'c']) await world.raise(type, subject)
    for (const drain of drains) drain.nudge()
    await gate.next()
    await gate.next()
    await gate.next()
    for (const drain of drains) await drain.stop()
    expect([...gate.passed].sort()).toEqual(['a', 'b', 'c'])
    const open = await database.db.select().from(events).where(eq(events.state, 'new'))
    expect(open).toEqual([])
  })
})
