import { describe, expect, test } from 'vitest'
import { number, select, table, text } from '#src/contracts/table.ts'
import { useDatabase } from '../support/database.ts'
import { type MirrorWorld, startWorld } from './mirror-world.ts'

const parcels = table(
  'parcels',
  '包裹',
  { no: text('单号').key(), status: select('状态', ['新建', '完成']), pieces: number('件数') },
  { window: { closed: (row) => row.status === '完成' } },
)

describe('a table that may hold 100 rows', () => {
  const database = useDatabase()
  const start = async (config: object = {}): Promise<MirrorWorld> => {
    const world = await startWorld(database, [parcels], {
      rowCap: 100,
      sandboxRowCap: 100,
      batchSize: 20,
      ...config,
    })
    await world.mirror.ensureBase()
    return world
  }
  const put = async (world: MirrorWorld, keys: string[], status: '新建' | '完成') => {
    await world.kernel.clock.advance(10)
    await world.state(async (rows) => {
      for (const key of keys) await rows.put(parcels, key, { status })
    })
  }
  const named = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(4, '0')}`)
  const keys = (world: MirrorWorld) =>
    world
      .rows('包裹')
      .map((row) => String(row.fields.单号))
      .toSorted()

  test('keeps every open row and the youngest closed ones below 90, whatever comes in', async () => {
    const world = await start()
    await put(world, named('open', 40), '新建')
    await put(world, named('old', 45), '完成')
    await world.settle()
    expect(keys(world).length).toBe(85)
    await put(world, named('new', 30), '完成')
    await world.settle()
    expect(keys(world)).toEqual([...named('new', 30), ...named('old', 45).slice(25), ...named('open', 40)])
    const { rows } = await database.pool.query(
      `select count(*)::int as n from table_rows where state = 'out'`,
    )
    expect(rows[0].n).toBe(25)
  })

  test('a history of thousands of closed rows costs no more calls than the window holds', async () => {
    const world = await start({ batchSize: 50 })
    world.calls()
    await put(world, named('past', 3_000), '完成')
    await world.settle()
    expect(keys(world)).toEqual(named('past', 3_000).slice(-90))
    expect(world.calls().filter((api) => api.includes('batch-')).length).toBe(2)
  })

  test('a row outside the window stays out when it changes, and comes back when it is open again', async () => {
    const world = await start()
    await put(world, named('a', 90), '完成')
    await world.settle()
    await put(world, named('b', 30), '完成')
    await world.settle()
    expect(keys(world)).not.toContain('a0000')
    await world.state((rows) => rows.put(parcels, 'a0000', { pieces: 5 }))
    await world.settle()
    expect(keys(world)).not.toContain('a0000')
    await world.state((rows) => rows.put(parcels, 'a0000', { status: '新建' }))
    await world.settle()
    expect(world.row('包裹', 'a0000').fields).toMatchObject({ 状态: '新建', 件数: 5 })
    expect(keys(world).length).toBe(90)
  })

  test('a plan that holds fewer rows than we were told is learned from its refusal', async () => {
    const world = await start({ rowCap: 1_000 })
    await put(world, named('a', 95), '完成')
    await world.settle()
    await put(world, named('b', 30), '完成')
    await world.settle()
    expect(keys(world).length).toBeGreaterThan(50)
    expect(keys(world).length).toBeLessThanOrEqual(100)
    expect(keys(world)).toEqual(expect.arrayContaining(named('b', 30)))
  })

  test('when all rows are open, further ones wait in the database, people are told, and nothing is lost', async () => {
    const world = await start()
    await put(world, named('a', 130), '新建')
    await world.settle()
    expect(keys(world).length).toBe(100)
    expect(new Set(world.alerts.map((alert) => alert.code))).toEqual(new Set(['bitable_table_full']))
    expect((await world.mirror.stats()).behind).toBe(30)
    await put(world, named('a', 60), '完成')
    await world.kernel.clock.advance(61_000)
    await world.settle()
    expect(keys(world)).toEqual(expect.arrayContaining(named('a', 130).slice(60)))
    expect(await world.mirror.stats()).toMatchObject({ behind: 0 })
  })
})
