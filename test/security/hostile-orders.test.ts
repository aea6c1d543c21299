/** Orders and refunds as a hostile buyer or a broken channel would send them, through the whole product. */
import { Client } from 'pg'
import { beforeAll, expect, test } from 'vitest'
import {
  type AfterSale,
  changeAfterSale,
  changeOrder,
  type Order,
  shopState,
  storeOf,
} from '../../sandbox/channels/douyin-shop/state.ts'
import { textOf } from '../support/card-text.ts'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'
import { hostileTexts } from './hostile-texts.ts'

const product = useProduct({ transport: 'webhook' })
const shopId = '48213377'

async function changed(p: Product, change: (order: Order) => void): Promise<string> {
  const orderNo = await p.placeOrder({ shop_id: shopId })
  await p.card(orderNo)
  const order = storeOf(p.sandbox.kernel).byId.get(orderNo)
  if (order === undefined) throw new Error('the order was just placed')
  changeOrder(p.sandbox.kernel, order, () => change(order))
  return orderNo
}

const parked = async (p: Product) =>
  (await p.messages('渠道数据有一条无法处理')).filter((message) => message.chat_id === p.chat(/运营/))

/** Still works after all that: a new order gets its row and its card. */
async function expectAlive(p: Product): Promise<void> {
  const orderNo = await p.placeOrder({ shop_id: shopId })
  await p.card(orderNo)
  await until('the row of the next order', () => p.row('订单', orderNo))
  await p.settled()
  const fatal = p.log().filter((line) => line.level >= 60)
  expect(fatal).toEqual([])
}

test('whatever a title or a buyer’s word holds, the order has its row and its card', async () => {
  const p = product()
  const orders: { orderNo: string; text: string }[] = []
  for (const { text } of hostileTexts) {
    const orderNo = await changed(p, (order) => {
      order.productName = text
      order.buyerWords = text
      order.authorName = text
    })
    orders.push({ orderNo, text })
  }
  for (const { orderNo, text } of orders) {
    const card = await until(`the card of ${JSON.stringify(text).slice(0, 40)}`, async () => {
      const shown = await p.card(orderNo)
      return shown.versions !== 1 && shown
    })
    expect(JSON.stringify(card.content)).not.toMatch(/<\/?(?:at|a|link|person)\b/)
    expect(textOf(card)).toContain(orderNo)
  }
  await expectAlive(p)
  for (const { orderNo, text } of orders) {
    const row = await p.row('订单', orderNo)
    expect(row?.fields.订单号).toBe(orderNo)
    const cleaned = text.replaceAll('\0', '').toWellFormed().trim()
    if (cleaned !== '') expect(String(row?.fields.商品).trim()).toBe(cleaned.slice(0, 100_000))
  }
})

test.each<[string, (order: Order) => void]>([
  ['a negative amount', (order) => void Object.assign(order, { payAmount: -1, unitPrice: -5 })],
  ['an amount beyond all money', (order) => void Object.assign(order, { payAmount: 999_999_999_999_999 })],
  [
    'nothing to pay',
    (order) => void Object.assign(order, { payAmount: 0, unitPrice: 0, promotionAmount: 0 }),
  ],
  ['a quantity beyond counting', (order) => void Object.assign(order, { quantity: 2_147_483_648 })],
])('%s is shown as it is', async (_what, change) => {
  const p = product()
  const orderNo = await changed(p, change)
  await until('the card follows', async () => (await p.card(orderNo)).versions !== 1)
  await expectAlive(p)
  expect(await p.rows('订单', orderNo)).toHaveLength(1)
})

test.each<[string, (order: Order) => void]>([
  ['a date in the year 9999', (order) => void Object.assign(order, { payTime: 253_402_300_799 })],
  ['a date before there were any', (order) => void Object.assign(order, { payTime: -62_135_596_800 })],
  ['half a fen', (order) => void Object.assign(order, { payAmount: 0.5 })],
  ['no amount at all', (order) => void Object.assign(order, { payAmount: 'NaN' })],
])('%s is kept, told to people with its path, and the others go on', async (_what, change) => {
  const p = product()
  const before = (await parked(p)).length
  const orderNo = await changed(p, change)
  await until('the operators are told', async () => (await parked(p)).length > before)
  await expectAlive(p)
  expect((await p.row('订单', orderNo))?.fields.订单号).toBe(orderNo)
  // The ERP's copy of the order may be told of too, before or after.
  const told = (await parked(p)).map(textOf).join('\n')
  expect(told).toMatch(/pay_time|pay_amount/)
  expect(told).toContain('record_unreadable')
})

test('a refund of more than the order cost is told in the form as it is, and pays nothing by itself', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ shop_id: shopId })
  await until('the order’s row', () => p.row('订单', orderNo))
  await p.post('channels/douyin-shop/refunds', { order_id: orderNo })
  const item = [...storeOf(p.sandbox.kernel).afterSales.values()].findLast(
    (one: AfterSale) => one.orderId === orderNo,
  )
  if (item === undefined) throw new Error('the refund was just asked for')
  changeAfterSale(p.sandbox.kernel, item, () => {
    item.amount = 99_999_999
    item.reason = hostileTexts.map(({ text }) => text.slice(0, 50)).join(' ')
  })
  const form = await until('an approval about the new amount', async () =>
    (await p.instances(item.id)).find(
      (one) => one.status === 'PENDING' && JSON.stringify(one.values).includes('999999.99'),
    ),
  )
  expect(JSON.stringify(form.values)).toContain('所有人')
  expect(await p.executions(item.id)).toEqual([])
  await expectAlive(p)
})

const secretsOf = (p: Product): [string, string][] => {
  const { feishu, shops, systems } = p.config
  const connected = [...shops, ...systems].flatMap(({ config }) =>
    ['appSecret', 'accessToken', 'refreshToken'].map((name) => config[name]),
  )
  const tokens = shopState(p.sandbox.kernel).tokens.flatMap((one) => [one.accessToken, one.refreshToken])
  const own = Buffer.alloc(32, 7).toString('base64')
  const values = [feishu.appSecret, feishu.encryptKey, own, ...tokens, ...connected]
  return values
    .filter((one) => typeof one === 'string' && one !== '')
    .map((one, i) => [`secret ${i}`, String(one)])
}

/** Every text the database holds, table by table. */
async function everyText(url: string): Promise<Map<string, string>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const texts = new Map<string, string>()
  for (const { name } of tables) {
    const { rows } = await client.query<{ text: string }>(
      `select row_to_json(t)::text as text from "${name}" t`,
    )
    const raw =
      name === 'inbox'
        ? await client.query<{ text: string }>(`select encode(raw, 'escape') as text from inbox`)
        : undefined
    texts.set(name, [...rows, ...(raw?.rows ?? [])].map((row) => row.text).join('\n'))
  }
  await client.end()
  return texts
}

test('after all that no secret is in the database, the log, the metrics, a card, a row or an answer', async () => {
  const p = product()
  const places = await everyText(p.databaseUrl)
  places.set(
    'log',
    p
      .log()
      .map((line) => JSON.stringify(line))
      .join('\n'),
  )
  for (const path of ['/metrics', '/readyz', '/healthz', '/nowhere'])
    places.set(path, (await p.ask(path)).text)
  places.set('cards', JSON.stringify(await p.messages()))
  for (const table of ['订单', '退款单', '财务流水', '店铺', '人员'])
    places.set(table, JSON.stringify(await p.rows(table)))
  expect(places.size).toBeGreaterThan(20)
  for (const [what, value] of secretsOf(p)) {
    for (const [place, text] of places) expect(text.includes(value), `${what} in ${place}`).toBe(false)
  }
  const orders = [...storeOf(p.sandbox.kernel).byId.values()]
  const kept = orders.flatMap(({ buyer, certificates }) => [buyer.tel, ...certificates.map(({ no }) => no)])
  for (const [place, text] of places) {
    expect(/#[trd]#\d+#/.test(text), `sealed receiver in ${place}`).toBe(false)
    expect(
      kept.filter((one) => !one.includes('*') && one.length > 8 && text.includes(one)),
      `numbers of people in ${place}`,
    ).toEqual([])
  }
})

beforeAll(() => product().settled())
