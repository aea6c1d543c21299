/** A working day in the browser with the whole product: claim, approve on a phone, rename a column, live through a storm. */
import { describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../support/browser.ts'
import { textOf } from '../support/card-text.ts'
import { type Product, useProduct } from '../support/product.ts'
import { until } from '../support/until.ts'

/** Every order has exactly one row and one card of its own. */
async function expectOnce(p: Product, orders: readonly string[]): Promise<void> {
  const rows = await p.rows('订单')
  const cards = (await p.messages()).map(textOf)
  for (const orderNo of orders) {
    expect(rows.filter((row) => row.fields.订单号 === orderNo)).toHaveLength(1)
    expect(cards.filter((text) => text.includes(orderNo) && text.includes('买家'))).toHaveLength(1)
  }
}

async function allThere(p: Product, orders: readonly string[]): Promise<void> {
  for (const orderNo of orders) {
    await until(`the row of ${orderNo}`, () => p.row('订单', orderNo), 120_000)
    await until(`the card of ${orderNo}`, async () => (await p.messages(orderNo))[0], 120_000)
  }
  await p.settled()
  await expectOnce(p, orders)
}

describe.skipIf(browserPath === undefined)('a working day in the browser', () => {
  const product = useProduct()
  const browser = useBrowser()

  it('an order is claimed from the group, its page opened, and the second person told who was first', async () => {
    const p = product()
    const orderNo = await p.placeOrder({ shop_id: '48213377' })
    await p.card(orderNo)
    const chat = p.chat(/海岛假期旗舰店/)
    const first = await browser.open(`${p.sandboxUrl}/messenger/${chat}`, { person: p.person('林小夏') })
    const second = await browser.open(`${p.sandboxUrl}/messenger/${chat}`, { person: p.person('周宁') })
    const cardOf = ({ page }: typeof first) => page.locator('[data-card]').filter({ hasText: orderNo })
    await cardOf(second).getByRole('button', { name: '认领' }).waitFor()

    await cardOf(first).getByRole('button', { name: '认领' }).click()
    await cardOf(first).getByText('已认领').waitFor()
    await cardOf(second).getByText('已认领').waitFor()
    await expect.poll(() => cardOf(second).textContent()).toContain('林小夏')
    expect(await cardOf(second).getByRole('button', { name: '认领' }).count()).toBe(0)

    const opened = first.page.context().waitForEvent('page')
    await cardOf(first).getByText('查看订单').click()
    const order = await opened
    await order.getByText(orderNo, { exact: true }).waitFor()
    expect(new URL(order.url()).pathname).toBe(`/shops/orders/${orderNo}`)

    const row = await until('the claim in the table', async () => {
      const found = await p.row('订单', orderNo)
      return found?.fields.跟进状态 === '已认领' && found
    })
    expect(row.fields.跟进人).toMatchObject([{ id: p.person('林小夏') }])
    expect([...first.complaints, ...second.complaints]).toEqual([])
  })

  it('a refund is approved on a phone, and ERP, row and card follow', async () => {
    const p = product()
    const orderNo = await p.placeOrder({ kind: 'voucher' })
    const { outer_as_id: refundNo } = await p.post('erp/jushuitan/refunds', {
      order_id: orderNo,
      amount: 900,
    })
    const instance = await until('the approval', async () => (await p.instances(refundNo))[0])
    const { page, complaints } = await browser.open(`${p.sandboxUrl}/approval`, {
      phone: true,
      person: p.person('王岚'),
    })
    await page.locator(`[data-instance="${instance.instance_code}"]`).click()
    await page.getByRole('region', { name: '审批详情' }).getByText(refundNo).first().waitFor()
    await page.getByRole('button', { name: '同意' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
    await until('the refund is booked', () => p.row('财务流水', refundNo), 90_000)
    await page.goto(`${p.sandboxUrl}/erp/refunds`)
    await page.locator(`[data-refund="${refundNo}"]`).getByText('已打款').waitFor()
    await page.goto(`${p.sandboxUrl}/erp/ledger`)
    await page.getByText(refundNo).waitFor()
    await page.goto(`${p.sandboxUrl}/messenger/${p.chat(/退款/)}`)
    const card = page.locator('[data-card]').filter({ hasText: refundNo })
    await expect.poll(() => card.textContent(), { timeout: 60_000 }).toContain('王岚')
    expect(await p.executions(refundNo)).toMatchObject([{ amount: 900, times: 1 }])
    await until('the row', async () => (await p.row('退款单', refundNo)) !== undefined)
    expect(complaints).toEqual([])
  })

  it('a column is renamed by hand while orders flow, and none is lost', async () => {
    const p = product()
    const [base] = (await p.get('state')).bases
    const table = base.tables.find((one: { name: string }) => one.name === '订单')
    const { page, complaints } = await browser.open(
      `${p.sandboxUrl}/base/${base.app_token}?table=${table.table_id}`,
      { person: p.person('何志远') },
    )
    const header = (name: string) => page.getByRole('columnheader', { name, exact: true })
    const before = await p.placeOrders({ count: 2 })
    await header('状态').hover()
    await page.getByRole('button', { name: '状态 的列菜单', exact: true }).click()
    await page.getByRole('menuitem', { name: '修改字段' }).click()
    const during = await p.placeOrders({ count: 3 })
    await page.getByLabel('字段名称').fill('走到哪一步')
    await page.getByRole('button', { name: '确定' }).click()
    await header('走到哪一步').waitFor()
    const after = await p.placeOrders({ count: 2 })
    const orders = [...before, ...during, ...after]
    await allThere(p, orders)
    for (const orderNo of orders)
      expect((await p.row('订单', orderNo))?.fields.走到哪一步).toEqual(expect.any(String))
    expect(complaints).toEqual([])
  })

  it('a storm of 429 from the fault panel is waited out, and the inspector shows both', async () => {
    const p = product()
    const { page, complaints } = await browser.open(`${p.sandboxUrl}/workbench/faults`)
    await page.getByRole('button', { name: /429 风暴/ }).click()
    const orders = await p.placeOrders({ count: 6 })
    await page.getByRole('tab', { name: '流量' }).click()
    await page.getByLabel('结果').selectOption({ label: '故障造成' })
    await page.getByRole('list', { name: '流量' }).getByText('429').first().waitFor()
    await page.getByRole('tab', { name: /故障/ }).click()
    await page.getByRole('button', { name: '全部移除' }).click()
    await page.getByText('一切正常').waitFor()
    await allThere(p, orders)
    await page.goto(`${p.sandboxUrl}/workbench/traffic`)
    await page.getByLabel('结果').selectOption({ label: '成功' })
    await page
      .getByRole('list', { name: '流量' })
      .getByText(/records\/batch_/)
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  })
})
