/** Bad luck on the shops' side: forged, doubled, reordered and lost announcements, pages that move, channels that are down. */
import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { textOf } from '../support/card-text.ts'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

const product = useProduct({ transport: 'webhook' })
afterEach(async () => {
  await product().clearFaults()
  await product().post('channels/douyin-shop/push-options', { duplicate: 0, reorder: 0 })
})

const orderCards = async (p: Product, orderNo: string) =>
  (await p.messages(orderNo)).filter((one) => textOf(one).includes('买家'))

async function expectOnce(p: Product, orders: readonly string[]): Promise<void> {
  await until('every row', async () => {
    const rows = new Set((await p.rows('订单')).map((row) => row.fields.订单号))
    return orders.every((orderNo) => rows.has(orderNo))
  })
  await p.settled()
  const numbers = (await p.rows('订单')).map((row) => row.fields.订单号)
  for (const orderNo of orders) {
    expect(numbers.filter((one) => one === orderNo)).toHaveLength(1)
    expect(await p.messages(orderNo)).toHaveLength(1)
  }
}

function push(p: Product, change: { secret?: string; body?: string; shop?: string } = {}): Promise<Response> {
  const { appKey, appSecret } = p.world.channels['douyin-shop'] ?? { appKey: '', appSecret: '' }
  const body =
    change.body ??
    JSON.stringify([
      { tag: '100', msg_id: '1', data: JSON.stringify({ p_id: 6_900_000_000_000, shop_id: 48_213_377 }) },
    ])
  const sign = createHash('md5')
    .update(`${appKey}${body}${change.secret ?? appSecret}`)
    .digest('hex')
  return fetch(`${p.address}/channels/${change.shop ?? 'demo-48213377'}/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'app-id': appKey, 'event-sign': sign },
    body,
  })
}

const inbox = async (p: Product) => /huiliu_backlog_inbox_\w+ \d+/g.exec((await p.ask('/metrics')).text)?.[0]

test('a forged push and a forged webhook are refused and change nothing', async () => {
  const p = product()
  const before = await inbox(p)
  expect((await push(p, { secret: 'guessed' })).status).toBe(401)
  expect((await push(p, { shop: 'nobody' })).status).toBe(404)
  const forged = await fetch(`${p.address}/feishu/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-lark-signature': 'f'.repeat(64),
      'x-lark-request-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-lark-request-nonce': '1',
    },
    body: JSON.stringify({ encrypt: Buffer.alloc(64).toString('base64') }),
  })
  expect(forged.status).toBe(401)
  const plain = await fetch(`${p.address}/feishu/callback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schema: '2.0', header: { event_type: 'card.action.trigger' }, event: {} }),
  })
  expect(plain.status).toBe(401)
  await p.settled()
  expect(await inbox(p)).toBe(before)
})

test('a push that is authentic but makes no sense is acknowledged, kept, told of, and holds nobody up', async () => {
  const p = product()
  const answer = await push(p, { body: '{"what":"is this"}' })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ code: 0 })
  const orderNo = await p.placeOrder()
  await expectOnce(p, [orderNo])
})

test('announcements that come twice and in the wrong order make each order once, and as it is now', async () => {
  const p = product()
  await p.post('channels/douyin-shop/push-options', { duplicate: 1, reorder: 0.7 })
  const orders = await p.placeOrders({ count: 5, kind: 'voucher' })
  for (const orderNo of orders) await p.step(orderNo, 'booked')
  // Late and doubled ones leave within seconds of sandbox time.
  await p.advance(10_000)
  await expectOnce(p, orders)
  for (const orderNo of orders) {
    await until(
      'the row is as the order is',
      async () => (await p.row('订单', orderNo))?.fields.券状态.join() === '已预约',
    )
    await until('the card too', async () => textOf(await p.card(orderNo)).includes('已预约'))
  }
})

test('Feishu’s events that come twice and in the wrong order act once', async () => {
  const p = product()
  await p.fault({ kind: 'duplicate_event' })
  await p.fault({ kind: 'reorder_event', probability: 0.5 })
  const orderNo = await p.placeOrder({ shop_id: '48213377' })
  const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', { order_id: orderNo, amount: 500 })
  const instance = await until('the approval', async () => (await p.instances(refundNo))[0])
  await p.post(`approvals/${instance.instance_code}/approve`, { open_id: p.person('王岚') })
  await p.advance(5_000)
  await until('it is booked', () => p.row('财务流水', refundNo))
  await p.settled()
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ times: 1 })])
  expect(await p.rows('财务流水', refundNo)).toHaveLength(1)
})

test('a decision whose event never arrives is found by looking', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ shop_id: '48213377' })
  const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', { order_id: orderNo, amount: 500 })
  const instance = await until('the approval', async () => (await p.instances(refundNo))[0])
  await p.settled()
  await p.fault({ kind: 'drop_event' })
  await p.post(`approvals/${instance.instance_code}/approve`, { open_id: p.person('王岚') })
  await p.advance(90_000)
  await until('it is booked', () => p.row('财务流水', refundNo))
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ times: 1 })])
})

test('shops of one app share an address: each push reaches the shop it is about', async () => {
  const p = product()
  for (const shop of p.config.shops) {
    const orderNo = await p.placeOrder({ shop_id: shop.id.replace('demo-', '') })
    expect((await p.card(orderNo)).chat_id).toBe(shop.chatId)
    const row = await until('the row', () => p.row('订单', orderNo))
    expect(row.fields.店铺).toBe(shop.name)
  }
})

test('announcements that are lost, and orders that move between pages while they are read: the pull finds them all', async () => {
  const p = product()
  const { pushUrls } = await p.get('settings')
  await p.post('settings', { pushUrls: {} })
  const orders = await p.placeOrders({ count: 130, shop_id: '48213462' })
  // Every change moves its order to the end of the list that is being paged through.
  for (const orderNo of orders.slice(0, 60)) await p.step(orderNo, 'shipped')
  await p.post('settings', { pushUrls })
  await until('every row', async () => {
    const rows = new Map((await p.rows('订单')).map((row) => [row.fields.订单号, row.fields.状态]))
    return orders.every((orderNo, i) => rows.get(orderNo) === (i < 60 ? '已发货' : '待发货'))
  })
  await p.settled()
  const texts = (await p.messages()).map(textOf)
  for (const orderNo of orders.slice(0, 5))
    expect((await p.rows('订单', `"订单号":"${orderNo}"`)).length).toBe(1)
  expect(texts.some((text) => text.includes('条'))).toBe(true)
})

test('a channel and an ERP that are down for a while: pulled again when they are back, and the operators’ numbers show it', async () => {
  const p = product()
  await p.fault({ kind: '5xx', family: 'douyin-shop' })
  await p.fault({ kind: '5xx', family: 'jushuitan' })
  const orders = await p.placeOrders({ count: 2, shop_id: '48213377' })
  await until('failed pulls are counted', async () =>
    /huiliu_pull_failures_total\{connector="douyin-shop"[^}]*\} [1-9]/.test((await p.ask('/metrics')).text),
  )
  await p.clearFaults()
  await expectOnce(p, orders)
  for (const orderNo of orders) expect(await orderCards(p, orderNo)).toHaveLength(1)
})
