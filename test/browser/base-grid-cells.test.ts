import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { browserPath, useBrowser } from '../support/browser.ts'
import { ask, cell, type GridTable, makeGrid, rowNow, tableNow } from './base-grid-world.ts'

const hostile = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>'

describe.skipIf(browserPath === undefined)('cells of the grid', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  /** Opens a table with one row and its only other field. */
  async function one(
    field: { name: string; type: number; ui_type?: string; property?: object },
    value?: unknown,
  ) {
    const grid = await makeGrid(
      url,
      [field],
      [{ 名称: '一', ...(value !== undefined && { [field.name]: value }) }],
    )
    const opened = await browser.open(`${url}${grid.path}`)
    const target = cell(opened.page, grid, 0, field.name)
    await target.waitFor()
    return { grid, target, ...opened }
  }
  const kept = (grid: GridTable, name: string) => expect.poll(async () => (await rowNow(url, grid, 0))[name])

  it('shows money, percent, progress and ratings as their fields say, and edits them', async () => {
    const money = await one(
      { name: '金额', type: 2, ui_type: 'Currency', property: { formatter: '0.00', currency_code: 'CNY' } },
      1234.5,
    )
    expect(await money.target.textContent()).toBe('¥1,234.50')
    await money.target.dblclick()
    await money.page.keyboard.press('Control+a')
    await money.page.keyboard.type('88.8')
    await money.page.keyboard.press('Enter')
    await kept(money.grid, '金额').toBe(88.8)
    await expect.poll(() => money.target.textContent()).toBe('¥88.80')
    const share = await one(
      { name: '进度', type: 2, ui_type: 'Progress', property: { formatter: '0%', range_customize: false } },
      0.25,
    )
    expect(await share.target.textContent()).toBe('25%')
    await share.target.dblclick()
    await share.page.keyboard.press('Control+a')
    await share.page.keyboard.type('50')
    await share.page.keyboard.press('Enter')
    await kept(share.grid, '进度').toBe(0.5)
    const stars = await one(
      {
        name: '评分',
        type: 2,
        ui_type: 'Rating',
        property: { formatter: '0', min: 1, max: 5, rating: { symbol: 'heart' } },
      },
      2,
    )
    await stars.target.dblclick()
    await stars.page.getByRole('button', { name: '4', exact: true }).click()
    await kept(stars.grid, '评分').toBe(4)
  })

  it('chooses options, several of them, and makes new ones', async () => {
    const property = { options: [{ name: '加急' }, { name: '老客' }] }
    const single = await one({ name: '状态', type: 3, property })
    await single.target.click()
    await single.page.keyboard.press('Enter')
    await single.page.getByRole('textbox', { name: '编辑 状态' }).fill('老')
    await single.page.keyboard.press('Enter')
    await expect.poll(() => single.target.textContent()).toBe('老客')
    const several = await one({ name: '标签', type: 4, property })
    await several.target.dblclick()
    await several.page.getByRole('option', { name: '加急' }).click()
    await several.page.getByRole('option', { name: '老客' }).click()
    await expect.poll(() => several.target.textContent()).toBe('加急老客')
    await several.page.getByRole('textbox', { name: '编辑 标签' }).fill('企微')
    await several.page.getByRole('button', { name: '新建“企微”' }).click()
    await expect.poll(() => several.target.textContent()).toBe('加急老客企微')
    const [, field] = (await tableNow(url, several.grid)).fields
    expect(field?.property?.options?.map((option) => option.name)).toEqual(['加急', '老客', '企微'])
    expect([...single.complaints, ...several.complaints]).toEqual([])
  })

  it('picks dates and times in the time zone of the base', async () => {
    const { grid, target, page } = await one(
      { name: '时间', type: 5, property: { date_formatter: 'yyyy-MM-dd HH:mm' } },
      Date.UTC(2026, 2, 10, 1, 30),
    )
    expect(await target.textContent()).toBe('2026-03-10 09:30')
    await target.dblclick()
    await page.getByRole('button', { name: '2026-03-18' }).click()
    await page.getByRole('textbox', { name: '时间', exact: true }).fill('23:15')
    await page.getByRole('button', { name: '完成' }).click()
    await kept(grid, '时间').toBe(Date.UTC(2026, 2, 18, 15, 15))
    await expect.poll(() => target.textContent()).toBe('2026-03-18 23:15')
  })

  it('picks people and groups, ticks boxes, takes phone numbers, mail, places and links', async () => {
    const people = await one({ name: '跟进人', type: 11, property: { multiple: true } })
    await people.target.dblclick()
    await people.page.getByRole('option', { name: '王岚' }).click()
    await people.page.getByRole('option', { name: '赵敏' }).click()
    await kept(people.grid, '跟进人').toMatchObject([{ name: '王岚' }, { name: '赵敏' }])
    const group = await one({ name: '群', type: 23, property: { multiple: false } })
    await group.target.dblclick()
    await group.page.getByRole('option').first().click()
    await kept(group.grid, '群').toMatchObject([{ id: expect.stringMatching(/^oc_/) }])
    const box = await one({ name: '核对', type: 7 })
    await box.target.locator('[data-on]').click()
    await kept(box.grid, '核对').toBe(true)
    expect(await box.target.getAttribute('aria-checked')).toBe('true')
    const phone = await one({ name: '电话', type: 13 })
    await phone.target.click()
    await phone.page.keyboard.type('+8613800000001')
    await phone.page.keyboard.press('Enter')
    await kept(phone.grid, '电话').toBe('+8613800000001')
    const place = await one({ name: '位置', type: 22 })
    await place.target.dblclick()
    await place.page.keyboard.type('116.40,39.90')
    await place.page.keyboard.press('Enter')
    await kept(place.grid, '位置').toMatchObject({ location: '116.40,39.90' })
  })

  it('writes addresses and opens only those a browser may follow', async () => {
    const { grid, target, page } = await one({ name: '链接', type: 15 })
    await target.dblclick()
    await page.getByRole('textbox', { name: '编辑 链接' }).fill('https://example.com/a')
    await page.getByLabel('文本').fill('订单页')
    await page.getByRole('button', { name: '确定' }).click()
    await kept(grid, '链接').toEqual({ text: '订单页', link: 'https://example.com/a' })
    expect(await target.getByRole('link').getAttribute('href')).toBe('https://example.com/a')
    const bad = await one(
      { name: '链接', type: 15 },
      { text: '点我', link: 'javascript:globalThis.hacked=1' },
    )
    expect(await bad.target.textContent()).toBe('点我')
    expect(await bad.target.getByRole('link').count()).toBe(0)
  })

  it('links records of another table by their names, and shows the other side', async () => {
    const grid = await makeGrid(url, [], [{ 名称: '甲店' }, { 名称: '乙店' }])
    const orders = await ask<{ table_id: string }>(url, 'POST', `base/${grid.app}/tables`, { name: '明细' })
    const at = `base/${grid.app}/tables/${orders.table_id}`
    const property = { table_id: grid.table, multiple: true, back_field_name: '明细们' }
    const { field_id } = await ask<{ field_id: string }>(url, 'POST', `${at}/fields`, {
      name: '门店',
      type: 21,
      property,
    })
    const { record_ids } = await ask<{ record_ids: string[] }>(url, 'POST', `${at}/rows`, { rows: [{}] })
    const { page, complaints } = await browser.open(`${url}/base/${grid.app}?table=${orders.table_id}`)
    const target = page.locator(`[data-record="${record_ids[0]}"] [data-field="${field_id}"]`)
    await target.dblclick()
    await page.getByText('来自“订单”').waitFor()
    await page.getByRole('textbox', { name: '编辑 门店' }).fill('乙')
    await page.getByRole('option', { name: '乙店' }).click()
    await expect.poll(() => target.textContent()).toBe('乙店')
    await page.keyboard.press('Escape')
    await page
      .getByRole('navigation', { name: '数据表' })
      .getByRole('button', { name: /^订单/ })
      .first()
      .click()
    const back = page.locator(`[data-record="${grid.ids[1]}"]`)
    await expect.poll(() => back.textContent()).toContain('未命名记录')
    expect(complaints).toEqual([])
  })

  it('uploads files into a cell, shows pictures small and takes files away', async () => {
    const { grid, target, page, complaints } = await one({ name: '附件', type: 17 })
    await target.dblclick()
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    await page.getByLabel('添加文件').setInputFiles([
      { name: '凭证.png', mimeType: 'image/png', buffer: pixel },
      { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
    ])
    await kept(grid, '附件').toMatchObject([{ name: '凭证.png' }, { name: '说明.txt' }])
    await expect
      .poll(() =>
        target
          .getByRole('img', { name: '凭证.png' })
          .evaluate((picture) => (picture as unknown as { naturalWidth: number }).naturalWidth),
      )
      .toBe(1)
    await page.getByRole('button', { name: '移除 说明.txt' }).click()
    await kept(grid, '附件').toMatchObject([{ name: '凭证.png' }])
    expect(complaints).toEqual([])
  })

  it('shows computed fields and lets nobody write them', async () => {
    const { target, page } = await one({
      name: '编号',
      type: 1005,
      property: {
        auto_serial: {
          type: 'custom',
          options: [
            { type: 'fixed_text', value: 'NO' },
            { type: 'system_number', value: '4' },
          ],
        },
      },
    })
    expect(await target.textContent()).toBe('NO0001')
    await target.dblclick()
    expect(await page.getByRole('textbox', { name: '编辑 编号' }).count()).toBe(0)
  })

  it('shows a refusal in the words of the platform and puts the old value back', async () => {
    const { grid, target, page } = await one({ name: '电话', type: 13 }, '110')
    await target.dblclick()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('no digits')
    await page.keyboard.press('Enter')
    await page.getByText(/Failed to convert phone field/).waitFor()
    await expect.poll(() => target.textContent()).toBe('110')
    await kept(grid, '电话').toBe('110')
  })

  it('never runs what people write into cells and names', async () => {
    const property = { options: [{ name: hostile }] }
    const grid = await makeGrid(
      url,
      [
        { name: '备注', type: 1 },
        { name: hostile.slice(0, 90), type: 3, property },
      ],
      [{ 名称: hostile, 备注: `"><svg onload=globalThis.hacked=1>`, [hostile.slice(0, 90)]: hostile }],
    )
    const name = '<img src=x onerror=globalThis.hacked=1>'
    await ask(url, 'PATCH', `base/${grid.app}/tables/${grid.table}/views/${grid.view}`, { name })
    await ask(url, 'PATCH', `base/${grid.app}/tables/${grid.table}`, { name })
    await ask(url, 'PATCH', `base/${grid.app}`, { name: hostile })
    const { page, complaints } = await browser.open(`${url}${grid.path}&record=${grid.ids[0]}`)
    await page.getByRole('complementary', { name: '记录详情' }).getByText(hostile).first().waitFor()
    expect(await cell(page, grid, 0, '名称').textContent()).toBe(hostile)
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
    expect(complaints).toEqual([])
  })

  it('opens a shared record beside the grid, edits it there and steps to its neighbour', async () => {
    const grid = await makeGrid(
      url,
      [
        { name: '备注', type: 1 },
        { name: '核对', type: 7 },
      ],
      [{ 名称: '一' }, { 名称: '二' }],
    )
    const { page, complaints } = await browser.open(`${url}/record/${grid.ids[0]}`)
    const panel = page.getByRole('complementary', { name: '记录详情' })
    await panel.getByRole('button', { name: '编辑 备注' }).click()
    await page.keyboard.type('从详情写')
    await page.keyboard.press('Enter')
    await kept(grid, '备注').toBe('从详情写')
    // A click, not check(): the box follows the sandbox's answer, a moment later.
    await panel.getByRole('checkbox', { name: '核对' }).click()
    await kept(grid, '核对').toBe(true)
    await panel.getByRole('button', { name: '修改历史' }).click()
    await panel.getByRole('listitem').filter({ hasText: '备注' }).getByText('从详情写').waitFor()
    await panel.getByRole('button', { name: '下一条' }).click()
    await panel.getByRole('heading', { name: '二' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => panel.count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('works on a phone: a fixed first column, panels from below, the record on the whole screen', async () => {
    const fields = [
      { name: '状态', type: 3, property: { options: [{ name: '待发货' }] } },
      ...['甲', '乙', '丙', '丁'].map((name) => ({ name, type: 1 })),
    ]
    const grid = await makeGrid(url, fields, [{ 名称: '一', 丁: '远处' }])
    const { page, complaints } = await browser.open(`${url}${grid.path}`, { phone: true })
    const first = cell(page, grid, 0, '名称')
    await first.waitFor()
    const wide = (await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )) as number
    expect(wide).toBe(0)
    await page
      .getByRole('grid')
      .evaluate((element) =>
        (element as unknown as { scrollTo(x: number, y: number): void }).scrollTo(900, 0),
      )
    await cell(page, grid, 0, '丁').waitFor()
    expect((await first.boundingBox())?.x).toBeLessThan(60)
    await page
      .getByRole('grid')
      .evaluate((element) => (element as unknown as { scrollTo(x: number, y: number): void }).scrollTo(0, 0))
    await cell(page, grid, 0, '状态').tap()
    await cell(page, grid, 0, '状态').tap()
    await page.getByRole('option', { name: '待发货' }).tap()
    await expect.poll(() => cell(page, grid, 0, '状态').textContent()).toBe('待发货')
    await page.getByRole('button', { name: '展开第 1 行' }).tap()
    const box = await page.getByRole('complementary', { name: '记录详情' }).boundingBox()
    expect(box?.width).toBe(390)
    await page.getByRole('button', { name: '关闭' }).tap()
    await page.getByRole('button', { name: '数据表列表' }).tap()
    await page
      .getByRole('navigation', { name: '数据表' })
      .getByRole('button', { name: '新建数据表' })
      .waitFor()
    expect(complaints).toEqual([])
  })

  it('lists bases, makes one and renames it', async () => {
    const { page, complaints } = await browser.open(`${url}/base`)
    await page.getByRole('button', { name: '新建多维表格' }).click()
    await page.getByRole('textbox', { name: '名称' }).fill('我的表')
    await page.getByRole('button', { name: '新建', exact: true }).click()
    await page.getByRole('textbox', { name: '多维表格名称' }).fill('客服表')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '全部多维表格' }).click()
    await page.getByRole('link', { name: /客服表/ }).waitFor()
    expect(complaints).toEqual([])
  })
})
