import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { browserPath, useBrowser } from '../support/browser.ts'
import { ask, cell, makeGrid, rowNow, tableNow } from './base-grid-world.ts'

const options = { options: [{ name: '待发货' }, { name: '已发货' }] }

describe.skipIf(browserPath === undefined)('the grid of a base', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  it('scrolls 10,000 rows to the end, and to a searched row', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ({ 名称: `订单-${i}`, 金额: i }))
    const grid = await makeGrid(url, [{ name: '金额', type: 2, property: { formatter: '0' } }], rows)
    const { page, complaints } = await browser.open(`${url}${grid.path}`)
    await page.getByText('共 10,000 条记录').waitFor()
    expect(await page.locator('[data-record]').count()).toBeLessThan(80)
    await cell(page, grid, 0, '名称').click()
    await page.keyboard.press('Control+End')
    await cell(page, grid, 9_999, '名称').getByText('订单-9999').waitFor()
    await page.getByRole('textbox', { name: '搜索记录' }).fill('订单-4321')
    await cell(page, grid, 4_321, '名称').waitFor()
    await expect.poll(() => page.getByRole('search').getByRole('status').textContent()).toBe('1/1')
    expect(await cell(page, grid, 4_321, '名称').locator('mark').textContent()).toBe('订单-4321')
    expect(complaints).toEqual([])
  })

  it('moves, edits and empties by keyboard', async () => {
    const grid = await makeGrid(
      url,
      [{ name: '备注', type: 1 }],
      [{ 名称: '一' }, { 名称: '二' }, { 名称: '三' }],
    )
    const { page, complaints } = await browser.open(`${url}${grid.path}`)
    await cell(page, grid, 0, '名称').click()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.type('A 急件')
    await page.keyboard.press('Enter')
    await expect.poll(() => rowNow(url, grid, 0)).toMatchObject({ 备注: 'A 急件' })
    await page.keyboard.press('Enter')
    await page.keyboard.type('不要')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('F2')
    await page.keyboard.type('号')
    await page.keyboard.press('Tab')
    await expect.poll(() => rowNow(url, grid, 1)).toEqual({ 名称: '二号' })
    await expect.poll(() => cell(page, grid, 1, '备注').getAttribute('data-cursor')).toBe('true')
    await page.keyboard.type('x')
    await page.keyboard.type('yz')
    await cell(page, grid, 2, '名称').click()
    await expect.poll(() => rowNow(url, grid, 1)).toEqual({ 名称: '二号', 备注: 'xyz' })
    await cell(page, grid, 0, '备注').click()
    await page.keyboard.press('Delete')
    await expect.poll(() => rowNow(url, grid, 0)).toEqual({ 名称: '一' })
    expect(complaints).toEqual([])
  })

  it('renames, adds, retypes and deletes a column', async () => {
    const grid = await makeGrid(
      url,
      [{ name: '数量', type: 1 }],
      [
        { 名称: '一', 数量: '12' },
        { 名称: '二', 数量: '许多' },
      ],
    )
    const { page, complaints } = await browser.open(`${url}${grid.path}`)
    const menu = async (name: string, entry: string) => {
      await page.getByRole('columnheader', { name, exact: true }).hover()
      await page.getByRole('button', { name: `${name} 的列菜单` }).click()
      await page.getByRole('menuitem', { name: entry }).click()
    }
    await menu('数量', '修改字段')
    await page.getByLabel('字段名称').fill('件数')
    await page.getByLabel('字段类型').selectOption({ label: '数字' })
    await page.getByText('能转换的内容会保留').waitFor()
    await page.getByRole('button', { name: '确定' }).click()
    await page.getByRole('columnheader', { name: '件数', exact: true }).waitFor()
    await expect.poll(() => rowNow(url, grid, 0)).toMatchObject({ 数量: 12 })
    expect(await rowNow(url, grid, 1)).toEqual({ 名称: '二' })
    await page.getByRole('button', { name: '新增字段' }).click()
    await page.getByLabel('字段名称').fill('状态')
    await page.getByLabel('字段类型').selectOption({ label: '单选' })
    await page.getByRole('button', { name: '添加选项' }).click()
    await page.getByLabel('选项 1', { exact: true }).fill('新单')
    await page.getByRole('button', { name: '确定' }).click()
    await page.getByRole('columnheader', { name: '状态', exact: true }).waitFor()
    expect((await tableNow(url, grid)).fields.at(-1)).toMatchObject({
      type: 3,
      property: { options: [{ name: '新单' }] },
    })
    await menu('件数', '删除字段')
    await page.getByRole('dialog', { name: '删除字段“件数”？' }).getByRole('button', { name: '删除' }).click()
    await expect.poll(() => page.getByRole('columnheader', { name: '件数', exact: true }).count()).toBe(0)
    expect((await tableNow(url, grid)).fields.map((field) => field.name)).toEqual(['名称', '状态'])
    expect(complaints).toEqual([])
  })

  it('filters, sorts, groups and hides for everybody who opens the view', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => ({
      名称: `订单-${i}`,
      状态: i % 3 ? '待发货' : '已发货',
      金额: i * 10,
    }))
    const grid = await makeGrid(
      url,
      [
        { name: '状态', type: 3, property: options },
        { name: '金额', type: 2, property: { formatter: '0' } },
      ],
      rows,
    )
    const { page, complaints } = await browser.open(`${url}${grid.path}`)
    await page.getByText('共 9 条记录').waitFor()
    await page.getByRole('button', { name: '筛选' }).click()
    await page.getByRole('button', { name: '添加条件' }).click()
    const panel = page.getByRole('dialog', { name: '筛选' })
    await panel.getByLabel('字段').selectOption({ label: '金额' })
    await panel.getByLabel('条件', { exact: true }).selectOption({ label: '>' })
    await panel.getByLabel('值').fill('20')
    await panel.getByLabel('值').press('Enter')
    await page.getByText('共 6 条记录').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '排序' }).click()
    const sort = page.getByRole('dialog', { name: '排序' })
    await sort.getByRole('button', { name: '金额' }).click()
    await sort.getByRole('button', { name: '降序' }).click()
    const names = () => page.locator('[data-record] [aria-colindex="2"]').allTextContents()
    await expect.poll(names).toEqual(['订单-8', '订单-7', '订单-6', '订单-5', '订单-4', '订单-3'])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '分组' }).click()
    await page.getByRole('dialog', { name: '分组' }).getByRole('button', { name: '状态' }).click()
    await page.keyboard.press('Escape')
    const group = page.getByRole('row').filter({ has: page.getByRole('button', { name: '分组 已发货' }) })
    await expect.poll(() => group.textContent()).toContain('2')
    await page.getByRole('button', { name: '分组 待发货' }).click()
    await expect.poll(names).toEqual(['订单-6', '订单-3'])
    await page.getByRole('button', { name: '字段配置' }).click()
    await page.getByRole('button', { name: '隐藏 金额' }).click()
    await expect.poll(() => page.getByRole('columnheader', { name: '金额' }).count()).toBe(0)
    const [view] = (await tableNow(url, grid)).views
    expect(view).toMatchObject({
      hidden: [grid.fields.金额],
      filter: { conditions: [{ operator: 'isGreater', values: ['20'] }] },
    })
    await page.reload()
    await page.getByRole('button', { name: '分组 待发货' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('adds views of every kind, renames, copies and deletes one', async () => {
    const grid = await makeGrid(url, [{ name: '状态', type: 3, property: options }], [{ 名称: '一' }])
    const { page } = await browser.open(`${url}${grid.path}`)
    for (const name of ['看板视图', '画册视图', '表单视图', '甘特视图', '表格视图']) {
      await page.getByRole('button', { name: '新增视图' }).click()
      await page.getByRole('menuitem', { name }).click()
      await expect
        .poll(() => page.getByRole('tab', { name, exact: true }).getAttribute('aria-selected'))
        .toBe('true')
    }
    await page.getByRole('button', { name: '视图菜单' }).click()
    await page.getByRole('menuitem', { name: '重命名' }).click()
    await page.getByRole('textbox', { name: '名称', exact: true }).fill('我的表格')
    await page.getByRole('button', { name: '确定' }).click()
    await page.getByRole('tab', { name: '我的表格' }).waitFor()
    await page.getByRole('button', { name: '视图菜单' }).click()
    await page.getByRole('menuitem', { name: '复制视图' }).click()
    await expect
      .poll(() => page.getByRole('tab', { name: '我的表格 副本' }).getAttribute('aria-selected'))
      .toBe('true')
    await page.getByRole('button', { name: '视图菜单' }).click()
    await page.getByRole('menuitem', { name: '删除视图' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click()
    await expect.poll(() => page.getByRole('tab', { name: '我的表格 副本' }).count()).toBe(0)
    const kinds = (await tableNow(url, grid)).views.map((view) => view.type)
    expect(kinds).toEqual(['grid', 'kanban', 'gallery', 'form', 'gantt', 'grid'])
  })

  it('draws records as bars between two dates in a Gantt view', async () => {
    const property = { date_formatter: 'yyyy/MM/dd' }
    const day = 86_400_000
    const now = sandbox.kernel.clock.now()
    const grid = await makeGrid(
      url,
      [
        { name: '开始', type: 5, property },
        { name: '结束', type: 5, property },
      ],
      [{ 名称: '备货', 开始: now, 结束: now + 9 * day }, { 名称: '没有日期' }],
    )
    const { page, complaints } = await browser.open(`${url}${grid.path}`)
    await page.getByRole('button', { name: '新增视图' }).click()
    await page.getByRole('menuitem', { name: '甘特视图' }).click()
    const bar = page.getByRole('button', { name: /^备货 \d{4}/ })
    const short = (await bar.boundingBox())?.width ?? 0
    await page.getByLabel('结束日期').selectOption({ label: '结束' })
    await expect.poll(async () => Math.round(((await bar.boundingBox())?.width ?? 0) / short)).toBe(10)
    expect(await page.getByRole('button', { name: /^没有日期/ }).count()).toBe(1)
    await bar.click()
    await page
      .getByRole('complementary', { name: '记录详情' })
      .getByRole('heading', { name: '备货' })
      .waitFor()
    expect(complaints).toEqual([])
  })

  it('copies cells and pastes three by three, also below the last row', async () => {
    const fields = [
      { name: '备注', type: 1 },
      { name: '金额', type: 2, property: { formatter: '0' } },
    ]
    const rows = [
      { 名称: 'a', 备注: 'x\ty', 金额: 1 },
      { 名称: 'b', 备注: '多\n行', 金额: 2 },
      { 名称: 'c', 备注: '"', 金额: 3 },
    ]
    const grid = await makeGrid(url, fields, rows)
    const { page, complaints } = await browser.open(`${url}${grid.path}`)
    await cell(page, grid, 0, '名称').click()
    await cell(page, grid, 2, '金额').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+c')
    await cell(page, grid, 2, '名称').click()
    await page.keyboard.press('Control+v')
    await page.getByText('共 5 条记录').waitFor()
    expect(await rowNow(url, grid, 2)).toEqual({ 名称: 'a', 备注: 'x\ty', 金额: 1 })
    const base = `base/${grid.app}/tables/${grid.table}/rows?view=${grid.view}`
    const answer = await ask<{ rows: { record_id: string; cells: Record<string, unknown> }[] }>(
      url,
      'GET',
      base,
    )
    const last = answer.rows.slice(3).map(({ cells }) => Object.values(cells))
    expect(last).toEqual([
      ['b', '多\n行', 2],
      ['c', '"', 3],
    ])
    expect(complaints).toEqual([])
  })

  it('follows other people without losing an open editor or the place one scrolled to', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({ 名称: `订单-${i}`, 备注: '旧' }))
    const grid = await makeGrid(url, [{ name: '备注', type: 1 }], rows)
    const { page, complaints } = await browser.open(`${url}${grid.path}`)
    await cell(page, grid, 0, '名称').click()
    for (let n = 0; n < 8; n++) await page.keyboard.press('PageDown')
    await cell(page, grid, 120, '备注').dblclick()
    await page.keyboard.type('我写的')
    const scrolled = () =>
      page.getByRole('grid').evaluate((grid) => (grid as unknown as { scrollTop: number }).scrollTop)
    const before = await scrolled()
    const at = `base/${grid.app}/tables/${grid.table}`
    await ask(
      url,
      'PATCH',
      `${at}/rows`,
      { changes: [{ record_id: grid.ids[121], cells: { [grid.fields.备注 ?? '']: '别人写的' } }] },
      1,
    )
    await ask(url, 'PATCH', `${at}/fields/${grid.fields.备注}`, { name: '说明' }, 1)
    await ask(url, 'POST', `${at}/rows/delete`, { record_ids: [grid.ids[0]] }, 1)
    await cell(page, grid, 121, '备注').getByText('别人写的').waitFor()
    await page.getByRole('columnheader', { name: '说明' }).waitFor()
    await page.getByText('共 299 条记录').waitFor()
    expect(await scrolled()).toBe(before)
    expect(await page.getByRole('textbox', { name: '编辑 说明' }).inputValue()).toBe('旧我写的')
    await page.keyboard.press('Enter')
    await expect.poll(() => rowNow(url, grid, 120)).toMatchObject({ 备注: '旧我写的' })
    expect(complaints).toEqual([])
  })

  it('makes columns wider and moves them by mouse, kept for the view', async () => {
    const fields = ['甲', '乙', '丙'].map((name) => ({ name, type: 1 }))
    const grid = await makeGrid(url, fields, [{ 名称: '一' }])
    const { page, complaints } = await browser.open(`${url}${grid.path}`)
    const head = (name: string) => page.getByRole('columnheader', { name, exact: true })
    const boxOf = async (name: string) =>
      (await head(name).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const before = await boxOf('甲')
    await page.mouse.move(before.x + before.width, before.y + 10)
    await page.mouse.down()
    await page.mouse.move(before.x + before.width + 60, before.y + 10, { steps: 4 })
    await page.mouse.up()
    await expect
      .poll(async () => (await tableNow(url, grid)).views[0]?.layout.widths[grid.fields.甲 ?? ''])
      .toBe(220)
    await expect.poll(async () => (await boxOf('甲')).width).toBe(220)
    const [first, last] = [await boxOf('甲'), await boxOf('丙')]
    await page.mouse.move(first.x + 60, first.y + 18)
    await page.mouse.down()
    await page.mouse.move(last.x + last.width - 10, last.y + 18, { steps: 6 })
    await page.mouse.up()
    const names = async () => {
      const boxes = await Promise.all(
        ['甲', '乙', '丙'].map(async (name) => ({ name, x: (await boxOf(name)).x })),
      )
      return boxes.toSorted((a, b) => a.x - b.x).map(({ name }) => name)
    }
    await expect.poll(names).toEqual(['乙', '丙', '甲'])
    expect(complaints).toEqual([])
  })

  it('deletes ticked rows after asking', async () => {
    const grid = await makeGrid(url, [], [{ 名称: '一' }, { 名称: '二' }, { 名称: '三' }])
    const { page } = await browser.open(`${url}${grid.path}`)
    await cell(page, grid, 0, '名称').hover()
    await page.getByRole('checkbox', { name: '选择第 1 行' }).click()
    await cell(page, grid, 2, '名称').hover()
    await page.getByRole('checkbox', { name: '选择第 3 行' }).click()
    await page.getByRole('toolbar', { name: '已选记录' }).getByRole('button', { name: '删除' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click()
    await page.getByText('共 1 条记录').waitFor()
    expect(await page.locator('[data-record] [aria-colindex="2"]').allTextContents()).toEqual(['二'])
  })
})
