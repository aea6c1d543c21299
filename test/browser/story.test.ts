import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { browserPath, useBrowser } from '../support/browser.ts'

describe.skipIf(browserPath === undefined)('the first page', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null, settings: { ordersPerMinute: 0 } })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  it('tells a first visitor how to start the product when none is connected', async () => {
    const { page, complaints } = await browser.open(url, { seen: false })
    await page.getByRole('heading', { name: '三分钟看懂汇流' }).waitFor()
    const box = page.getByRole('region', { name: '汇流未连接' })
    await box.getByText(/npm start/).waitFor()
    expect(await page.getByRole('button', { name: '替我做' }).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('shows a returning visitor what goes on, with a way into every area and back to the tour', async () => {
    const { page, complaints } = await browser.open(url)
    await page.getByRole('heading', { name: '林小夏，今天的店里' }).waitFor()
    await page.getByRole('list', { name: '今天的数字' }).getByText('今日订单').waitFor()
    const ways = page.getByRole('navigation', { name: '去哪里看看' })
    expect(await ways.getByRole('link').count()).toBeGreaterThanOrEqual(5)
    await page.getByRole('button', { name: '再看一遍导览' }).click()
    await page.getByRole('heading', { name: '三分钟看懂汇流' }).waitFor()
    await page.getByRole('button', { name: '结束导览' }).click()
    await page.getByRole('heading', { name: '林小夏，今天的店里' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: '林小夏，今天的店里' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('keeps the tour beside the real pages until it is ended', async () => {
    const { page } = await browser.open(url, { seen: false })
    await page.getByRole('heading', { name: '三分钟看懂汇流' }).waitFor()
    await page.goto(`${url}/shops`)
    const dock = page.getByRole('complementary', { name: '导览' })
    await dock.getByText('顾客下了单').waitFor()
    await dock.getByRole('button', { name: '结束导览' }).click()
    await expect.poll(() => dock.count()).toBe(0)
  })

  it.each([true, false])('fits a phone (first visit: %s)', async (first) => {
    const { page } = await browser.open(url, { phone: true, seen: !first })
    await page.getByRole('heading', { level: 1 }).waitFor()
    const { wide, narrow } = (await page.evaluate(
      "({ wide: document.querySelector('main').scrollWidth, narrow: document.querySelector('main').clientWidth })",
    )) as { wide: number; narrow: number }
    expect(wide).toBeLessThanOrEqual(narrow)
  })

  it('speaks English', async () => {
    const { page } = await browser.open(url, { seen: false, language: 'en' })
    await page.getByRole('heading', { name: 'Huiliu in three minutes' }).waitFor()
  })
})
