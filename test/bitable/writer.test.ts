import { describe, expect, test, vi } from 'vitest'
import { date, grid, money, multiSelect, number, select, table, text } from '#src/contracts/table.ts'
import { useDatabase } from '../support/database.ts'
import { startWorld } from './mirror-world.ts'

const parcels = table(
  'parcels',
  '包裹',
  {
    no: text('单号').key(),
    status: select('状态', ['新建', '在途', '完成']),
    tags: multiSelect('标签', ['急', '贵']),
    amount: money('金额'),
    pieces: number('件数'),
    sentAt: date('发出时间'),
    note: text('备注').ownedBy('staff'),
  },
  { views: [grid('全部')], window: { closed: (row) => row.status === '完成' } },
)

describe('the table writer', () => {
  const database = useDatabase()
  const start = async (config = {}) => {
    const world = await startWorld(database, [parcels], config)
    await world.mirror.ensureBase()
    world.calls()
    return world
  }
  const writes = (calls: string[]) => calls.filter((api) => /record\.batch-(create|update|delete)/.test(api))

  test('a row put by a handler is in the table with typed values, and only its changes are written afterwards', async () => {
    const world = await start()
    await world.state((rows) =>
      rows.put(parcels, 'P1', {
        status: '新建',
        amount: 12_345,
        tags: ['急'],
        pieces: 2,
        sentAt: 1_795_000_000_000,
      }),
    )
    await world.settle()
    expect(world.row('包裹', 'P1').fields).toMatchObject({
      状态: '新建',
      金额: 123.45,
      标签: ['急'],
      件数: 2,
      发出时间: 1_795_000_000_000,
    })
    world.by.edit('包裹', world.row('包裹', 'P1').record_id, { 备注: '同事写的' })
    await world.state((rows) => rows.put(parcels, 'P1', { status: '在途', tags: null }))
    await world.settle()
    expect(world.row('包裹', 'P1').fields).toMatchObject({ 状态: '在途', 金额: 123.45, 备注: '同事写的' })
    expect(world.row('包裹', 'P1').fields).not.toHaveProperty('标签')
    expect(writes(world.calls())).toEqual(['bitable.record.batch-create', 'bitable.record.batch-update'])
  })

  test('many changes of many rows become the fewest calls, and a change taken back costs none', async () => {
    const world = await start({ batchSize: 100 })
    await world.state(async (rows) => {
      for (let i = 0; i < 250; i++) await rows.put(parcels, `P${i}`, { status: '新建', pieces: i })
    })
    await world.settle()
    for (const pieces of [7, 8, 9]) {
      await world.state(async (rows) => {
        for (let i = 0; i < 250; i++) await rows.put(parcels, `P${i}`, { pieces })
      })
    }
    await world.settle()
    await world.state((rows) => rows.put(parcels, 'P1', { pieces: 1 }))
    await world.state((rows) => rows.put(parcels, 'P1', { pieces: 9 }))
    await world.settle()
    expect(writes(world.calls())).toEqual([
      ...Array(3).fill('bitable.record.batch-create'),
      ...Array(3).fill('bitable.record.batch-update'),
    ])
    expect(world.rows('包裹').length).toBe(250)
    expect(world.rows('包裹').every((row) => row.fields.件数 === 9)).toBe(true)
    expect(await world.mirror.stats()).toEqual({ behind: 0, oldestMs: 0, parked: 0 })
  })

  test('the echoes of our own writes are ticked off without reading a single row', async () => {
    const world = await start()
    await world.state(async (rows) => {
      for (let i = 0; i < 60; i++) {
        await rows.put(parcels, `P${i}`, {
          status: '新建',
          amount: i,
          tags: ['急', '贵'],
          sentAt: 1_795_000_000_000,
        })
      }
    })
    await world.settle()
    await world.state((rows) => rows.put(parcels, 'P3', { status: '完成', tags: null, amount: null }))
    await world.settle()
    world.calls()
    expect(await world.deliver()).toBeGreaterThan(0)
    await world.settle()
    expect(world.calls()).toEqual([])
    const left = await database.pool.query('select * from row_reads')
    expect(left.rows).toEqual([])
  })

  test('a renamed column keeps being written under its new name', async () => {
    const world = await start()
    await world.state((rows) => rows.put(parcels, 'P1', { status: '新建' }))
    await world.settle()
    world.by.rename('包裹', '状态', '进度')
    await world.state((rows) => rows.put(parcels, 'P1', { status: '在途' }))
    await world.state((rows) => rows.put(parcels, 'P2', { status: '新建' }))
    await world.settle()
    expect(world.row('包裹', 'P1').fields.进度).toBe('在途')
    expect(world.row('包裹', 'P2').fields.进度).toBe('新建')
    expect(world.alerts).toEqual([])
  })

  test('a deleted column is paused and told once, the rest goes on, and a new column of that name catches up', async () => {
    const world = await start()
    await world.state((rows) => rows.put(parcels, 'P1', { status: '新建', pieces: 1 }))
    await world.settle()
    world.by.dropField('包裹', '件数')
    await world.state((rows) => rows.put(parcels, 'P1', { status: '在途', pieces: 2 }))
    await world.settle()
    expect(world.row('包裹', 'P1').fields.状态).toBe('在途')
    expect(world.alerts.map((a) => [a.code, a.subject])).toEqual([
      ['bitable_column_paused', 'parcels.pieces'],
    ])
    await world.deliver()
    await world.settle()
    const { base, table: live } = world.spot('包裹')
    await world.feishu.bitable.createField(
      base.app_token,
      live.table_id,
      { field_name: '件数', type: 2 },
      { purpose: 'test' },
    )
    await world.deliver()
    await world.settle()
    expect(world.row('包裹', 'P1').fields.件数).toBe(2)
    expect(world.alerts.length).toBe(1)
  })

  test('a retyped column is paused, nobody else suffers, and no row is parked for it', async () => {
    const world = await start()
    await world.state((rows) => rows.put(parcels, 'P1', { pieces: 1, status: '新建' }))
    await world.settle()
    world.by.retype('包裹', '件数', 7)
    await world.state(async (rows) => {
      for (let i = 0; i < 40; i++) await rows.put(parcels, `Q${i}`, { pieces: i, status: '新建' })
    })
    await world.settle()
    expect(world.rows('包裹').length).toBe(41)
    expect(world.alerts.map((a) => a.code)).toEqual(['bitable_column_paused'])
    expect((await world.mirror.stats()).parked).toBe(0)
  })

  test('one row Feishu refuses is found, parked and told; all others are written', async () => {
    const world = await start()
    await world.state(async (rows) => {
      for (let i = 0; i < 30; i++) await rows.put(parcels, `P${i}`, { pieces: i })
    })
    // A value that passes our own checks but not the platform's.
    await database.pool.query(
      `update table_rows set row_values = row_values || '{"pieces": "many"}' where row_key = 'P17'`,
    )
    await world.settle()
    expect(world.rows('包裹').length).toBe(29)
    expect(world.alerts.map((a) => [a.code, a.subject])).toEqual([['bitable_row_parked', 'parcels:P17']])
    expect((await world.mirror.stats()).parked).toBe(1)
    await world.state((rows) => rows.put(parcels, 'P17', { pieces: 17 }))
    await world.settle()
    expect(world.rows('包裹').length).toBe(30)
    expect((await world.mirror.stats()).parked).toBe(0)
  })

  test('conflicts and rate limits are waited out', async () => {
    const world = await start()
    for (const kind of ['1254291', '1254290', 'http_429', '5xx']) {
      world.kernel.faults.add({ kind, family: 'bitable', times: 6 })
      await world.state((rows) => rows.put(parcels, `P-${kind}`, { status: '新建' }))
      await world.settle()
      world.kernel.faults.clear()
      await world.settle()
    }
    expect(world.rows('包裹').map((row) => row.fields.单号)).toEqual([
      'P-1254291',
      'P-1254290',
      'P-http_429',
      'P-5xx',
    ])
  })

  test('a batch that is too large is split and the smaller size is kept', async () => {
    const world = await start()
    world.kernel.faults.add({
      kind: 'code',
      code: 1254104,
      status: 200,
      route: 'POST /open-apis/bitable/v1/apps/:app_token/tables/:table_id/records/batch_create',
      times: 1,
    })
    await world.state(async (rows) => {
      for (let i = 0; i < 40; i++) await rows.put(parcels, `P${i}`, { pieces: i })
    })
    await world.settle()
    expect(world.rows('包裹').length).toBe(40)
    expect(writes(world.calls()).length).toBe(3)
  })

  test('started, it writes as soon as a handler commits, and a stop lets go of the lock', async () => {
    const world = await startWorld(database, [parcels], { live: true })
    await world.mirror.ensureBase()
    world.mirror.start()
    await world.state((rows) => rows.put(parcels, 'P1', { status: '新建' }))
    await vi.waitFor(() => expect(world.rows('包裹').length).toBe(1), { timeout: 20_000, interval: 20 })
    await world.mirror.stop()
    await world.state((rows) => rows.put(parcels, 'P2', { status: '新建' }))
    const next = world.another()
    await vi.waitFor(async () => expect(await next.runOnce()).not.toBe('blocked'))
    next.start()
    await vi.waitFor(() => expect(world.rows('包裹').length).toBe(2), { timeout: 20_000, interval: 20 })
  })

  test('only one of several processes writes, and another takes over when it stops', async () => {
    const world = await start()
    const second = world.another()
    expect(await second.runOnce()).toBe('blocked')
    await world.mirror.stop()
    await world.state((rows) => rows.put(parcels, 'P1', { status: '新建' }))
    await world.settle(second)
    expect(world.rows('包裹').length).toBe(1)
  })
})
