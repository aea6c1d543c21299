import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listUsers } from '../../sandbox/feishu/contact/index.ts'
import { wikiState } from '../../sandbox/feishu/wiki/wiki-state.ts'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import type { Loose } from '../sandbox/kernel-sandbox.ts'
import { browserPath, useBrowser } from '../support/browser.ts'

const hostile = '<script>globalThis.hit=1</script><b>粗</b>'
const text = (content: string, style: Record<string, unknown> = {}) => ({
  elements: [{ text_run: { content, text_element_style: style } }],
})

describe.skipIf(browserPath === undefined)('the documents', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null, frozen: true })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  const idOf = (name: string) => listUsers(sandbox.kernel).find((one) => one.name === name)?.open_id ?? ''
  async function api(method: string, path: string, body?: unknown): Promise<Loose> {
    await sandbox.kernel.clock.advance(1_000)
    const answer = await fetch(`${url}/open-apis${path}`, {
      method,
      headers: {
        authorization: `Bearer ${sandbox.kernel.tokens.issue().token}`,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const { code, msg, data } = (await answer.json()) as Loose
    expect({ code, msg }).toMatchObject({ code: 0 })
    return data
  }

  it.each([
    { name: 'a desktop', phone: false },
    { name: 'a phone', phone: true },
  ])('on $name: a page of the wiki is found in the tree and read', async ({ phone }) => {
    const { page, complaints } = await browser.open(`${url}/docs`, { phone, person: idOf('林小夏') })
    await page.getByRole('navigation', { name: '云文档目录' }).getByRole('link', { name: '退款规则' }).click()
    await page.getByRole('heading', { level: 1, name: '退款规则' }).waitFor()
    await page.getByRole('heading', { name: '谁可以批' }).waitFor()
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(['金额', '谁批', '多久内'])
    await page.getByLabel('已完成').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await page.reload()
    await page.getByRole('heading', { level: 1, name: '退款规则' }).waitFor()
    if (phone) await page.getByRole('link', { name: '返回目录' }).click()
    await page
      .getByRole('navigation', { name: '云文档目录' })
      .getByRole('link', { name: '温泉双人票' })
      .waitFor()
    expect(complaints).toEqual([])
  })

  it('shows what the app writes, live, with every kind of block and nothing as markup', async () => {
    const space = wikiState(sandbox.kernel).spaces[0]?.space_id ?? ''
    const { node } = await api('POST', `/wiki/v2/spaces/${space}/nodes`, {
      obj_type: 'docx',
      node_type: 'origin',
      title: '日报',
    })
    const { page, complaints } = await browser.open(`${url}/wiki/${node.node_token}`, {
      person: idOf('周宁'),
    })
    await page.getByText('这篇文档还没有内容').waitFor()
    await api('POST', `/docx/v1/documents/${node.obj_token}/blocks/${node.obj_token}/children`, {
      children: [
        { block_type: 3, heading1: text('今日订单') },
        {
          block_type: 2,
          text: text(hostile, {
            bold: true,
            link: { url: encodeURIComponent('javascript:globalThis.hit=1') },
          }),
        },
        {
          block_type: 2,
          text: text('看明细', { link: { url: encodeURIComponent('https://example.com/x') } }),
        },
        { block_type: 2, text: { elements: [{ mention_user: { user_id: idOf('王岚') } }] } },
        { block_type: 14, code: text('SELECT 1') },
        { block_type: 19, callout: { background_color: 2, emoji_id: 'pushpin' } },
        { block_type: 22, divider: {} },
        { block_type: 31, table: { property: { row_size: 1, column_size: 2 } } },
      ],
    })
    await page.getByRole('heading', { name: '今日订单' }).waitFor()
    await page.getByText(hostile).waitFor()
    await page.getByText('@王岚').waitFor()
    expect(await page.getByRole('link', { name: hostile }).count()).toBe(0)
    expect(await page.getByRole('link', { name: '看明细' }).getAttribute('href')).toBe(
      'https://example.com/x',
    )
    expect(await page.getByRole('cell').count()).toBe(2)
    expect(await page.evaluate('globalThis.hit')).toBeUndefined()
    expect(complaints).toEqual([])
  })

  it('finds words, and keeps what a person may not read from that person', async () => {
    const { page } = await browser.open(`${url}/docs`, { person: idOf('赵敏') })
    await page.getByRole('searchbox', { name: '搜索文档' }).fill('结算日')
    await page
      .getByRole('list', { name: '搜索结果' })
      .getByRole('link', { name: /月度对账口径/ })
      .click()
    await page.getByRole('heading', { level: 1, name: '月度对账口径' }).waitFor()
    const address = page.url()
    const other = await browser.open(address, { person: idOf('林小夏') })
    await other.page.getByText('你不是这个知识库的成员').waitFor()
    await other.page.goto(`${url}/docs`)
    expect(await other.page.getByText('财务内部').count()).toBe(0)
  })
})
