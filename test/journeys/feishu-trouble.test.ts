/** Bad luck on Feishu's side: refusals, revoked tokens, answers lost after the effect, a whole outage. Nothing is lost, nothing twice. */
import { afterEach, beforeAll, expect, test } from 'vitest'
import { textOf } from '../support/card-text.ts'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

const product = useProduct()
afterEach(() => product().clearFaults())

const routes = {
  message: 'POST /open-apis/im/v1/messages',
  patch: 'PATCH /open-apis/im/v1/messages/:message_id',
  create: 'POST /open-apis/bitable/v1/apps/:app_token/tables/:table_id/records/batch_create',
  update: 'POST /open-apis/bitable/v1/apps/:app_token/tables/:table_id/records/batch_update',
  instance: 'POST /open-apis/approval/v4/instances',
} as const

/** Places orders, claims one, asks a refund and has it approved; afterwards everything must be there exactly once. */
async function live(p: Product): Promise<void> {
  const orders = await p.placeOrders({ count: 3, shop_id: '48213377' })
  const [claimed = '', refunded = ''] = orders
  const card = await p.card(claimed)
  await p.press(card, '林小夏', '认领')
  const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', { order_id: refunded, amount: 700 })
  const instance = await until('the approval', async () => (await p.instances(refundNo))[0], 90_000)
  await p.post(`approvals/${instance.instance_code}/approve`, { open_id: p.person('王岚') })
  await until('the refund is booked', () => p.row('财务流水', refundNo), 90_000)
  await until(
    'the claim is shown',
    async () => textOf(await p.card(claimed)).includes('林小夏 已认领'),
    90_000,
  )
  await p.settled()
  await expectOnce(p, orders)
  await expectRefundOnce(p, refundNo)
}

async function expectOnce(p: Product, orders: readonly string[]): Promise<void> {
  const messages = await p.messages()
  for (const orderNo of orders) {
    expect(await p.rows('订单', `"订单号":"${orderNo}"`)).toHaveLength(1)
    const cards = messages.filter((one) => textOf(one).includes(orderNo) && textOf(one).includes('买家'))
    expect(cards, `cards of ${orderNo}`).toHaveLength(1)
  }
}

async function expectRefundOnce(p: Product, refundNo: string): Promise<void> {
  expect(await p.instances(refundNo)).toHaveLength(1)
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ times: 1 })])
  expect(await p.rows('财务流水', refundNo)).toHaveLength(1)
  expect(await p.rows('退款单', refundNo)).toHaveLength(1)
  expect((await p.messages(refundNo)).filter((one) => one.chat_id === p.chat(/退款/))).toHaveLength(1)
}

beforeAll(() => product().clearFaults())

test('answers that are lost after the effect: every card, row, approval and payment exists once', async () => {
  const p = product()
  for (const route of Object.values(routes)) await p.fault({ kind: 'reset_after_apply', route, times: 1 })
  await p.fault({
    kind: 'reset_after_apply',
    route: '/jushuitan/open/webapi/aftersaleapi/open/confirm',
    times: 1,
  })
  await live(p)
  const { faults } = await p.get('faults')
  expect(faults).toEqual([])
})

test('answers that are cut short or no JSON count as unknown, not as failed', async () => {
  const p = product()
  for (const route of [routes.message, routes.create, routes.instance]) {
    await p.fault({ kind: 'truncated', route, times: 1 })
    await p.fault({ kind: 'invalid_json', route, times: 1 })
  }
  await live(p)
})

test('429 with its reset header, 5xx, write conflicts and a revoked token are waited out', async () => {
  const p = product()
  await p.fault({ kind: 'http_429', route: routes.message, ms: 1_000, times: 2 })
  await p.fault({ kind: 'http_400_99991400', route: routes.instance, ms: 1_000, times: 1 })
  await p.fault({ kind: '1254290', route: routes.create, times: 1 })
  await p.fault({ kind: '1254291', route: routes.create, times: 1 })
  await p.fault({ kind: '5xx', family: 'feishu', times: 3 })
  await p.fault({ kind: 'token_revoked', times: 1 })
  await live(p)
})

test('connections that die before anything is applied are tried again', async () => {
  const p = product()
  for (const route of Object.values(routes)) await p.fault({ kind: 'reset_before', route, times: 1 })
  await live(p)
})

test('Feishu is down: orders and refunds are taken in, a shop’s burst waits, and all of it arrives once', async () => {
  const p = product()
  await p.fault({ kind: '5xx', family: 'feishu' })
  const orders = await p.placeOrders({ count: 4, shop_id: '48213395' })
  const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', {
    order_id: orders[0],
    amount: 300,
  })
  for (const orderNo of orders.slice(1)) await p.step(orderNo, 'booked')
  await until('all of it is kept', async () => {
    const { text } = await p.ask('/metrics')
    const waiting = (name: string) => Number(new RegExp(`huiliu_backlog_${name} (\\d+)`).exec(text)?.[1])
    return waiting('cards_behind') >= 5 && waiting('rows_behind') >= 5 && waiting('cases_wanted') >= 1
  })
  expect((await p.ask('/healthz')).status).toBe(200)
  await p.clearFaults()
  // Tries are spaced out by then; time passes for both sides.
  await p.advance(120_000)
  const instance = await until('the approval', async () => (await p.instances(refundNo))[0], 90_000)
  await until(
    'every card',
    async () => {
      const messages = (await p.messages()).map(textOf)
      return orders.every((orderNo) =>
        messages.some((text) => text.includes(orderNo) && text.includes('买家')),
      )
    },
    90_000,
  )
  await p.post(`approvals/${instance.instance_code}/approve`, { open_id: p.person('王岚') })
  await until('the refund is booked', () => p.row('财务流水', refundNo), 90_000)
  await p.settled()
  await expectOnce(p, orders)
  await expectRefundOnce(p, refundNo)
  for (const orderNo of orders.slice(1)) expect(textOf(await p.card(orderNo))).toContain('已预约')
})

test('a stop in the middle of everything: the next start completes it, nothing twice', async () => {
  const p = product()
  await p.fault({ kind: 'reset_after_apply', family: 'feishu', times: 3 })
  const orders = await p.placeOrders({ count: 4, shop_id: '48213377' })
  const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', {
    order_id: orders[0],
    amount: 300,
  })
  await p.restart()
  const instance = await until('the approval', async () => (await p.instances(refundNo))[0], 90_000)
  await p.post(`approvals/${instance.instance_code}/approve`, { open_id: p.person('王岚') })
  await until('the refund is booked', () => p.row('财务流水', refundNo), 90_000)
  await p.settled()
  await expectOnce(p, orders)
  await expectRefundOnce(p, refundNo)
})
