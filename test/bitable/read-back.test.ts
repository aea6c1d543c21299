import { describe, expect, test } from 'vitest'
import {
  checkbox,
  date,
  grid,
  group,
  link,
  money,
  multiSelect,
  person,
  phone,
  select,
  table,
  text,
} from '#src/contracts/table.ts'
import { useDatabase } from '../support/database.ts'
import { type MirrorWorld, startWorld } from './mirror-world.ts'

const parcels = table(
  'parcels',
  '包裹',
  {
    no: text('单号').key(),
    status: select('状态', ['新建', '在途', '完成']),
    amount: money('金额'),
    follower: person('跟进人').ownedBy('shared'),
    follow: select('跟进状态', ['待跟进', '已认领']).ownedBy('shared'),
    note: text('备注').ownedBy('staff'),
    tags: multiSelect('标签', ['急', '贵']).ownedBy('staff'),
    promised: date('承诺时间').ownedBy('staff'),
    checked: checkbox('已核对').ownedBy('staff'),
    phone: phone('电话').ownedBy('staff'),
    page: link('网页').ownedBy('staff'),
    chat: group('群').ownedBy('staff'),
  },
  { views: [grid('全部')] },
)

describe('what people change in a table', () => {
  const database = useDatabase()
  const start = async (config = {}): Promise<MirrorWorld> => {
    const world = await startWorld(database, [parcels], config)
    await world.mirror.ensureBase()
    await world.state((rows) => rows.put(parcels, 'P1', { status: '新建', amount: 100, follow: '待跟进' }))
    await world.settle()
    await world.deliver()
    await world.settle()
    return world
  }
  const events = async () => {
    const { rows } = await database.pool.query('select type, subject, payload, trace from events order by id')
    return rows
  }
  const arrive = async (world: MirrorWorld) => {
    await world.deliver()
    await world.settle()
  }
  const id = (world: MirrorWorld, key = 'P1') => world.row('包裹', key).record_id
  const values = async (world: MirrorWorld) => {
    const found: unknown[] = []
    await world.state(async (rows) => void found.push(await rows.get(parcels, 'P1')))
    return found[0]
  }

  test('staff and shared fields flow into the database as one row.edited, whoever and whenever', async () => {
    const world = await start()
    world.by.edit('包裹', id(world), { 备注: '客户要发票', 跟进人: [{ id: world.lin.open_id }] })
    world.by.edit('包裹', id(world), { 跟进状态: '已认领', 标签: ['贵', '急'], 已核对: true })
    world.by.edit('包裹', id(world), { 电话: '13800000000', 承诺时间: 1_795_000_000_000 })
    world.by.edit('包裹', id(world), { 网页: { text: '详情', link: 'https://example.com/1' } })
    await arrive(world)
    const edited = await events()
    expect(edited.length).toBe(1)
    expect(edited[0]).toMatchObject({ type: 'row.edited', subject: 'row:parcels:P1', trace: 'test-trace' })
    expect(edited[0].payload).toMatchObject({ table: 'parcels', key: 'P1', editedBy: world.lin.open_id })
    expect(edited[0].payload.changes).toEqual({
      note: { before: null, after: '客户要发票' },
      follower: { before: null, after: world.lin.open_id },
      follow: { before: '待跟进', after: '已认领' },
      tags: { before: null, after: ['贵', '急'] },
      checked: { before: null, after: true },
      phone: { before: null, after: '13800000000' },
      promised: { before: null, after: 1_795_000_000_000 },
      page: { before: null, after: { text: '详情', url: 'https://example.com/1' } },
    })
    expect(await values(world)).toMatchObject({ note: '客户要发票', follow: '已认领', checked: true })
    world.by.edit('包裹', id(world), { 备注: null, 已核对: false })
    await arrive(world)
    expect((await events())[1].payload.changes).toEqual({
      note: { before: '客户要发票', after: null },
      checked: { before: true, after: null },
    })
  })

  test('an edit of people is never overwritten by the next change of ours', async () => {
    const world = await start()
    world.by.edit('包裹', id(world), { 备注: '别动' })
    await world.state((rows) => rows.put(parcels, 'P1', { status: '在途' }))
    await world.settle()
    await arrive(world)
    expect(world.row('包裹', 'P1').fields).toMatchObject({ 备注: '别动', 状态: '在途' })
    expect((await events()).map((event) => event.type)).toEqual(['row.edited'])
  })

  test('a system field changed by hand is put back with a note', async () => {
    const world = await start()
    world.by.edit('包裹', id(world), { 金额: 0.01, 状态: null })
    await arrive(world)
    expect(world.row('包裹', 'P1').fields).toMatchObject({ 金额: 1, 状态: '新建' })
    expect(world.alerts.map((alert) => alert.code)).toEqual(['bitable_value_put_back'])
    expect(await events()).toEqual([])
    await arrive(world)
    expect(world.alerts.length).toBe(1)
  })

  test('an automation that keeps changing a system field is not fought forever', async () => {
    const world = await start()
    for (let round = 0; round < 6; round++) {
      world.by.edit('包裹', id(world), { 金额: 7 })
      await arrive(world)
    }
    expect(world.row('包裹', 'P1').fields.金额).toBe(7)
    expect(world.alerts.at(-1)?.code).toBe('bitable_column_contested')
  })

  test('setting a field back to an earlier value of ours is seen, however quickly values followed each other', async () => {
    const world = await start()
    await world.state((rows) => rows.put(parcels, 'P1', { follow: '已认领' }))
    await world.settle()
    await arrive(world)
    expect(await events()).toEqual([])
    world.by.edit('包裹', id(world), { 跟进状态: '待跟进' })
    await arrive(world)
    expect((await events())[0].payload.changes).toEqual({ follow: { before: '已认领', after: '待跟进' } })
    expect(await values(world)).toMatchObject({ follow: '待跟进' })
  })

  test('events out of order and twice change nothing', async () => {
    const world = await start()
    world.by.edit('包裹', id(world), { 备注: '一' })
    world.by.edit('包裹', id(world), { 备注: '二' })
    await arrive(world)
    world.calls()
    world.by.edit('包裹', id(world), { 备注: '三' })
    world.by.edit('包裹', id(world), { 备注: '二' })
    await arrive(world)
    expect(await values(world)).toMatchObject({ note: '二' })
    expect((await events()).length).toBe(1)
  })

  test('a row people add is told once it holds something, and a copy of ours is left to them', async () => {
    const world = await start()
    const added = world.by.add('包裹', {})
    await arrive(world)
    expect(await events()).toEqual([])
    world.by.edit('包裹', added, { 备注: '手工登记', 金额: 3.5 })
    await arrive(world)
    const told = await events()
    expect(told.map((event) => event.type)).toEqual(['row.added'])
    expect(told[0].payload).toMatchObject({
      table: 'parcels',
      recordId: added,
      values: { note: '手工登记', amount: 350 },
      addedBy: world.lin.open_id,
    })
    const { 最后修改: _computed, ...copied } = world.row('包裹', 'P1').fields
    world.by.add('包裹', copied)
    await arrive(world)
    expect((await events()).length).toBe(1)
  })

  test('a row people added can be adopted under a key of ours', async () => {
    const world = await start()
    const added = world.by.add('包裹', { 备注: '手工登记' })
    await arrive(world)
    let answer: boolean[] = []
    await world.state(async (rows) => {
      answer = [
        await rows.adopt(parcels, 'P9', added, { status: '新建' }),
        await rows.adopt(parcels, 'P1', added, { status: '新建' }),
      ]
    })
    await world.settle()
    expect(answer).toEqual([true, false])
    expect(world.rows('包裹').length).toBe(2)
    expect(world.row('包裹', 'P9')).toMatchObject({
      record_id: added,
      fields: { 状态: '新建', 备注: '手工登记' },
    })
  })

  test('an open row deleted by people comes back once with what they had written, then it is let go', async () => {
    const world = await start()
    world.by.edit('包裹', id(world), { 备注: '重要' })
    await arrive(world)
    world.by.remove('包裹', id(world))
    await arrive(world)
    expect(world.row('包裹', 'P1').fields).toMatchObject({ 备注: '重要', 状态: '新建' })
    expect(world.alerts.map((alert) => alert.code)).toEqual(['bitable_row_recreated'])
    world.by.remove('包裹', id(world))
    await arrive(world)
    await world.state((rows) => rows.put(parcels, 'P1', { status: '在途' }))
    await world.settle()
    expect(world.rows('包裹')).toEqual([])
  })

  test('a deletion whose event was lost is noticed by the next write, and the other rows are written', async () => {
    const world = await start()
    await world.state((rows) => rows.put(parcels, 'P2', { status: '新建' }))
    await world.settle()
    world.by.remove('包裹', id(world))
    await world.state(async (rows) => {
      await rows.put(parcels, 'P1', { status: '在途' })
      await rows.put(parcels, 'P2', { status: '完成' })
    })
    await world.settle()
    expect(world.row('包裹', 'P1').fields.状态).toBe('在途')
    expect(world.row('包裹', 'P2').fields.状态).toBe('完成')
  })

  test('edits whose events were lost are found by the repair read in one call', async () => {
    const world = await start({ repairEveryMs: 3_600_000 })
    await world.kernel.clock.advance(600_000)
    world.by.edit('包裹', id(world), { 备注: '没有事件' })
    world.by.add('包裹', { 备注: '新的一行' })
    world.calls()
    await world.kernel.clock.advance(3_600_000)
    await world.settle()
    expect((await events()).map((event) => event.type).toSorted()).toEqual(['row.added', 'row.edited'])
    expect(await values(world)).toMatchObject({ note: '没有事件' })
    expect(world.calls()).toEqual(['bitable.record.search'])
  })

  test('an option people renamed is still our option', async () => {
    const world = await start()
    const { base, table: live } = world.spot('包裹')
    const field = live.fields.find((f) => f.field_name === '跟进状态')
    const options = field?.property?.options?.map((o) =>
      o.name === '已认领' ? { ...o, name: '有人管了' } : o,
    )
    await world.feishu.bitable.updateField(
      base.app_token,
      live.table_id,
      field?.field_id ?? '',
      { field_name: '跟进状态', type: 3, property: { options } },
      { purpose: 'test' },
    )
    await arrive(world)
    await world.state((rows) => rows.put(parcels, 'P1', { follow: '已认领' }))
    await world.settle()
    expect(world.row('包裹', 'P1').fields.跟进状态).toBe('有人管了')
    await arrive(world)
    expect(await events()).toEqual([])
    expect(
      world.spot('包裹').table.fields.find((f) => f.field_name === '跟进状态')?.property?.options?.length,
    ).toBe(2)
  })

  test('events of other bases and tables are ignored, unreadable ones are refused with their path', async () => {
    const world = await start()
    const handle = world.mirror.inboxHandlers['feishu:drive.file.bitable_record_changed_v1']
    const send = (event: unknown) => {
      const raw = Buffer.from(JSON.stringify({ schema: '2.0', event }))
      const rest = {
        id: 1,
        source: 'feishu',
        dedupeKey: 'x',
        kind: 'event',
        eventType: 'e',
        headers: {},
      } as const
      return database.db.transaction(
        async (tx) => await handle?.(tx, { ...rest, raw, receivedAt: 0, trace: 'test-trace' }),
      )
    }
    await send({ table_id: 'tblother', action_list: [{ record_id: 'rec1', action: 'record_edited' }] })
    await world.settle()
    await expect(send({ table_id: 'tbl1', action_list: [{ record_id: 5 }] })).rejects.toMatchObject({
      code: 'bitable_event_unreadable',
      context: { path: 'action_list.0.record_id' },
    })
    expect(await events()).toEqual([])
  })
})
