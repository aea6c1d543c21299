import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../support/browser.ts'
import { type BaseWorld, hostile, startBaseWorld } from './base-views-world.ts'

describe.skipIf(browserPath === undefined)('a base as cards', () => {
  const browser = useBrowser()
  let world: BaseWorld
  beforeAll(async () => {
    world = await startBaseWorld()
  })
  afterAll(() => world.sandbox.close())
  const open = (view: 'kanban' | 'gallery', options: { phone?: boolean } = {}) =>
    browser.open(world.address(world.views[view]), { person: world.person, ...options })

  it('a card that is dragged into another column changes its value, and the counts follow', async () => {
    const { page, complaints } = await open('kanban')
    const column = (name: string) => page.locator(`[data-column="${name}"]`)
    await expect.poll(() => column('待处理').getAttribute('aria-label')).toBe('待处理 2')
    await column('待处理').getByRole('button', { name: '退款一', exact: true }).dragTo(column('已完成'))
    await expect.poll(() => column('已完成').getAttribute('aria-label')).toBe('已完成 1')
    await expect.poll(() => column('待处理').getAttribute('aria-label')).toBe('待处理 1')
    await expect.poll(async () => (await world.values('状态')).退款一).toBe('已完成')
    expect(complaints).toEqual([])
  })

  it('the same goes by the menu of a card, and out of every column', async () => {
    const { page } = await open('kanban')
    await page.getByRole('button', { name: '移动“投诉”' }).click()
    await page.getByRole('menuitem', { name: '未分组' }).click()
    await expect.poll(async () => (await world.values('状态')).投诉).toBe(null)
    await expect
      .poll(() => page.locator('[data-column="未分组"]').getAttribute('aria-label'))
      .toBe('未分组 2')
  })

  it('a record added in a column has its value and opens', async () => {
    const { page } = await open('kanban')
    await page.getByRole('button', { name: '在“处理中”新增记录' }).click()
    await expect
      .poll(async () => Object.entries(await world.values('状态')))
      .toContainEqual(['undefined', '处理中'])
    await expect.poll(() => page.url()).toContain('record=')
  })

  it('a change made elsewhere shows without reloading', async () => {
    const { page } = await open('kanban')
    await page.locator('[data-column="待处理"]').waitFor()
    const rows = await world.web('GET', `base/${world.app}/tables/${world.table}/rows?from=0&count=100`)
    const row = rows.rows.find(
      (one: { cells: Record<string, unknown> }) => one.cells[world.fields.文本 ?? ''] === '退款二',
    )
    await world.web('PATCH', `base/${world.app}/tables/${world.table}/rows`, {
      changes: [{ record_id: row.record_id, cells: { [world.fields.状态 ?? '']: '处理中' } }],
    })
    await page
      .locator('[data-column="处理中"]')
      .getByRole('button', { name: '退款二', exact: true })
      .waitFor()
  })

  it('what people wrote is text, in columns and on cards', async () => {
    const { page, complaints } = await open('kanban')
    await page.getByRole('button', { name: hostile, exact: true }).waitFor()
    await page.locator('li[data-column]').filter({ hasText: hostile }).first().waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    expect(['1', '2']).not.toContain(await page.title())
    expect(complaints).toEqual([])
  })

  it('the gallery shows pictures as covers and opens a record', async () => {
    const { page, complaints } = await open('gallery')
    const card = page.getByRole('list', { name: '画册' }).getByRole('button', { name: '退款一' })
    await card.getByRole('img', { name: '收据.png' }).first().waitFor()
    await card.click()
    await expect.poll(() => page.url()).toContain('record=')
    expect(complaints).toEqual([])
  })

  it('both fit a phone, where the menu moves cards', async () => {
    for (const view of ['kanban', 'gallery'] as const) {
      const { page } = await open(view, { phone: true })
      await page.getByRole('list', { name: view === 'kanban' ? '看板' : '画册' }).waitFor()
      const { wide, room } = (await page.evaluate(
        '({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth })',
      )) as { wide: number; room: number }
      expect(wide).toBeLessThanOrEqual(room)
    }
  })
})
