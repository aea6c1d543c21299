import { describe, expect, test } from 'vitest'
import { tables } from '../../bitable-schemas/index.ts'
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
})
