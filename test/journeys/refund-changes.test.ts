/** Step 4 when things move while people decide: another amount, a withdrawal, a cancelled approval, a person who pays. */
import { expect, test } from 'vitest'
import { callShop, tokenOfShop } from '../sandbox/world-sandbox.ts'
import { buttonsOf, textOf } from '../support/card-text.ts'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

/** 环球旅行优选 pays by hand; the others through the ERP. */
const product = useProduct({
  configure: (config) => ({
    ...config,
    shops: config.shops.map((shop) =>
      shop.id === 'demo-48213395' ? { ...shop, payer: 'person' as const } : shop,
    ),
  }),
})

async function asked(p: Product, wish: { amount: number; shop_id?: string }) {
  const orderNo = await p.placeOrder({ shop_id: wish.shop_id ?? '48213377' })
  await until('the order’s row', () => p.row('订单', orderNo))
  const { aftersale_id: refundNo } = await p.post('channels/douyin-shop/refunds', {
    order_id: orderNo,
    amount: wish.amount,
    type: 2,
  })
  return { orderNo, refundNo: refundNo as string, instance: await pending(p, refundNo) }
}

const pending = (p: Product, refundNo: string, not?: string) =>
  until('an approval to decide about', async () =>
    (await p.instances(refundNo)).find((one) => one.status === 'PENDING' && one.instance_code !== not),
  )
const statusOf = async (p: Product, code: string) =>
  (await p.instances()).find((one) => one.instance_code === code)?.status
const row = (p: Product, refundNo: string, status: string) =>
  until(`the refund’s row says ${status}`, async () => {
    const found = await p.row('退款单', refundNo)
    return found?.fields.状态 === status && found
  })
/** What the shop's staff do on the platform itself. */
async function payInBackOffice(p: Product, shopId: string, refundNo: string, type = 201): Promise<void> {
  const world = { state: p.world } as Parameters<typeof callShop>[0]
  const token = await tokenOfShop(world, shopId)
  const answer = await callShop(
    world,
    '/afterSale/operate',
    { type, items: [{ aftersale_id: refundNo }] },
    { token },
  )
  if (answer.code !== 10_000) throw new Error(answer.raw)
}

const approve = (p: Product, code: string) =>
  p.post(`approvals/${code}/approve`, { open_id: p.person('王岚') })

test('another amount: the old approval is cancelled, a new one carries the new amount and alone decides', async () => {
  const p = product()
  const { refundNo, instance: old } = await asked(p, { amount: 20_000 })
  await p.post(`channels/douyin-shop/refunds/${refundNo}/amount`, { amount: 15_000 })
  const fresh = await pending(p, refundNo, old.instance_code)
  expect(fresh.values.退款金额).toBe(150)
  await until('the old one is cancelled', async () => (await statusOf(p, old.instance_code)) === 'CANCELED')
  await until('the row names the new one', async () => {
    const found = await p.row('退款单', refundNo)
    return found?.fields.审批实例 === fresh.instance_code && found.fields.退款金额 === 150
  })
  await expect(approve(p, old.instance_code)).rejects.toThrow()
  await approve(p, fresh.instance_code)
  await row(p, refundNo, '已退款')
  await p.settled()
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ amount: 15_000, times: 1 })])
  expect(await p.rows('财务流水', refundNo)).toHaveLength(1)
})

test('the amount changes in the very moment of the approval: the decision about the old amount moves no money', async () => {
  const p = product()
  const { refundNo, instance: old } = await asked(p, { amount: 20_000 })
  // The cancellation is held up, so that people can still decide about the old amount.
  await p.fault({ kind: '5xx', route: '/open-apis/approval/v4/instances/cancel' })
  await p.post(`channels/douyin-shop/refunds/${refundNo}/amount`, { amount: 9_900 })
  const fresh = await pending(p, refundNo, old.instance_code)
  await approve(p, old.instance_code)
  await p.clearFaults()
  await until('the decision was seen and let go', () =>
    p
      .log()
      .some((line) => /decision about a replaced approval/.test(line.msg) && line.decision === 'approved'),
  )
  await p.settled()
  expect(await p.executions(refundNo)).toEqual([])
  expect((await p.row('退款单', refundNo))?.fields.状态).toBe('审批中')
  await approve(p, fresh.instance_code)
  await row(p, refundNo, '已退款')
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ amount: 9_900, times: 1 })])
})

test('the ERP’s amount changes too: cancelled and opened anew', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ shop_id: '48213377' })
  await until('the order’s row', () => p.row('订单', orderNo))
  const made = await p.post('erp/jushuitan/refunds', { order_id: orderNo, amount: 3000, creator: '陈果' })
  const old = await pending(p, made.outer_as_id)
  await p.post(`erp/jushuitan/refunds/${made.as_id}/amount`, { amount: 2000 })
  const fresh = await pending(p, made.outer_as_id, old.instance_code)
  expect(fresh).toMatchObject({ open_id: p.person('陈果'), values: { 退款金额: 20 } })
  await until('the old one is cancelled', async () => (await statusOf(p, old.instance_code)) === 'CANCELED')
})

test('a buyer who withdraws, and an ERP that cancels: the approval goes away and nobody pays', async () => {
  const p = product()
  const { refundNo, instance } = await asked(p, { amount: 1000 })
  await p.post(`channels/douyin-shop/refunds/${refundNo}/withdraw`)
  await row(p, refundNo, '已撤回')
  await until(
    'the approval is cancelled',
    async () => (await statusOf(p, instance.instance_code)) === 'CANCELED',
  )

  const orderNo = await p.placeOrder({ shop_id: '48213377' })
  await until('the order’s row', () => p.row('订单', orderNo))
  const made = await p.post('erp/jushuitan/refunds', { order_id: orderNo, amount: 3000 })
  const inErp = await pending(p, made.outer_as_id)
  await p.post(`erp/jushuitan/refunds/${made.as_id}/cancel`)
  await row(p, made.outer_as_id, '已撤回')
  await until(
    'the approval is cancelled',
    async () => (await statusOf(p, inErp.instance_code)) === 'CANCELED',
  )
  await p.settled()
  for (const no of [refundNo, made.outer_as_id]) expect(await p.executions(no)).toEqual([])
})

test('an approval that its applicant cancels leaves the refund to people, and the operators hear of it', async () => {
  const p = product()
  const { refundNo, instance } = await asked(p, { amount: 1000 })
  await p.post(`approvals/${instance.instance_code}/cancel`, { open_id: instance.open_id })
  await row(p, refundNo, '需人工')
  const told = await until('the operators are told', async () =>
    (await p.messages(refundNo)).find((one) => one.chat_id === p.chat(/运营/)),
  )
  expect(textOf(told)).toContain('退款审批被撤销')
  expect(await p.executions(refundNo)).toEqual([])
})

test('where a person pays: nothing is executed by us; the button makes us ask until the platform confirms', async () => {
  const p = product()
  const { refundNo, instance } = await asked(p, { amount: 4200, shop_id: '48213395' })
  await approve(p, instance.instance_code)
  const agreed = await row(p, refundNo, '已同意')
  expect(agreed.fields.执行方).toBe('人工')
  const card = await until('the button', async () => {
    const now = await p.card(refundNo)
    return buttonsOf(now).includes('我已在后台退款') && now
  })
  const refusal = await p.press(card, '陈果', '我已在后台退款')
  expect(refusal.answer.toast).toMatchObject({ type: 'error', content: expect.stringContaining('财务') })

  const early = await p.press(card, '赵敏', '我已在后台退款')
  expect(early.answer.toast).toMatchObject({ type: 'info', content: expect.stringContaining('核对') })
  await p.settled()
  expect((await p.row('退款单', refundNo))?.fields.状态).toBe('已同意')
  expect(await p.executions(refundNo)).toEqual([])
  expect(await p.rows('财务流水', refundNo)).toEqual([])

  await payInBackOffice(p, '48213395', refundNo)
  await p.press(card, '赵敏', '我已在后台退款')
  await row(p, refundNo, '已退款')
  await until('it is booked', () => p.row('财务流水', refundNo))
  await p.settled()
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ times: 1, amount: 4200 })])
  expect(await p.rows('财务流水', refundNo)).toHaveLength(1)
  expect(buttonsOf(await p.card(refundNo))).not.toContain('我已在后台退款')
})

test('a return: the platform is told yes, 已退款 waits until the goods are back and the money has left', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ shop_id: '48213462' })
  await p.step(orderNo, 'shipped')
  await until('it is shipped', async () => (await p.row('订单', orderNo))?.fields.状态 === '已发货')
  const { aftersale_id: refundNo } = await p.post('channels/douyin-shop/refunds', {
    order_id: orderNo,
    type: 0,
  })
  const instance = await pending(p, refundNo)
  expect(instance.values.退款类型).toBe('退货退款')
  await approve(p, instance.instance_code)
  await row(p, refundNo, '已同意')
  await until('the platform waits for the goods', async () => {
    const { platformRefunds } = await p.get('effects?only=platformRefunds')
    return platformRefunds.some(
      (one: { refund_no: string; status: number }) => one.refund_no === refundNo && one.status === 7,
    )
  })
  expect(await p.executions(refundNo)).toEqual([])
  await p.post(`channels/douyin-shop/refunds/${refundNo}/return`)
  await payInBackOffice(p, '48213462', refundNo, 111)
  await row(p, refundNo, '已退款')
  await until('it is booked', () => p.row('财务流水', refundNo))
  expect(await p.instances(refundNo)).toHaveLength(1)
  expect(await p.executions(refundNo)).toEqual([expect.objectContaining({ times: 1 })])
})

test('a return that is refused by the supervisor, which the platform has no call for, goes to a person', async () => {
  const p = product()
  const orderNo = await p.placeOrder({ shop_id: '48213462' })
  await p.step(orderNo, 'shipped')
  const { aftersale_id: refundNo } = await p.post('channels/douyin-shop/refunds', {
    order_id: orderNo,
    type: 0,
  })
  const instance = await pending(p, refundNo)
  await p.post(`approvals/${instance.instance_code}/reject`, { open_id: p.person('王岚') })
  await row(p, refundNo, '需人工')
  await until('the operators are told', async () =>
    (await p.messages(refundNo)).some((one) => one.chat_id === p.chat(/运营/)),
  )
  expect(await p.executions(refundNo)).toEqual([])
})
