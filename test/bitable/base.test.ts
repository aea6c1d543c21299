import { describe, expect, test } from 'vitest'
import { type AnyTable, grid, kanban, number, select, table, text } from '#src/contracts/table.ts'
import type { Feishu } from '#src/feishu/types.ts'
import { tables } from '../../bitable-schemas/index.ts'
import { createBaseAs, shareBase } from '../../sandbox/feishu/bitable/by-hand.ts'
import { bases } from '../../sandbox/feishu/bitable/state.ts'
import { useDatabase } from '../support/database.ts'
import { startWorld } from './mirror-world.ts'

describe('the base as code', () => {
  const database = useDatabase()

  test('a first start makes the base with all tables, columns in order, views, and shares it with the admin', async () => {
    const world = await startWorld(database, tables)
    await world.mirror.ensureBase()
    expect(world.alerts).toEqual([])
    const base = world.spot('订单').base
    expect(base.tables.map((t) => t.name)).toEqual(['订单', '退款单', '财务流水', '店铺', '人员'])
    const orders = world.spot('订单').table
    expect(orders.fields.map((f) => f.field_name).slice(0, 3)).toEqual(['订单号', '状态', '渠道'])
    expect(orders.views.map((v) => `${v.view_type} ${v.view_name}`)).toEqual([
      'grid 全部订单',
      'grid 待跟进',
      'kanban 按状态看板',
    ])
    const system = orders.fields
      .filter((f) => ['写入批次', '最后修改'].includes(f.field_name))
      .map((f) => f.field_id)
    for (const view of orders.views) expect(view.property.hidden_fields).toEqual(system)
    const waiting = orders.views[1]?.property.filter_info?.conditions[0]
    const followStatus = orders.fields.find((f) => f.field_name === '跟进状态')
    expect(waiting?.field_id).toBe(followStatus?.field_id)
    expect(waiting?.value).toBe(JSON.stringify([followStatus?.property?.options?.[0]?.id]))
  })

  test('a second start changes nothing', async () => {
    const world = await startWorld(database, tables)
    const appToken = await world.mirror.ensureBase()
    world.calls()
    expect(await world.mirror.ensureBase()).toBe(appToken)
    const writes = world.calls().filter((api) => /create|update|patch|delete/.test(api))
    expect(writes).toEqual([])
  })

  test('a start that dies after every single write still ends with one of everything', async () => {
    const small = [
      table(
        'a',
        '甲',
        { no: text('单号').key(), kind: select('类型', ['一', '二']) },
        { views: [grid('全部'), kanban('看板')] },
      ),
      table(
        'b',
        '乙',
        { no: text('单号').key(), n: number('数') },
        { views: [grid('全部', { hidden: ['n'] })] },
      ),
    ]
    const world = await startWorld(database, small)
    await world.mirror.stop()
    let starts = 0
    const survived = new Set<string>()
    for (let done = false; !done && starts < 60; starts++) {
      const mirror = world.another({}, dyingAfterEachWrite(world.feishu, survived))
      done = await mirror.ensureBase().then(
        () => true,
        () => false,
      )
      await mirror.stop()
    }
    expect(starts).toBeGreaterThan(8)
    const made = bases(world.sandbox).filter((base) => base.name === '汇流')
    const [orphan, base] = made
    expect(made.length).toBe(2)
    expect(orphan?.tables.length).toBe(1)
    expect(world.alerts.map((alert) => alert.code)).toEqual(['bitable_base_orphan'])
    expect(
      base?.tables.map((t) => [t.name, t.fields.map((f) => f.field_name), t.views.map((v) => v.view_name)]),
    ).toEqual([
      ['甲', ['单号', '类型', '写入批次', '最后修改'], ['全部', '看板']],
      ['乙', ['单号', '数', '写入批次', '最后修改'], ['全部']],
    ])
  })

  test('a later version adds its columns, options, views and tables, and touches nothing of people’s', async () => {
    const before = [
      table('a', '甲', { no: text('单号').key(), kind: select('类型', ['一']) }, { views: [grid('全部')] }),
    ]
    const after = [
      table(
        'a',
        '甲',
        { no: text('单号').key(), kind: select('类型', ['一', '二']), extra: text('新列') },
        {
          views: [
            grid('全部'),
            grid('只看二', { where: [{ field: 'kind', operator: 'is', values: ['二'] }] }),
          ],
        },
      ),
      table('b', '乙', { no: text('单号').key() }),
    ]
    const world = await startWorld(database, before)
    await world.mirror.ensureBase()
    await world.state((rows) => rows.put(before[0] as never, 'A1', { kind: '一' } as never))
    await world.settle()
    const { base, table: live } = world.spot('甲')
    const own = { field_name: '同事的列', type: 1 }
    await world.feishu.bitable.createField(base.app_token, live.table_id, own, { purpose: 'test' })
    world.by.rename('甲', '类型', '分类')
    await world.mirror.stop()
    const upgraded = world.another({}, world.feishu, after)
    await upgraded.ensureBase()
    const fields = world.spot('甲').table.fields
    expect(fields.map((f) => f.field_name)).toEqual([
      '单号',
      '分类',
      '写入批次',
      '最后修改',
      '同事的列',
      '新列',
    ])
    const options = fields[1]?.property?.options
    expect(options?.map((option) => option.name)).toEqual(['一', '二'])
    expect(world.row('甲', 'A1').fields.分类).toBe('一')
    const filter = world.spot('甲').table.views[1]?.property.filter_info?.conditions[0]
    expect(filter?.value).toBe(JSON.stringify([options?.[1]?.id]))
    expect(base.tables.map((t) => t.name)).toEqual(['甲', '乙'])
  })

  test('a table people deleted is made again with its rows', async () => {
    const defs = [table('a', '甲', { no: text('单号').key() }), table('b', '乙', { no: text('单号').key() })]
    const world = await startWorld(database, defs)
    await world.mirror.ensureBase()
    const put = (key: string) => world.state((rows) => rows.put(defs[0] as AnyTable, key, {}))
    await put('A1')
    await world.settle()
    const { base, table: live } = world.spot('甲')
    await world.feishu.bitable.deleteTable(base.app_token, live.table_id, { purpose: 'test' })
    await put('A2')
    await world.settle()
    expect(world.alerts.map((alert) => alert.code)).toContain('bitable_table_denied')
    await world.mirror.stop()
    const next = world.another()
    await next.ensureBase()
    await world.kernel.clock.advance(61_000)
    await world.settle(next)
    expect(
      world
        .rows('甲')
        .map((row) => row.fields.单号)
        .toSorted(),
    ).toEqual(['A1', 'A2'])
  })

  test('a new database for an old base takes its rows over instead of writing them twice', async () => {
    const defs = [
      table('a', '甲', { no: text('单号').key(), n: number('数'), note: text('备注').ownedBy('staff') }),
    ]
    const world = await startWorld(database, defs)
    const appToken = await world.mirror.ensureBase()
    const put = (key: string, n: number) =>
      world.state((rows) => rows.put(defs[0] as AnyTable, key, { n } as never))
    for (const key of ['A1', 'A2', 'A3']) await put(key, 1)
    await world.settle()
    world.by.edit('甲', world.row('甲', 'A2').record_id, { 备注: '要留着' })
    world.by.add('甲', { 备注: '同事的行' })
    await world.mirror.stop()
    await database.pool.query(
      'truncate bindings, table_rows, row_attempts, row_reads, foreign_rows, settings',
    )
    const next = world.another({ appToken })
    await next.ensureBase()
    for (const key of ['A1', 'A2', 'A4']) await put(key, 2)
    await world.settle(next)
    expect(world.rows('甲').map(({ fields }) => [fields.单号, fields.数, fields.备注])).toEqual([
      ['A1', 2, undefined],
      ['A2', 2, '要留着'],
      ['A3', 1, undefined],
      [undefined, undefined, '同事的行'],
      ['A4', 2, undefined],
    ])
  })

  test('without the right to events or to share, the base is filled all the same and people are told', async () => {
    const defs = [table('a', '甲', { no: text('单号').key() })]
    const world = await startWorld(database, defs)
    const drive = { code: 1063002, status: 403, kind: 'code' }
    world.kernel.faults.add({ ...drive, route: 'POST /open-apis/drive/v1/files/:file_token/subscribe' })
    world.kernel.faults.add({ ...drive, route: 'POST /open-apis/drive/v1/permissions/:token/members' })
    await world.mirror.ensureBase()
    await world.state((rows) => rows.put(defs[0] as AnyTable, 'A1', {}))
    await world.settle()
    expect(world.rows('甲').length).toBe(1)
    expect(world.alerts.map((alert) => alert.code)).toEqual([
      'bitable_base_unshared',
      'bitable_events_missing',
    ])
  })

  test('a base people made is adopted, a wrong or closed one is refused with the remedy', async () => {
    const defs = [table('a', '甲', { no: text('单号').key() })]
    const world = await startWorld(database, defs)
    await world.mirror.stop()
    const theirs = createBaseAs(world.sandbox, world.lin.open_id, '同事的表')
    const closed = world.another({ appToken: theirs.app_token })
    await expect(closed.ensureBase()).rejects.toMatchObject({ code: 'bitable_base_missing' })
    await closed.stop()
    shareBase(world.sandbox, theirs.app_token, true)
    const mirror = world.another({ appToken: theirs.app_token })
    expect(await mirror.ensureBase()).toBe(theirs.app_token)
    expect(theirs.tables.map((t) => t.name)).toContain('甲')
    await mirror.stop()
    const elsewhere = world.another({ appToken: 'bascnOther' })
    await expect(elsewhere.ensureBase()).rejects.toMatchObject({ code: 'bitable_base_mismatch' })
  })
})

/** Dies right after each write, the first time it is made. */
function dyingAfterEachWrite(feishu: Feishu, survived: Set<string>): Feishu {
  const dies = <T extends object>(part: T): T =>
    Object.fromEntries(
      Object.entries(part).map(([name, call]) => [
        name,
        async (...args: unknown[]) => {
          const answer = await call(...args)
          const write = `${name} ${JSON.stringify(args)}`
          if (!/^(create|patch|update|delete|add|subscribe)/.test(name) || survived.has(write)) return answer
          survived.add(write)
          throw new Error('killed')
        },
      ]),
    ) as T
  return { ...feishu, bitable: dies(feishu.bitable), drive: dies(feishu.drive) }
}
