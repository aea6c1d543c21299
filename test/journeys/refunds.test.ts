/** Step 4: a refund is asked for, decided in Feishu Approval, executed by one payer, written back and booked once. */
import { describe, expect, test } from 'vitest'
import { buttonsOf, textOf } from '../support/card-text.ts'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

const shopName = '海岛假期旗舰店'

async function order(p: Product): Promise<{ orderNo: string; paid: number }> {
  const orderNo = await p.placeOrder({ shop_id: '48213377' })
  const row = await until('the order’s row', () => p.row('订单', orderNo))
  return { orderNo, paid: row.fields.实付金额 }
}

const approval = (p: Product, refundNo: string) =>
  until('an approval to decide about', async () =>
    (await p.instances(refundNo)).find((one) => one.status === 'PENDING'),
  )

const refundRow = (p: Product, refundNo: string, status: string) =>
  until(`the refund’s row says ${status}`, async () => {
    const row = await p.row('退款单', refundNo)
    return row?.fields.状态 === status && row
  })

/** What the card’s title said, one after the other. */
async function statesOf(p: Product, refundNo: string): Promise<string[]> {
  const { message_id } = await p.card(refundNo)
  const { versions, card } = await p.get(`messages/${message_id}`)
  const titles = (versions as { content?: string }[]).map(({ content }) =>
    content === undefined ? card.header.title.content : JSON.parse(content).header.title.content,
  )
  return titles.map((title: string) => title.split(' · ')[1] ?? '')
}

async function decide(p: Product, code: string, how: 'approve' | 'reject'): Promise<void> {
  await p.post(`approvals/${code}/${how}`, { open_id: p.person('王岚'), comment: '已核对' })
}

async function expectPaidOnce(p: Product, refundNo: string, by: string, fen: number): Promise<void> {
  await p.settled()
  expect(await p.executions(refundNo)).toEqual([
    expect.objectContaining({ system: by, times: 1, amount: fen }),
  ])
  const ledger = await p.rows('财务流水', refundNo)
  expect(ledger.map((row) => row.fields)).toEqual([
    expect.objectContaining({ 类型: '退款', 店铺: shopName, 金额: -fen / 100 }),
  ])
  expect(await p.messages(refundNo)).toHaveLength(1)
  const live = (await p.instances(refundNo)).filter(
    (one) => one.status === 'PENDING' || one.status === 'APPROVED',
  )
  expect(live).toHaveLength(1)
}

describe.each(['long-connection', 'webhook'] as const)('refunds over the %s', (transport) => {
  const product = useProduct({ transport })

  test('one that starts in the ERP: its operator applies, the ERP pays once, everything says so', async () => {
    const p = product()
    const { orderNo, paid } = await order(p)
    const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', {
      order_id: orderNo,
      amount: 5000,
      reason: '行程有变，去不了了',
      creator: '周宁',
    })
    const instance = await approval(p, refundNo)
    expect(instance.open_id).toBe(p.person('周宁'))
    expect(instance.values).toMatchObject({
      退款单号: refundNo,
      订单号: orderNo,
      店铺: shopName,
      商品: expect.stringContaining('×'),
      买家: expect.stringMatching(/\*/),
      订单金额: paid,
      退款金额: 50,
      退款原因: '行程有变，去不了了',
      退款类型: '仅退款',
      券状态: expect.stringMatching(/^\d+ 张：待使用/),
      来源: '聚水潭',
      历史退款: '本单无其他退款',
    })
    await refundRow(p, refundNo, '审批中')
    expect((await p.card(refundNo)).chat_id).toBe(p.chat(/退款/))

    await decide(p, instance.instance_code, 'approve')
    const row = await refundRow(p, refundNo, '已退款')
    expect(row.fields).toMatchObject({
      执行方: 'ERP',
      审批结果: '同意',
      审批人: [{ id: p.person('王岚') }],
      回写ERP: '已回写',
      审批实例: instance.instance_code,
      退款金额: 50,
    })
    await expectPaidOnce(p, refundNo, 'jushuitan', 5000)
    const { erpRefunds } = await p.get('effects?only=erpRefunds')
    expect(erpRefunds).toContainEqual(
      expect.objectContaining({ refund_no: refundNo, status: 'Confirmed', shop_status: 'SUCCESS' }),
    )
    const text = textOf(await p.card(refundNo))
    for (const tick of ['主管审批　同意 · 王岚', '执行退款（ERP）　对方已确认', '回写 ERP', '财务流水'])
      expect(text).toContain(`✅ ${tick}`)
  })

  test('one that starts on the platform: the platform pays once, and 已退款 waits for its word', async () => {
    const p = product()
    const { orderNo, paid } = await order(p)
    const asked = await p.post('channels/douyin-shop/refunds', { order_id: orderNo, reason: '不想要了' })
    const refundNo = asked.aftersale_id
    const instance = await approval(p, refundNo)
    expect(instance.open_id).toBe(p.config.feishu.defaultApplicant)
    expect(instance.values).toMatchObject({ 来源: '抖店', 退款金额: paid, 平台截止: expect.any(String) })

    await decide(p, instance.instance_code, 'approve')
    const row = await refundRow(p, refundNo, '已退款')
    expect(row.fields).toMatchObject({ 执行方: '渠道', 实退金额: paid, 审批结果: '同意' })
    await expectPaidOnce(p, refundNo, 'douyin-shop', Math.round(paid * 100))
    const states = await statesOf(p, refundNo)
    expect(states.slice(0, states.indexOf('已退款'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/已同意|退款中/)]),
    )
    expect(states.filter((state) => state === '已退款')).toHaveLength(
      states.length - states.indexOf('已退款'),
    )
    await until(
      'the order’s row follows',
      async () => (await p.row('订单', orderNo))?.fields.状态 === '已退款',
    )
    await until('the order’s card follows', async () => {
      const card = (await p.messages(orderNo)).find((one) => textOf(one).includes('下单时间'))
      return card !== undefined && textOf(card).includes('已退款') && buttonsOf(card).join() === '查看订单'
    })
  })

  test('a rejection reaches the ERP, and no money moves', async () => {
    const p = product()
    const { orderNo } = await order(p)
    const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', {
      order_id: orderNo,
      amount: 100,
      creator: '外包客服',
    })
    const instance = await approval(p, refundNo)
    expect(instance.open_id).toBe(p.config.feishu.defaultApplicant)
    await decide(p, instance.instance_code, 'reject')
    const row = await refundRow(p, refundNo, '已拒绝')
    expect(row.fields.审批结果).toBe('拒绝')
    await until('the ERP knows', async () => {
      const { erpRefunds } = await p.get('effects?only=erpRefunds')
      return erpRefunds.some(
        (one: { refund_no: string; shop_status: string }) =>
          one.refund_no === refundNo && one.shop_status === 'SELLER_REFUSE_BUYER',
      )
    })
    await p.settled()
    expect(await p.executions(refundNo)).toEqual([])
    expect(await p.rows('财务流水', refundNo)).toEqual([])
    await until('the card says so', async () => textOf(await p.card(refundNo)).includes('➖ 执行退款'))
  })

  test('a rejection is carried out on the platform, and no money moves', async () => {
    const p = product()
    const { orderNo } = await order(p)
    const { aftersale_id: refundNo } = await p.post('channels/douyin-shop/refunds', { order_id: orderNo })
    await decide(p, (await approval(p, refundNo)).instance_code, 'reject')
    await refundRow(p, refundNo, '已拒绝')
    await until('the platform knows', async () => {
      const { platformRefunds } = await p.get('effects?only=platformRefunds')
      return platformRefunds.some(
        (one: { refund_no: string; status: number }) => one.refund_no === refundNo && one.status === 27,
      )
    })
    await p.settled()
    expect(await p.executions(refundNo)).toEqual([])
    expect(await p.rows('财务流水', refundNo)).toEqual([])
  })
})
