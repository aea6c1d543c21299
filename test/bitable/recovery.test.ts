import { describe, expect, test } from 'vitest'
import { grid, number, select, table, text } from '#src/contracts/table.ts'
import type { Bitable, Feishu } from '#src/feishu/types.ts'
import { useDatabase } from '../support/database.ts'
import { type MirrorWorld, startWorld } from './mirror-world.ts'

const parcels = table(
  'parcels',
  '包裹',
  { no: text('单号').key(), status: select('状态', ['新建', '完成']), pieces: number('件数') },
  { views: [grid('全部')] },
)

const batchCreate = 'POST /open-apis/bitable/v1/apps/:app_token/tables/:table_id/records/batch_create'
const batchUpdate = 'POST /open-apis/bitable/v1/apps/:app_token/tables/:table_id/records/batch_update'
const batchDelete = 'POST /open-apis/bitable/v1/apps/:app_token/tables/:table_id/records/batch_delete'

/** Dies in the middle of a call: before it left, or after the platform had applied it. */
function dying(
  feishu: Feishu,
  call: 'batchCreate' | 'batchUpdate' | 'batchDelete',
  when: 'before' | 'after',
): Feishu {
  const bitable: Bitable = { ...feishu.bitable }
  const real = feishu.bitable[call] as (...args: unknown[]) => Promise<unknown>
  Object.assign(bitable, {
    [call]: async (...args: unknown[]) => {
      if (when === 'after') await real(...args)
      throw new Error('killed')
    },
  })
  return { ...feishu, bitable }
}

describe('after a crash or an answer that never came', () => {
  const database = useDatabase()
  const start = async (config = {}): Promise<MirrorWorld> => {
    const world = await startWorld(database, [parcels], config)
    await world.mirror.ensureBase()
    return world
  }
  const put = (world: MirrorWorld, count: number, pieces = 1, prefix = 'P') =>
    world.state(async (rows) => {
      for (let i = 0; i < count; i++) await rows.put(parcels, `${prefix}${i}`, { status: '新建', pieces })
    })
  const keys = (world: MirrorWorld) =>
    world
      .rows('包裹')
      .map((row) => String(row.fields.单号))
      .toSorted()

  for (const kind of ['reset_after_apply', 'reset_before', 'truncated', 'invalid_json']) {
    test(`a create whose answer is lost (${kind}) makes every row exactly once`, async () => {
      const world = await start()
      await put(world, 3, 1, 'A')
      await world.settle()
      world.kernel.faults.add({ kind, route: batchCreate, times: 1 })
      await put(world, 20)
      await world.settle()
      expect(world.rows('包裹').length).toBe(23)
      expect(new Set(keys(world)).size).toBe(23)
      expect(await world.mirror.stats()).toMatchObject({ behind: 0, parked: 0 })
    })
  }

  test('the very first batch of an empty table is found again as well', async () => {
    const world = await start()
    world.kernel.faults.add({ kind: 'reset_after_apply', route: batchCreate, times: 2 })
    await put(world, 20)
    await world.settle()
    expect(world.rows('包裹').length).toBe(20)
    expect(await world.mirror.stats()).toMatchObject({ behind: 0 })
  })

  for (const when of ['before', 'after'] as const) {
    test(`a writer killed ${when} its create was applied leaves no double and no hole behind`, async () => {
      const world = await start()
      await put(world, 3, 1, 'A')
      await world.settle()
      await world.mirror.stop()
      const victim = world.another({}, dying(world.feishu, 'batchCreate', when))
      await put(world, 20)
      for (let i = 0; i < 3; i++) {
        await victim.runOnce()
        await world.kernel.clock.advance(300)
      }
      await victim.stop()
      await put(world, 20, 2)
      const heir = world.another()
      await world.settle(heir)
      expect(new Set(keys(world)).size).toBe(23)
      expect(world.rows('包裹').length).toBe(23)
      expect(world.row('包裹', 'P7').fields.件数).toBe(2)
    })
  }

  test('days later the token is forgotten, so the rows are searched for instead of sent again', async () => {
    const world = await start()
    await put(world, 3, 1, 'A')
    await world.settle()
    await world.mirror.stop()
    const victim = world.another({}, dying(world.feishu, 'batchCreate', 'after'))
    await put(world, 20)
    await victim.runOnce()
    await world.kernel.clock.advance(300)
    await victim.runOnce()
    await victim.stop()
    await world.kernel.clock.advance(3 * 86_400_000)
    world.calls()
    const heir = world.another()
    await world.settle(heir)
    expect(world.rows('包裹').length).toBe(23)
    expect(world.calls()).not.toContain('bitable.record.batch-create')
  })

  test('a platform that forgets a token at once makes doubles, and the younger ones are removed', async () => {
    const world = await start()
    await put(world, 3, 1, 'A')
    await world.settle()
    world.kernel.faults.add({ kind: 'reset_after_apply', route: batchCreate, times: 1 })
    await put(world, 5)
    await world.kernel.clock.advance(300)
    await world.mirror.runOnce()
    const tokens = world.kernel.state('bitable-tokens', () => ({}) as Record<string, number>)
    for (const key of Object.keys(tokens)) delete tokens[key]
    await world.settle()
    expect(world.rows('包裹').length).toBe(8)
    expect(new Set(keys(world)).size).toBe(8)
  })

  test('a search that shows nothing, not even rows we know of, is not believed', async () => {
    const world = await start()
    await put(world, 3, 1, 'A')
    await world.settle()
    world.kernel.faults.add({ kind: 'reset_after_apply', route: batchCreate, times: 1 })
    const blind = world.another(
      {},
      {
        ...world.feishu,
        bitable: { ...world.feishu.bitable, search: async () => ({ items: [], next: undefined, total: 0 }) },
      },
    )
    await world.mirror.stop()
    await put(world, 5)
    for (let round = 0; round < 20; round++) {
      await world.kernel.clock.advance(31_000)
      await blind.runOnce()
    }
    await blind.stop()
    expect(world.rows('包裹').length).toBe(8)
    expect(world.alerts.map((alert) => alert.code)).toContain('bitable_search_blind')
    await world.settle(world.another())
    expect(world.rows('包裹').length).toBe(8)
    const { rows } = await database.pool.query(`select 1 from row_attempts where state = 'open'`)
    expect(rows).toEqual([])
  })

  test('a row copied by hand while its batch was open stays people’s, ours is the older one', async () => {
    const world = await start()
    await put(world, 3, 1, 'A')
    await world.settle()
    world.kernel.faults.add({ kind: 'reset_after_apply', route: batchCreate, times: 1 })
    await put(world, 2)
    await world.kernel.clock.advance(300)
    await world.mirror.runOnce()
    const original = world.row('包裹', 'P0')
    const { 最后修改: _computed, ...fields } = original.fields
    const copy = world.by.add('包裹', fields)
    await world.settle()
    await put(world, 2, 9)
    await world.settle()
    expect(world.rows('包裹').find((row) => row.record_id === original.record_id)?.fields.件数).toBe(9)
    expect(world.rows('包裹').find((row) => row.record_id === copy)?.fields.件数).toBe(1)
    await world.deliver()
    await world.settle()
    const events = await database.pool.query('select type from events')
    expect(events.rows).toEqual([])
  })

  test('an update whose answer is lost is simply sent again', async () => {
    const world = await start()
    await put(world, 5)
    await world.settle()
    for (const kind of ['reset_after_apply', 'reset_before']) {
      world.kernel.faults.add({ kind, route: batchUpdate, times: 1 })
      await put(world, 5, kind.length)
      await world.settle()
      expect(world.rows('包裹').every((row) => row.fields.件数 === kind.length)).toBe(true)
    }
    expect(await world.mirror.stats()).toMatchObject({ behind: 0 })
  })

  test('a column renamed while an answer was lost does not stop the recovery', async () => {
    const world = await start()
    await put(world, 3, 1, 'A')
    await world.settle()
    for (const [kind, name] of [
      ['reset_after_apply', '几件'],
      ['reset_before', '数目'],
    ] as const) {
      world.kernel.faults.add({ kind, route: batchCreate, times: 1 })
      await put(world, 4, 5, kind)
      await world.kernel.clock.advance(300)
      await world.mirror.runOnce()
      world.by.rename('包裹', kind === 'reset_after_apply' ? '件数' : '几件', name)
      await world.settle()
      expect(world.rows('包裹').filter((row) => row.fields[name] === 5).length).toBe(name === '几件' ? 4 : 8)
    }
    expect(new Set(keys(world)).size).toBe(world.rows('包裹').length)
  })

  test('a deletion whose answer is lost is finished, not repeated on others', async () => {
    const closing = table(
      'parcels',
      '包裹',
      { no: text('单号').key(), status: select('状态', ['新建', '完成']), pieces: number('件数') },
      { window: { closed: (row) => row.status === '完成' } },
    )
    const world = await startWorld(database, [closing], { rowCap: 20 })
    await world.mirror.ensureBase()
    const done = (from: number, to: number) =>
      world.state(async (rows) => {
        for (let i = from; i < to; i++) await rows.put(closing, `P${10 + i}`, { status: '完成' })
      })
    await done(0, 18)
    await world.settle()
    world.kernel.faults.add({ kind: 'reset_after_apply', route: batchDelete, times: 1 })
    await world.kernel.clock.advance(1_000)
    await done(18, 24)
    await world.settle()
    expect(keys(world)).toEqual(Array.from({ length: 18 }, (_, i) => `P${i + 16}`))
  })
})
