import { describe, expect, it } from 'vitest'
import type { Order } from '#src/contracts/canonical.ts'
import { orders as table } from '../../../bitable-schemas/index.ts'
import { orderCard } from '../../../cards/index.ts'
import { readSubject } from '../../../playbooks/order-desk/show-order.ts'
import { anOrder, startMs } from '../../intake/records.ts'
import { useDatabase } from '../../support/database.ts'
import { chats, lin, type PlaybookWorld, startPlaybooks, wang } from '../playbook-world.ts'

const database = useDatabase()
const order = anOrder()
const no = order.orderNo
const subject = `order:douyin:${no}`
const later = (change: Partial<Order>): Order => ({ ...order, version: order.version + 1, ...change })

async function announced(): Promise<PlaybookWorld> {
  const world = await startPlaybooks(database)
  await world.orderCame(order)
  return world
}

/** People change the row in the table: the mirror merged it already and tells. */
async function edited(world: PlaybookWorld, values: Record<string, unknown>): Promise<void> {
  const before = await world.row(table, no)
  await world.within((ctx) => ctx.rows.act(table, no, values, wang.openId))
  const entries = Object.entries(values).map(([key, after]) => [
    key,
    { before: (before as Record<string, unknown>)[key] ?? null, after },
  ])
  await world.raise('row.edited', `row:orders:${no}`, {
    table: 'orders',
    key: no,
    changes: Object.fromEntries(entries),
    editedBy: wang.openId,
    editedAt: world.clock.now(),
  })
}

describe('a new order', () => {
  it('gets a row and a card in its shop’s group', async () => {
    const world = await announced()
    expect(await world.row(table, no)).toMatchObject({
      status: '待发货',
      channel: '抖店',
      shop: '海岛旗舰店',
      paid: 9900,
      followStatus: '待跟进',
      orderLink: { text: '查看订单', url: `https://back.example/${no}` },
      trace: 'trace-1',
    })
    const { rows } = await database.pool.query('select chat_id, input from card_posts')
    expect(rows).toMatchObject([
      { chat_id: chats.shop, input: { orderNo: no, tone: 'waiting', closed: false } },
    ])
    expect(await world.unhandled()).toEqual([])
  })

  it('of the past gets a row but no card, also when it changes later', async () => {
    const world = await startPlaybooks(database)
    await world.orderCame(order, { history: true })
    await world.orderCame(later({ status: 'shipped' }), { before: order })
    expect(await world.row(table, no)).toMatchObject({ status: '已发货' })
    expect(await world.card(orderCard, subject)).toBeUndefined()
  })

  it('of a shop without a group is in the table, and the operators are told once', async () => {
    const world = await startPlaybooks(database, { chatId: undefined as never })
    await world.orderCame(order)
    await world.orderCame(anOrder({ orderNo: '2' }))
    expect(await world.rows(table)).toHaveLength(2)
    expect(await world.openAlerts()).toEqual(['shop_without_chat shop-1'])
    expect(await world.card(orderCard, subject)).toBeUndefined()
  })

  it('that is closed already needs nobody', async () => {
    const world = await startPlaybooks(database)
    await world.orderCame(anOrder({ status: 'cancelled' }))
    expect(await world.row(table, no)).toMatchObject({ followStatus: '无需跟进' })
  })

  it('opens where the shop’s template says', async () => {
    const world = await startPlaybooks(database)
    await world.within((ctx) =>
      ctx.directory.saveShop('shop-1', { orderUrlTemplate: 'https://erp.example/{orderNo}' }),
    )
    await world.orderCame(order)
    expect(await world.card(orderCard, subject)).toMatchObject({ link: { url: `https://erp.example/${no}` } })
  })
})

describe('an order that changes', () => {
  it('changes the same row and the same card', async () => {
    const world = await announced()
    await world.orderCame(later({ status: 'completed' }), { before: order })
    expect(await world.row(table, no)).toMatchObject({ status: '已完成', followStatus: '无需跟进' })
    expect(await world.card(orderCard, subject)).toMatchObject({
      status: '已完成',
      tone: 'done',
      closed: true,
    })
    expect(await world.rows(table)).toEqual([no])
  })

  it('keeps who claimed it', async () => {
    const world = await announced()
    await world.press(orderCard, subject, 'claim', lin)
    await world.orderCame(later({ status: 'completed' }), { before: order })
    expect(await world.row(table, no)).toMatchObject({ followStatus: '已认领', follower: lin.openId })
    expect(await world.card(orderCard, subject)).toMatchObject({ claim: { name: '林小夏' } })
  })

  it('shows the states of its vouchers', async () => {
    const world = await startPlaybooks(database)
    const vouchers = (['paid', 'verified', 'paid'] as const).map((state, i) => ({
      certificateId: `c${i}`,
      state,
    }))
    await world.orderCame(anOrder({ kind: 'voucher', vouchers }))
    expect(await world.row(table, no)).toMatchObject({
      status: '待使用',
      voucherStates: ['待使用', '已核销'],
      vouchersVerified: 1,
      vouchersTotal: 3,
    })
    expect(await world.card(orderCard, subject)).toMatchObject({ voucher: '3 张：待使用 2、已核销 1' })
  })
})

describe('claiming by card', () => {
  it('is open to everybody in 人员, says how long it took, and writes the row', async () => {
    const world = await announced()
    world.clock.advance(42_000)
    const { toast } = await world.press(orderCard, subject, 'claim', lin)
    expect(toast).toEqual({ type: 'success', content: '认领成功，用时 42 秒。' })
    expect(await world.row(table, no)).toMatchObject({
      follower: lin.openId,
      followedAt: world.clock.now(),
      followStatus: '已认领',
      responseSeconds: 42,
    })
    expect(await world.card(orderCard, subject)).toMatchObject({
      tone: 'claimed',
      claim: { name: '林小夏', tookMs: 42_000 },
    })
  })

  it('a second time tells who was first, and oneself that it is done', async () => {
    const world = await announced()
    await world.press(orderCard, subject, 'claim', lin)
    world.clock.advance(90_000)
    const second = await world.press(orderCard, subject, 'claim', wang)
    expect(second.toast).toEqual({ type: 'warning', content: '林小夏 已先认领（1 分 30 秒前）。' })
    expect((await world.press(orderCard, subject, 'claim', lin)).toast.type).toBe('info')
    expect(await world.row(table, no)).toMatchObject({ follower: lin.openId, responseSeconds: 0 })
  })

  it('of an order that is not there says so', async () => {
    const world = await announced()
    await database.pool.query('delete from orders')
    expect((await world.press(orderCard, subject, 'claim', lin)).toast.type).toBe('error')
  })
})

describe('claiming in the table', () => {
  it('counts like one by card, without a time nobody measured', async () => {
    const world = await announced()
    await edited(world, { follower: lin.openId })
    expect(await world.row(table, no)).toMatchObject({
      followStatus: '已认领',
      followedAt: world.clock.now(),
    })
    const card = await world.card(orderCard, subject)
    expect(card).toMatchObject({ claim: { name: '林小夏' }, tone: 'claimed' })
    expect(card?.claim).not.toHaveProperty('tookMs')
    expect((await world.press(orderCard, subject, 'claim', wang)).toast.content).toContain('林小夏 已先认领')
  })

  it('by taking somebody out leaves the order to anybody again', async () => {
    const world = await announced()
    await world.press(orderCard, subject, 'claim', lin)
    await edited(world, { follower: null })
    expect(await world.row(table, no)).toMatchObject({ followStatus: '待跟进' })
    expect(await world.card(orderCard, subject)).toMatchObject({ tone: 'waiting' })
    expect((await world.press(orderCard, subject, 'claim', wang)).toast.type).toBe('success')
  })

  it('by handing it over shows the new name', async () => {
    const world = await announced()
    await world.press(orderCard, subject, 'claim', lin)
    await edited(world, { follower: wang.openId })
    expect(await world.card(orderCard, subject)).toMatchObject({ claim: { name: '王岚' } })
  })

  it('somebody we do not know is a colleague', async () => {
    const world = await announced()
    await edited(world, { follower: 'ou_stranger' })
    expect(await world.card(orderCard, subject)).toMatchObject({ claim: { name: '同事' } })
  })

  it('a note changes nothing else, and an edit of a row without an order is harmless', async () => {
    const world = await announced()
    await edited(world, { note: '客户要改期' })
    expect(await world.row(table, no)).toMatchObject({ followStatus: '待跟进', note: '客户要改期' })
    await world.raise('row.edited', 'row:orders:x', {
      table: 'orders',
      key: 'x',
      changes: { follower: { before: null, after: 'ou_lin' } },
      editedAt: startMs,
    })
    expect(await world.unhandled()).toEqual([])
  })
})

describe('an order’s subject', () => {
  it('tells platform and number, whatever the number looks like', () => {
    expect(readSubject('order:douyin:69:17')).toEqual({ platform: 'douyin', orderNo: '69:17' })
    for (const wrong of ['', 'order:', 'order:douyin:', 'refund:douyin:1'])
      expect(readSubject(wrong)).toBeUndefined()
  })
})
