/** The three-minute story with the whole product: done for one from first visit to the end, and by hand. */
import { describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../support/browser.ts'
import { useProduct } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('the three-minute story', () => {
  const product = useProduct()
  const browser = useBrowser()

  it('is told to its end by 替我做, and everything it says has happened', async () => {
    const p = product()
    const { page, complaints } = await browser.open(p.sandboxUrl, { seen: false })
    const doIt = page.getByRole('button', { name: '替我做' })
    const next = page.getByRole('button', { name: '下一步' })

    await doIt.click()
    await next.waitFor()
    const ms = Number(await page.getByRole('timer').getAttribute('data-ms'))
    expect(ms).toBeGreaterThan(0)
    await page.getByRole('figure', { name: '群里的卡片' }).getByText('新订单 · 抖店').waitFor()
    await next.click()

    await doIt.click()
    await next.waitFor()
    await page.getByText('林小夏 已先认领', { exact: false }).waitFor()
    await next.click()

    await doIt.click()
    await next.waitFor({ timeout: 90_000 })
    const phone = page.getByRole('region', { name: '主管的手机' })
    await phone.getByText('¥2,680.00').waitFor()
    await phone.getByText('已同意').waitFor()
    await next.click()

    await doIt.click()
    await next.waitFor({ timeout: 90_000 })
    const orders = page.getByRole('list', { name: '断网时的订单' })
    expect(await orders.getByText('行', { exact: true }).count()).toBe(5)
    expect(await orders.locator('[data-count="1"]').count()).toBe(10)
    await next.click()

    await page.getByText('创建企业自建应用').waitFor()
    await page.getByRole('button', { name: '知道了' }).click()
    await page.getByRole('button', { name: '再看一遍导览' }).waitFor()

    const executions = await p.executions()
    expect(executions).toMatchObject([{ system: 'jushuitan', amount: 268_000, times: 1 }])
    const [refund] = executions
    expect(await p.rows('财务流水', refund?.refund_no)).toHaveLength(1)
    expect((await p.rows('订单'))[0]?.fields).toHaveProperty('商品名称')
    const { faults } = await p.get('faults')
    expect(faults).toEqual([])
    expect(complaints).toEqual([])
  })

  it('ticks what is done by hand in the real pages: an order, a claim, a refund', async () => {
    const p = product()
    const { page, complaints } = await browser.open(p.sandboxUrl, { seen: false })
    const dock = page.getByRole('complementary', { name: '导览' })
    const ticked = (check: string) => dock.locator(`[data-check="${check}"][data-done="true"]`)

    await page.getByRole('link', { name: /去店铺下单/ }).click()
    const shop = page.getByRole('region', { name: '海岛假期旗舰店' })
    await shop.getByRole('button', { name: '以买家身份下单' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /三亚海棠湾/ }).check()
    await dialog.getByRole('button', { name: '下单并付款' }).click()
    await dock.getByText('导览 2/5').waitFor()
    const orderNo = page.url().split('/').at(-1) ?? ''

    await dock.getByRole('link', { name: '回到导览' }).click()
    await page.getByRole('link', { name: /去群里认领/ }).click()
    await page.getByRole('main').getByText(orderNo).waitFor()
    await page.getByRole('main').getByRole('button', { name: '认领' }).last().click()
    await ticked('claimed').waitFor()
    await ticked('row').waitFor()
    await page.getByRole('button', { name: '切换身份' }).click()
    await page.locator('[data-person="周宁"]').click()
    await dock.getByText('导览 3/5').waitFor()

    await page.goto(`${p.sandboxUrl}/erp?q=${orderNo}`)
    await page.getByRole('button', { name: '发起退款' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '发起', exact: true }).click()
    await ticked('asked').waitFor()
    await page.getByRole('button', { name: '切换身份' }).click()
    await page.locator('[data-person="王岚"]').click()
    await dock.getByRole('link', { name: '回到导览' }).click()
    await page.getByRole('link', { name: /去审批里处理/ }).click()
    await page.getByRole('button', { name: '同意' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
    await dock.getByText('导览 4/5').waitFor({ timeout: 90_000 })
    const refunds = (await p.executions()).filter((one) => one.order_no === orderNo)
    expect(refunds).toMatchObject([{ amount: 268_000, times: 1 }])
    expect(complaints).toEqual([])
  })

  it('goes on past a skipped step and takes a step once more', async () => {
    const p = product()
    const { page } = await browser.open(p.sandboxUrl, { seen: false })
    await page.getByRole('button', { name: '跳过这一步' }).click()
    await page.getByRole('heading', { name: /客服认领/ }).waitFor()
    await page.getByRole('button', { name: /来一单/ }).click()
    await page.getByRole('button', { name: '替我做' }).click()
    await page.getByRole('button', { name: '下一步' }).waitFor()
    await page.getByRole('button', { name: '再来一次' }).click()
    await page.getByRole('button', { name: '替我做' }).waitFor()
  })
})
