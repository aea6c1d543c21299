import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { galleryCards, galleryGroups } from '../../../sandbox/gallery/cards/index.ts'
import { refusedCards } from '../../../sandbox/gallery/invalid/index.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { browserPath, useBrowser } from '../../support/browser.ts'
import { expectedStructure, type Json, type Structure } from './expected-structure.ts'

const example = { people: ['1', '2', '3', '4', '5'], images: ['a', 'b', 'c', 'd'] }
const cards = galleryCards(example)
const pictures = mkdtempSync(join(tmpdir(), 'card-gallery-'))

/** What is on the screen of one card. Runs in the page. */
const readCard = `(root) => {
  const card = root.querySelector('[data-card]')
  const tags = {}
  for (const one of card.querySelectorAll('[data-tag]')) tags[one.dataset.tag] = (tags[one.dataset.tag] ?? 0) + 1
  return {
    tags,
    template: card.querySelector('[data-template]')?.dataset.template ?? null,
    text: card.innerText.replace(/\\s+/g, ' '),
    tables: [...card.querySelectorAll('[data-tag="table"] table')].map((table) => ({
      columns: table.querySelectorAll('th').length,
      rows: table.querySelectorAll('tbody tr').length,
    })),
    charts: card.querySelectorAll('[data-chart] canvas').length,
    alien: card.querySelectorAll('script, iframe, object, embed').length,
    sideways: card.scrollWidth > card.clientWidth + 1,
  }
}`

/** Pages are no part of this program's types: the code goes there as text. */
const inPage = new Function('root', `return (${readCard})(root)`) as (root: unknown) => unknown

type Seen = Omit<Structure, 'texts'> & { text: string; alien: number; sideways: boolean }

describe.skipIf(browserPath === undefined)('the card gallery in the browser', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  async function check(page: Page, id: string, width: string): Promise<void> {
    const specimen = page.locator(`[data-specimen="${id}"]`)
    const json = cards.find((one) => one.id === id)?.card as Json
    const expected = expectedStructure(json)
    const read = () => specimen.evaluate(inPage) as Promise<Seen>
    if (expected.charts > 0)
      await expect.poll(async () => (await read()).charts, { timeout: 20_000 }).toBe(expected.charts)
    const shown = await read()
    expect(shown.alien, id).toBe(0)
    expect(shown.sideways, `${id} scrolls sideways at ${width}`).toBe(false)
    if (json.schema === '2.0') {
      expect(shown.tags, id).toEqual(expected.tags)
      expect(shown.tables, id).toEqual(expected.tables)
    }
    expect(shown.template ?? null, id).toBe(
      json.schema === '2.0' ? expected.template : (shown.template ?? null),
    )
    for (const text of expected.texts) expect(shown.text, id).toContain(text.replace(/\s+/g, ' '))
    await specimen.screenshot({ path: join(pictures, `${id}-${width}.png`) })
  }

  it.each(galleryGroups.map(({ id, title }) => [title, id]))(
    'draws every card of the group %s with its tags, texts, columns and charts, at both widths',
    async (_title, group) => {
      for (const width of ['desktop', 'phone']) {
        const { page, complaints } = await browser.open(`${url}/gallery?group=${group}`, {
          phone: width === 'phone',
        })
        await page.locator('[data-specimen]').first().waitFor()
        const ids = cards.filter((one) => one.group === group).map(({ id }) => id)
        expect(await page.locator('[data-specimen]').count()).toBe(ids.length)
        for (const id of ids) await check(page, id, width)
        expect(complaints).toEqual([])
      }
    },
  )

  it('shows every refused card with the code and the words of the platform', async () => {
    const { page, complaints } = await browser.open(`${url}/gallery?tab=refused`)
    await page.locator('[data-refused]').first().waitFor()
    const shown = await page
      .locator('[data-refused]')
      .evaluateAll(
        new Function(
          'list',
          'return list.map((one) => [one.dataset.refused, one.querySelector("b").textContent, one.querySelector("p span").textContent])',
        ) as never,
      )
    expect(shown).toEqual(refusedCards.map(({ id, code, msg }) => [id, String(code), msg]))
    expect(complaints).toEqual([])
  })

  it('finds cards by words of their title or JSON, and shows their JSON', async () => {
    const { page } = await browser.open(`${url}/gallery`)
    await page.getByRole('searchbox', { name: '搜索卡片' }).fill('红线')
    await expect.poll(() => page.locator('[data-specimen]').count()).toBe(1)
    await page.getByText('JSON', { exact: true }).click()
    await page.getByRole('region', { name: '卡片 JSON' }).getByText('"template": "red"').waitFor()
    await page.getByRole('searchbox', { name: '搜索卡片' }).fill('没有这种东西')
    await page.getByText('没有这样的卡片').waitFor()
  })

  it('shows cards as on a phone: columns below each other, in the width of a phone', async () => {
    const { page } = await browser.open(`${url}/gallery?card=columns-stretch`)
    const columns = page.locator('[data-tag="column"]')
    const tops = async () => {
      const boxes = await Promise.all((await columns.all()).map((column) => column.boundingBox()))
      return new Set(boxes.map((box) => Math.round(box?.y ?? 0))).size
    }
    await expect.poll(tops).toBe(1)
    await page.getByRole('button', { name: '手机' }).click()
    await expect.poll(tops).toBe(4)
  })

  it('says in the editor what the platform would answer, or draws the card', async () => {
    const { page, complaints } = await browser.open(`${url}/gallery?tab=editor&card=button-type`)
    await page.getByText('button.type must be one of').waitFor()
    const editor = page.getByRole('textbox', { name: '卡片 JSON' })
    await editor.fill('{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"**你好**"}]}}')
    await page.getByText('平台接受这张卡片').waitFor()
    await page.locator('[data-card] strong', { hasText: '你好' }).waitFor()
    await editor.fill('{')
    await page.getByText('content is not a string in json format').waitFor()
    expect(complaints).toEqual([])
  })
})
