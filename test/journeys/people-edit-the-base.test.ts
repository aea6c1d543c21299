/** Staff work in the table: what is theirs flows back, what is the system's is put back, renaming harms nothing. */
import { beforeAll, expect, test } from 'vitest'
import { addUser } from '../../sandbox/feishu/contact/people.ts'
import { findChat } from '../../sandbox/feishu/im/chats.ts'
import { textOf } from '../support/card-text.ts'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

const product = useProduct({ transport: 'webhook' })
let appToken = ''
beforeAll(async () => {
  appToken = (await product().get('state')).bases[0].app_token
})

const tablePath = (table: string) => `bases/${appToken}/tables/${encodeURIComponent(table)}`

async function edit(
  p: Product,
  table: string,
  contains: string,
  fields: Record<string, unknown>,
): Promise<void> {
  const row = await until(`a row about ${contains}`, () => p.row(table, contains))
  await p.post(`${tablePath(table)}/records/${row.record_id}/edit`, { open_id: p.person('何志远'), fields })
}

const fieldOf = async (p: Product, table: string, contains: string, field: string) =>
  (await p.row(table, contains))?.fields[field]

test('a follower chosen in the table is a claim: the card shows it and nobody can claim again', async () => {
  const p = product()
  const orderNo = await p.placeOrder()
  const card = await p.card(orderNo)
  await edit(p, '订单', orderNo, { 跟进人: [{ id: p.person('陈果') }] })
  await until('the card shows who follows', async () => textOf(await p.card(orderNo)).includes('陈果 已认领'))
  await until('the row too', async () => (await fieldOf(p, '订单', orderNo, '跟进状态')) === '已认领')
  expect(await fieldOf(p, '订单', orderNo, '跟进时间')).toEqual(expect.any(Number))
  const late = await p.press(card, '周宁', '认领')
  expect(late.answer.toast.content).toContain('陈果')
})

test('somebody else takes over in the table: the card shows the new name', async () => {
  const p = product()
  const orderNo = await p.placeOrder()
  await p.press(await p.card(orderNo), '林小夏', '认领')
  await until('the claim', async () => (await fieldOf(p, '订单', orderNo, '跟进状态')) === '已认领')
  await edit(p, '订单', orderNo, { 跟进人: [{ id: p.person('苏晴') }] })
  await until('the card shows the new name', async () =>
    textOf(await p.card(orderNo)).includes('苏晴 已认领'),
  )
})

test('a note stays through every change of the order', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ kind: 'goods' })
  await edit(p, '订单', orderNo, { 备注: '客人要周五前收到' })
  await p.step(orderNo, 'shipped')
  await until('the order moved on', async () => (await fieldOf(p, '订单', orderNo, '状态')) === '已发货')
  expect(await fieldOf(p, '订单', orderNo, '备注')).toBe('客人要周五前收到')
})

test('a system field edited by hand is put back', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ kind: 'voucher' })
  const before = (await until('the row', () => p.row('订单', orderNo))).fields
  await p.settled()
  await edit(p, '订单', orderNo, { 状态: '已完成', 实付金额: 0.01, 备注: '改错了' })
  await until('it is put back', async () => {
    const now = (await p.row('订单', orderNo))?.fields
    return now?.状态 === before.状态 && now?.实付金额 === before.实付金额
  })
  expect(await fieldOf(p, '订单', orderNo, '备注')).toBe('改错了')
})

test('a renamed column goes on being filled under its new name', async () => {
  const p = product()
  await p.post(`${tablePath('订单')}/fields/${encodeURIComponent('商品')}/rename`, {
    open_id: p.person('何志远'),
    name: '宝贝',
  })
  const orderNo = await p.placeOrder({ kind: 'goods' })
  const row = await until('a row', () => p.row('订单', orderNo))
  expect(row.fields.宝贝).toEqual(expect.any(String))
  expect(row.fields).not.toHaveProperty('商品')
  await p.step(orderNo, 'shipped')
  await until('updates too', async () => (await fieldOf(p, '订单', orderNo, '状态')) === '已发货')
  expect((await p.rows('订单', orderNo)).length).toBe(1)
})

test('somebody who joins the table 人员 may press buttons from then on', async () => {
  const p = product()
  const stranger = await newColleague(p)
  const card = await p.card(await p.placeOrder({ shop_id: '48213377' }))
  const click = () => p.post('click', { message_id: card.message_id, open_id: stranger, name: '认领' })
  expect((await click()).answer.toast).toMatchObject({
    type: 'error',
    content: expect.stringContaining('人员'),
  })
  await p.post(`${tablePath('人员')}/records`, {
    open_id: p.person('何志远'),
    fields: { 姓名: '小新', 成员: [{ id: stranger }], 角色: ['客服'] },
  })
  await until('the new colleague may claim', async () => (await click()).answer.toast.type === 'success')
})

test('who pays a shop’s refunds and where 查看订单 leads is chosen in the table 店铺', async () => {
  const p = product()
  await edit(p, '店铺', '进口好物', {
    退款执行方: '人工',
    查看订单模板: 'https://erp.example/o/{orderNo} pc=https://pc.example/{orderNo} ios=erp://o/{orderNo}',
  })
  const urls = await until('new orders lead there', async () => {
    const orderNo = await p.placeOrder({ shop_id: '48213462' })
    const { urls } = await p.press(await p.card(orderNo), '陈果', '查看订单')
    return urls.default_url === `https://erp.example/o/${orderNo}` && { orderNo, urls }
  })
  expect(urls.urls).toMatchObject({
    pc_url: `https://pc.example/${urls.orderNo}`,
    ios_url: `erp://o/${urls.orderNo}`,
  })
  const { outer_as_id } = await p.post('erp/jushuitan/refunds', { order_id: urls.orderNo, amount: 100 })
  await until(
    'the payer of its refunds',
    async () => (await fieldOf(p, '退款单', outer_as_id, '执行方')) === '人工',
  )
})

/** Joins the company and the shop's group, but nobody told the product. */
async function newColleague(p: Product): Promise<string> {
  const person = addUser(p.sandbox.kernel, { name: '小新' })
  findChat(p.sandbox.kernel, p.chat(/海岛假期/))?.members.push(person.open_id)
  return person.open_id
}
