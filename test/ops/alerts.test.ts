import { describe, expect, it } from 'vitest'
import { cardPosts, settings } from '#src/db/schema/index.ts'
import { operationsChat, type RuntimeWorld, startRuntime } from '../runtime/runtime-world.ts'
import { useDatabase } from '../support/database.ts'

const database = useDatabase()
const alert = { code: 'x_failed', subject: 's1', title: '出错了', text: '第一次', remedy: '请处理' }
const cards = () => database.db.select().from(cardPosts).orderBy(cardPosts.wantedAt)
const raise = (world: RuntimeWorld, change: Partial<typeof alert> = {}) =>
  world.within((ctx) => ctx.alert({ ...alert, ...change }))

describe('an alert', () => {
  it('is one card in the operations group, however often it is raised', async () => {
    const world = await startRuntime(database)
    await raise(world)
    const before = await cards()
    expect(before).toMatchObject([{ chatId: operationsChat, input: { ...alert, resolved: false } }])
    world.clock.advance(60_000)
    await raise(world)
    expect(await cards()).toEqual(before)
  })

  it('changes its card when it says something new, and keeps when it began', async () => {
    const world = await startRuntime(database)
    await raise(world)
    const began = world.clock.now()
    world.clock.advance(60_000)
    await raise(world, { text: '第二次' })
    expect(await cards()).toMatchObject([{ version: 2, input: { text: '第二次', raisedAt: began } }])
  })

  it('is one card also when two processes raise it at once', async () => {
    const world = await startRuntime(database)
    await Promise.all([raise(world), raise(world), raise(world)])
    expect(await cards()).toHaveLength(1)
  })

  it('turns green when it is resolved, and a later one of its kind gets a card of its own', async () => {
    const world = await startRuntime(database)
    await raise(world)
    await world.within((ctx) => ctx.resolve(alert))
    await world.within((ctx) => ctx.resolve(alert))
    expect(await cards()).toMatchObject([{ version: 2, input: { resolved: true } }])
    world.clock.advance(3_600_000)
    await raise(world)
    const [old, fresh] = await cards()
    expect(old).toMatchObject({ version: 2, input: { resolved: true } })
    expect(fresh).toMatchObject({ input: { resolved: false, raisedAt: world.clock.now() } })
  })

  it('of another subject or code is another card', async () => {
    const world = await startRuntime(database)
    await raise(world)
    await raise(world, { subject: 's2' })
    await raise(world, { code: 'y_failed' })
    expect(await cards()).toHaveLength(3)
  })

  it('resolving what was never raised does nothing', async () => {
    const world = await startRuntime(database)
    await world.within((ctx) => ctx.resolve({ code: 'nothing', subject: 'x' }))
    expect(await cards()).toEqual([])
  })

  it('without an operations group is kept all the same', async () => {
    const world = await startRuntime(database)
    await database.db.delete(settings)
    await raise(world)
    expect(await cards()).toEqual([])
    expect((await database.pool.query('select code from alerts')).rows).toEqual([{ code: 'x_failed' }])
  })
})
