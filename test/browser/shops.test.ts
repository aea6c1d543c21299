import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { browserPath, useBrowser } from '../support/browser.ts'

const hostile = '<img src=x onerror="document.title=1">'

describe.skipIf(browserPath === undefined)('the shops’ back office in the browser', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null, settings: { ordersPerMinute: 0 } })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  const control = async (path: string, body: unknown) => {
    const answer = await fetch(`${url}/_control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.json()
  }

  it('lets one order as a customer, with words that stay words, and shows the order’s page', async () => {
    const { page, complaints } = await browser.open(`${url}/shops`)
    const shop = page.getByRole('region', { name: '进口好物' })
    await shop.getByRole('button', { name: '以买家身份下单' }).click()
    const dialog = page.getByRole('dialog', { name: '在「进口好物」下单' })
    await dialog.getByRole('radio', { name: /泰国原装乳胶枕/ }).check()
    await dialog.getByLabel('数量').fill('2')
    await dialog.getByLabel('买家留言').fill(hostile)
    await dialog.getByText('¥798.00').waitFor()
    await dialog.getByRole('button', { name: '下单并付款' }).click()
    await page.getByRole('heading', { name: '泰国原装乳胶枕' }).waitFor()
    await page.getByText(hostile).waitFor()
    expect(await page.title()).not.toBe('1')
    await page.getByRole('button', { name: '发货', exact: true }).click()
    await page.getByText('已发货', { exact: true }).waitFor()
    await page.getByRole('button', { name: '确认收货' }).click()
    await page.getByText('已完成', { exact: true }).waitFor()
    expect(complaints).toEqual([])
  })

  it('asks for a refund, never above what was paid, and withdraws it', async () => {
    const made = (await control('channels/douyin-shop/orders', { kind: 'voucher' })) as {
      order_ids: string[]
    }
    const { page, complaints } = await browser.open(`${url}/shops/orders/${made.order_ids[0]}`)
    await page.getByRole('button', { name: '申请退款' }).click()
    const dialog = page.getByRole('dialog', { name: '申请退款' })
    await dialog.getByLabel(/退款金额/).fill('99999999')
    await dialog.getByText(/须在 0.01 到/).waitFor()
    expect(await dialog.getByRole('button', { name: '提交申请' }).isDisabled()).toBe(true)
    await dialog.getByLabel(/退款金额/).fill('12.34')
    await dialog.getByLabel('退款原因').fill(hostile)
    await dialog.getByRole('button', { name: '提交申请' }).click()
    const cases = page.getByRole('region', { name: '售后' })
    await cases.getByText('待商家同意').waitFor()
    await cases.getByText('¥12.34').waitFor()
    await cases.getByRole('button', { name: '买家撤销申请' }).click()
    await cases.getByText('已撤销').waitFor()
    await page.getByRole('button', { name: '申请退款' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('finds orders by state and words, under an address that can be shared', async () => {
    const { page } = await browser.open(`${url}/shops/all`)
    await page.getByRole('tab', { name: /已关闭/ }).click()
    await expect.poll(() => page.url()).toContain('tab=closed')
    await page.getByRole('searchbox', { name: '搜索订单' }).fill('没有这样的订单')
    await page.getByRole('searchbox', { name: '搜索订单' }).press('Enter')
    await page.getByText('没有订单').waitFor()
    await page.reload()
    await page.getByText('没有订单').waitFor()
    expect(await page.getByRole('tab', { name: /已关闭/ }).getAttribute('aria-selected')).toBe('true')
  })

  it('shows an order that comes in elsewhere without being asked again', async () => {
    const { page } = await browser.open(`${url}/shops/48213462`)
    const list = page.getByRole('region', { name: '订单列表' })
    await list.getByRole('link').first().waitFor()
    const { order_ids } = (await control('channels/douyin-shop/orders', { shop_id: '48213462' })) as {
      order_ids: string[]
    }
    await list.getByText(order_ids[0] ?? '').waitFor()
  })

  it('starts a refund in the ERP under one’s own name, and shows the pushes with their signature', async () => {
    await control('settings', { pushUrls: { 'douyin-shop': 'http://127.0.0.1:1/push' } })
    await control('channels/douyin-shop/orders', { kind: 'voucher' })
    await sandbox.kernel.clock.advance(5_000)
    const { page, complaints } = await browser.open(`${url}/erp`)
    await page.getByRole('button', { name: '发起退款' }).first().click()
    const dialog = page.getByRole('dialog', { name: '发起退款' })
    await dialog.getByText('登记人 林小夏').waitFor()
    await dialog.getByLabel(/退款金额/).fill('10')
    await dialog.getByRole('button', { name: '发起', exact: true }).click()
    const refunds = page.getByRole('region', { name: '退款单' })
    await refunds.getByText('¥10.00').waitFor()
    await refunds.getByText('待确认').waitFor()
    await page.getByRole('link', { name: '消息推送' }).click()
    const record = page.getByRole('region', { name: '推送记录' })
    await record.getByText('订单创建、订单支付').first().click()
    await record
      .getByText(/event-sign: [0-9a-f]{32}/)
      .first()
      .waitFor()
    await record.getByLabel('未确认').first().waitFor()
    expect(complaints).toEqual([])
  })

  it('says so when there is no such order or shop', async () => {
    for (const path of ['/shops/orders/1', '/shops/1']) {
      const { page } = await browser.open(`${url}${path}`)
      await page.getByText('打不开').waitFor()
    }
  })

  it.each([
    '/shops',
    '/shops/all',
    '/shops/after-sales',
    '/shops/pushes',
    '/erp',
    '/erp/refunds',
    '/erp/ledger',
  ])('fits a phone: %s', async (path) => {
    const { page, complaints } = await browser.open(`${url}${path}`, { phone: true })
    await page.getByRole('heading', { level: 1 }).waitFor()
    const { wide, narrow } = (await page.evaluate(
      "({ wide: document.querySelector('main').scrollWidth, narrow: document.querySelector('main').clientWidth })",
    )) as { wide: number; narrow: number }
    expect(wide).toBeLessThanOrEqual(narrow)
    expect(complaints).toEqual([])
  })
})
