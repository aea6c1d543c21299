/** What a person must act on arrives in the operations group, once, with what to do, and is taken back when it is over. */
import { expect, test } from 'vitest'
import { textOf } from '../support/card-text.ts'
import { useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

/** 进口好物 has no group yet. */
const product = useProduct({
  configure: (config) => ({
    ...config,
    shops: config.shops.map(({ chatId, ...shop }) =>
      shop.id === 'demo-48213462' || chatId === undefined ? shop : { ...shop, chatId },
    ),
  }),
})

const told = async (words: string) => {
  const p = product()
  const cards = await p.messages()
  return cards.filter((one) => one.chat_id === p.chat(/运营/) && textOf(one).includes(words))
}

test('orders of a shop without a group are in the table, and the operators are told once how to choose one', async () => {
  const p = product()
  const orders = await p.placeOrders({ count: 3, shop_id: '48213462' })
  const [alert] = await until('the alert', async () => {
    const cards = await told('店铺没有订单群')
    return cards.length > 0 && cards
  })
  if (alert === undefined) throw new Error('no alert')
  for (const word of ['进口好物', '怎么办', '订单群', '追踪号']) expect(textOf(alert)).toContain(word)
  for (const orderNo of orders) await until('the row', () => p.row('订单', orderNo))
  await p.settled()
  expect(await told('店铺没有订单群')).toHaveLength(1)
  for (const orderNo of orders) expect(await p.messages(orderNo)).toEqual([])
})

test('a group chosen in the table 店铺 gets the next order', async () => {
  const p = product()
  const row = await until('the shop', () => p.row('店铺', '进口好物'))
  const app = (await p.get('state')).bases[0].app_token
  await p.post(`bases/${app}/tables/${encodeURIComponent('店铺')}/records/${row.record_id}/edit`, {
    open_id: p.person('何志远'),
    fields: { 订单群: [{ id: p.chat(/进口好物/) }] },
  })
  await until('an order there', async () => {
    const orderNo = await p.placeOrder({ shop_id: '48213462' })
    await p.settled()
    return (await p.messages(orderNo)).some((one) => one.chat_id === p.chat(/进口好物/))
  })
})

test('a refund the payer refuses becomes 需人工: card, row and the operators say why', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ shop_id: '48213377' })
  const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', { order_id: orderNo, amount: 800 })
  const instance = await until('the approval', async () => (await p.instances(refundNo))[0])
  await p.fault({
    kind: 'answer',
    route: '/jushuitan/open/webapi/aftersaleapi/open/confirm',
    body: { code: 130, msg: '售后单已冻结，不允许确认', data: null },
  })
  await p.post(`approvals/${instance.instance_code}/approve`, { open_id: p.person('王岚') })
  const alert = await until('the operators are told', async () => (await told(refundNo))[0])
  expect(textOf(alert)).toContain('退款需要人工处理')
  expect(textOf(alert)).toContain('冻结')
  await until('the row says so', async () => (await p.row('退款单', refundNo))?.fields.状态 === '需人工')
  await p.settled()
  expect(await p.executions(refundNo)).toEqual([])
  const card = (await p.messages(refundNo)).find((one) => one.chat_id === p.chat(/退款/))
  expect(card === undefined ? '' : textOf(card)).toContain('❌ 执行退款（ERP）')
  await p.clearFaults()
})

test('a bot that was put out of a group is told of, and its cards follow once it is back', async () => {
  const p = product()
  const group = p.chat(/环球旅行/)
  await p.post(`chats/${group}/bot`, { present: false })
  const orderNo = await p.placeOrder({ shop_id: '48213395' })
  const alert = await until('the operators are told', async () => (await told(group))[0])
  expect(textOf(alert)).toContain('机器人')
  await until('the row is there all the same', () => p.row('订单', orderNo))
  await p.post(`chats/${group}/bot`, { present: true })
  await p.advance(6 * 60_000)
  await until('its card', async () => (await p.messages(orderNo)).some((one) => one.chat_id === group))
  await until('the alert is taken back', async () => {
    const [card] = await told(group)
    return card !== undefined && textOf(card).includes('已恢复')
  })
})
