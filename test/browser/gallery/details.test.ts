import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { browserPath, useBrowser } from '../../support/browser.ts'

describe.skipIf(browserPath === undefined)('a card looks as Feishu shows it:', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  async function open(id: string, options: { phone?: boolean; language?: 'zh' | 'en' } = {}) {
    const opened = await browser.open(`${url}/gallery?card=${id}`, options)
    const card = opened.page.locator('[data-specimen] [data-card]')
    await card.waitFor()
    return { ...opened, card }
  }
  const style = (one: Locator, name: string) =>
    one.evaluate(new Function('element', `return getComputedStyle(element).${name}`) as () => string)
  const width = async (one: Locator) => Math.round((await one.boundingBox())?.width ?? 0)

  it('Markdown is bold, slanted, struck, linked and has pictures for known emoji only', async () => {
    const { card } = await open('markdown-inline')
    expect(await card.locator('strong').textContent()).toBe('粗体')
    expect(await card.locator('em').textContent()).toBe('斜体')
    expect(await card.locator('del').textContent()).toBe('原价 ¥5,980')
    expect(await card.locator('code').textContent()).toBe('SKU-2201')
    const link = card.getByRole('link', { name: '订单详情' })
    expect(await link.getAttribute('href')).toBe('https://example.com/o/1')
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer')
    expect(await card.locator('[data-emoji]').count()).toBe(3)
    expect(await card.textContent()).toContain(':NOSUCH:')
  })

  it('people are named, in mentions and with their faces', async () => {
    const { card } = await open('markdown-people')
    expect(await card.locator('[data-at]').allInnerTexts()).toEqual(['@林小夏', '@周宁 @陈果', '@所有人'])
    expect(await card.locator('[data-person]').count()).toBe(2)
  })

  it('lists are nested and counted, tasks are ticked', async () => {
    const { card } = await open('markdown-lists')
    expect(await card.locator('ul ul li').allInnerTexts()).toEqual(['出行人姓名', '证件号码'])
    expect(await card.locator('ol ol li').count()).toBe(2)
    expect(await card.getByRole('checkbox', { name: '已完成' }).isChecked()).toBe(true)
    expect(await card.getByRole('checkbox', { name: '未完成' }).isChecked()).toBe(false)
  })

  it('headings have their six sizes', async () => {
    const { card } = await open('markdown-headings')
    const sizes = await Promise.all(
      (await card.getByRole('heading').all()).map((one) => style(one, 'fontSize')),
    )
    expect(sizes).toEqual(['26px', '22px', '20px', '18px', '17px', '14px'])
  })

  it('code keeps its language and its tags, tables their alignment, raw its marks', async () => {
    const blocks = await open('markdown-blocks')
    await blocks.card.getByText('json', { exact: true }).waitFor()
    await blocks.card.locator('blockquote', { hasText: '越快越好' }).waitFor()
    expect(await blocks.card.locator('hr').count()).toBe(1)
    const table = await open('markdown-table')
    expect(await style(table.card.locator('tbody td').nth(2), 'textAlign')).toBe('right')
    const special = await open('markdown-special')
    expect(await special.card.textContent()).toContain('**这里的星号原样显示**')
    expect(await special.card.locator('time').first().textContent()).toBe('2026年11月21日')
    expect(await special.card.getByRole('link', { name: 'https://example.com/help' }).count()).toBe(1)
  })

  it('a card is 600, 400 px or as wide as there is room; columns share by weight', async () => {
    expect(await width((await open('width-compact')).card)).toBe(400)
    expect(await width((await open('width-default')).card)).toBeLessThanOrEqual(600)
    const { card } = await open('columns-widths')
    const [one, three, , fixed] = await Promise.all(
      (await card.locator('[data-tag="column"]').all()).map(width),
    )
    expect(fixed).toBe(120)
    expect((three ?? 0) / (one ?? 1)).toBeGreaterThan(2.2)
  })

  it('a header is a tint with its title in the strong colour; at most three tags stand beside it', async () => {
    const red = await open('header-red')
    expect(await style(red.card.locator('[data-template="red"]'), 'backgroundColor')).not.toBe(
      'rgba(0, 0, 0, 0)',
    )
    const plain = await open('header-default')
    expect(await style(plain.card.locator('[data-template="default"]'), 'backgroundColor')).toBe(
      'rgba(0, 0, 0, 0)',
    )
    const full = await open('header-full')
    expect(await full.card.locator('[data-tag="text_tag"]').allInnerTexts()).toEqual([
      '待跟进',
      '大额',
      '老客户',
    ])
    expect(await full.card.locator('[data-icon="calendar_outlined"]').count()).toBe(1)
  })

  it('a table turns its pages and writes numbers, dates, people and options', async () => {
    const paged = await open('table-paging')
    await paged.card.getByText('1/5').waitFor()
    await paged.card.getByRole('button', { name: '下一页' }).click()
    await paged.card.getByText('6917000000000000005').waitFor()
    expect(await paged.card.getByRole('button', { name: '上一页' }).isDisabled()).toBe(false)
    const { card } = await open('table-types')
    const cells = await card.locator('tbody tr').first().locator('td').allInnerTexts()
    expect(cells.slice(0, 2)).toEqual(['海岛假期', '¥52,680.00'])
    expect(cells[4]).toBe('2026/11/21')
    expect(await card.locator('[data-person]').count()).toBe(3)
    expect(await card.locator('[data-color="green"]', { hasText: '已付款' }).count()).toBe(1)
    const frozen = await open('table-frozen')
    expect(await style(frozen.card.locator('tbody td').first(), 'position')).toBe('sticky')
  })

  it('a panel opens and shuts on the screen', async () => {
    const { card } = await open('collapsible-panel')
    await card.getByText('张三 护照').waitFor()
    await card.getByRole('button', { name: '出行人信息' }).click()
    await card.getByText('张三 护照').waitFor({ state: 'detached' })
    await card.getByRole('button', { name: '操作记录' }).click()
    await card.getByText('09:12 认领').waitFor()
  })

  it('disabled things cannot be pressed and say why', async () => {
    const { card } = await open('button-disabled')
    const button = card.getByRole('button', { name: '已认领' })
    expect(await button.isDisabled()).toBe(true)
    expect(await button.getAttribute('title')).toBe('林小夏已认领')
  })

  it('texts follow the language of the reader', async () => {
    const { card } = await open('i18n', { language: 'en' })
    await card.getByText('New order').waitFor()
    await card.getByText('English text').waitFor()
  })

  it('a custom text size differs between computer and phone', async () => {
    const pc = await open('custom-style')
    expect(await style(pc.card.getByText('品牌色文字'), 'fontSize')).toBe('24px')
    expect(await style(pc.card.getByText('品牌色文字'), 'color')).toBe('rgb(5, 157, 178)')
    await pc.page.getByRole('button', { name: '手机' }).click()
    await expect.poll(() => style(pc.card.getByText('品牌色文字'), 'fontSize')).toBe('18px')
  })

  it('a picture is shown large when pressed', async () => {
    const { page, card, complaints } = await open('img-sizes')
    await card.getByRole('button', { name: '放大图片 海滩' }).click()
    await page.getByRole('dialog', { name: '海滩' }).getByRole('img', { name: '海滩' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('JSON 1.0 is shown, too: rows of buttons, notes and things beside a text', async () => {
    const { card } = await open('legacy')
    for (const name of ['详情', '认领', '忽略']) await card.getByRole('button', { name }).waitFor()
    await card.getByText('来自抖店 · 5 分钟内有效').waitFor()
  })
})
