import { describe, expect, it } from 'vitest'
import { foreignRows } from '#src/db/schema/mirror-reads.ts'
import { people, shops } from '../../../bitable-schemas/index.ts'
import { orderCard } from '../../../cards/index.ts'
import { playbooks } from '../../../playbooks/index.ts'
import { anOrder } from '../../intake/records.ts'
import { useDatabase } from '../../support/database.ts'
import { lin, type PlaybookWorld, startPlaybooks, wang } from '../playbook-world.ts'

const database = useDatabase()

async function started(shop: Parameters<typeof startPlaybooks>[1] = {}): Promise<PlaybookWorld> {
  const world = await startPlaybooks(database, shop)
  await begin(world)
  return world
}
const begin = (world: PlaybookWorld) =>
  world.within(async (ctx) => {
    for (const playbook of playbooks) await playbook.start?.(ctx)
  })

async function edited(
  world: PlaybookWorld,
  table: typeof shops | typeof people,
  { key, values }: { key: string; values: Record<string, unknown> },
): Promise<void> {
  await world.within((ctx) => ctx.rows.act(table, key, values, wang.openId))
  const changes = Object.fromEntries(
    Object.entries(values).map(([name, after]) => [name, { before: null, after }]),
  )
  await world.raise('row.edited', `row:${table.id}:${key}`, { table: table.id, key, changes, editedAt: 1 })
}

async function added(world: PlaybookWorld, recordId: string, values: Record<string, unknown>): Promise<void> {
  await database.db.insert(foreignRows).values({ table: 'people', recordId, values, seenAt: 1 })
  await world.raise('row.added', `row:people:${recordId}`, { table: 'people', recordId, values, addedAt: 1 })
}

const shop = (world: PlaybookWorld) => world.within((ctx) => ctx.directory.shop('shop-1'))
const person = (world: PlaybookWorld, openId: string) => world.within((ctx) => ctx.directory.person(openId))

describe('at the start', () => {
  it('every shop and every person has a row', async () => {
    const world = await started()
    expect(await world.row(shops, 'shop-1')).toMatchObject({
      name: '海岛旗舰店',
      channel: '抖店',
      payer: 'ERP',
      chat: 'oc_shop',
    })
    expect(await world.row(people, lin.openId)).toMatchObject({
      name: '林小夏',
      member: lin.openId,
      roles: ['客服'],
      operatorId: 'op-7',
    })
  })

  it('a second one keeps what people changed', async () => {
    const world = await started()
    await edited(world, shops, { key: 'shop-1', values: { payer: '渠道', chat: 'oc_new' } })
    await begin(world)
    expect(await world.row(shops, 'shop-1')).toMatchObject({ payer: '渠道', chat: 'oc_new' })
    expect(await shop(world)).toMatchObject({ payer: 'channel', chatId: 'oc_new' })
  })
})

describe('editing 店铺', () => {
  it('a new group gets the next order, and the alert about a missing one is over', async () => {
    const world = await started({ chatId: undefined as never })
    await world.orderCame(anOrder())
    expect(await world.openAlerts()).toEqual(['shop_without_chat shop-1'])
    await edited(world, shops, { key: 'shop-1', values: { chat: 'oc_new' } })
    expect(await world.openAlerts()).toEqual([])
    await world.orderCame(anOrder({ orderNo: '2' }))
    const { rows } = await database.pool.query(`select chat_id from card_posts where card = 'order'`)
    expect(rows).toEqual([{ chat_id: 'oc_new' }])
  })

  it('an emptied group or template is empty, the rest stays', async () => {
    const world = await started()
    await edited(world, shops, {
      key: 'shop-1',
      values: { orderUrlTemplate: 'https://erp.example/{orderNo}' },
    })
    expect(await shop(world)).toMatchObject({
      orderUrlTemplate: 'https://erp.example/{orderNo}',
      chatId: 'oc_shop',
    })
    await edited(world, shops, { key: 'shop-1', values: { orderUrlTemplate: null } })
    await edited(world, shops, { key: 'shop-1', values: { chat: null } })
    expect(await shop(world)).toEqual({
      id: 'shop-1',
      name: '海岛旗舰店',
      connector: 'douyin-shop',
      erp: 'jushuitan',
      payer: 'erp',
    })
  })

  it('an emptied or unknown payer changes nothing: somebody must pay', async () => {
    const world = await started()
    await edited(world, shops, { key: 'shop-1', values: { payer: null } })
    expect(await shop(world)).toMatchObject({ payer: 'erp' })
    // An option that somebody added to the column.
    await database.pool.query(`update table_rows set row_values = row_values || '{"payer":"财务部"}'`)
    await world.raise('row.edited', 'row:shops:shop-1', {
      table: 'shops',
      key: 'shop-1',
      changes: { payer: { before: null, after: '财务部' } },
      editedAt: 1,
    })
    expect(await shop(world)).toMatchObject({ payer: 'erp' })
  })

  it('a row of a shop that is not configured any more is left alone', async () => {
    const world = await started()
    await world.within((ctx) => ctx.rows.put(shops, 'gone', { name: '旧店' }))
    await edited(world, shops, { key: 'gone', values: { chat: 'oc_x' } })
    expect(await world.unhandled()).toEqual([])
  })
})

describe('editing 人员', () => {
  it('a corrected name is the name from then on', async () => {
    const world = await started()
    await edited(world, people, { key: lin.openId, values: { name: '林小满' } })
    await begin(world)
    expect(await person(world, lin.openId)).toMatchObject({ name: '林小满' })
    expect(people.fields.name.owner).toBe('shared')
  })

  it('roles and operator count from then on, also when they are taken away', async () => {
    const world = await started()
    await edited(world, people, { key: lin.openId, values: { roles: ['客服', '主管'], operatorId: 'op-8' } })
    expect(await person(world, lin.openId)).toMatchObject({
      roles: ['客服', '主管'],
      operators: { jushuitan: 'op-8' },
    })
    await edited(world, people, { key: lin.openId, values: { roles: null, operatorId: null } })
    expect(await person(world, lin.openId)).toMatchObject({ roles: [], operators: {} })
  })
})

describe('a line that people add to 人员', () => {
  it('makes the chosen member one of us, who may press buttons', async () => {
    const world = await started()
    await world.orderCame(anOrder())
    const chen = { ...lin, openId: 'ou_chen', name: '陈' }
    const press = () => world.press(orderCard, `order:douyin:${anOrder().orderNo}`, 'claim', chen)
    expect((await press()).toast.type).toBe('error')
    await added(world, 'rec1', { openId: '随便写的', member: 'ou_chen', name: '陈一', roles: ['客服'] })
    expect(await person(world, 'ou_chen')).toMatchObject({ name: '陈一', roles: ['客服'] })
    expect(await world.row(people, 'ou_chen')).toMatchObject({ openId: 'ou_chen', member: 'ou_chen' })
    expect((await press()).toast.type).toBe('success')
    expect(await world.unhandled()).toEqual([])
  })

  it('without a name is a colleague', async () => {
    const world = await started()
    await added(world, 'rec1', { member: 'ou_chen' })
    expect(await person(world, 'ou_chen')).toMatchObject({ name: '同事', roles: [] })
  })

  it('with a role that nobody thought of is taken as it is', async () => {
    const world = await started()
    await added(world, 'rec1', { member: 'ou_chen', roles: ['店长'] })
    expect(await person(world, 'ou_chen')).toMatchObject({ roles: ['店长'] })
    expect(await world.unhandled()).toEqual([])
  })

  it('about somebody who has a line already gives and takes nothing', async () => {
    const world = await started()
    await added(world, 'rec1', { member: lin.openId, name: '林小夏', roles: ['管理员'] })
    expect(await person(world, lin.openId)).toMatchObject({ roles: ['客服'] })
    expect(await world.row(people, lin.openId)).toMatchObject({ roles: ['客服'] })
  })

  it('without a member, or in another table, is theirs alone', async () => {
    const world = await started()
    const before = (await world.rows(people)).length
    await added(world, 'rec1', { name: '某人', roles: ['管理员'] })
    await world.raise('row.added', 'row:orders:rec2', {
      table: 'orders',
      recordId: 'rec2',
      values: { member: 'ou_x' },
      addedAt: 1,
    })
    expect(await world.rows(people)).toHaveLength(before)
    expect(await person(world, 'ou_x')).toBeUndefined()
  })
})
