import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listUsers } from '../../sandbox/feishu/contact/index.ts'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { browserPath, useBrowser } from '../support/browser.ts'

const hostile = '<img src=x onerror="globalThis.hit=1"> <b>粗</b>'

describe.skipIf(browserPath === undefined)('the task page', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())

  const idOf = (name: string) => listUsers(sandbox.kernel).find((one) => one.name === name)?.open_id ?? ''
  async function create(body: Record<string, unknown>): Promise<string> {
    const answer = await fetch(`${url}/open-apis/task/v2/tasks`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${sandbox.kernel.tokens.issue().token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ members: [{ id: idOf('林小夏'), role: 'assignee' }], ...body }),
    })
    return ((await answer.json()) as { data: { task: { guid: string } } }).data.task.guid
  }
  async function status(guid: string): Promise<string> {
    const answer = await fetch(`${url}/open-apis/task/v2/tasks/${guid}`, {
      headers: { authorization: `Bearer ${sandbox.kernel.tokens.issue().token}` },
    })
    return ((await answer.json()) as { data: { task: { status: string } } }).data.task.status
  }

  it.each([
    { name: 'a desktop', phone: false },
    { name: 'a phone', phone: true },
  ])(
    'on $name: a task of the app appears at once, is opened, ticked off and opened again',
    async ({ phone }) => {
      const { page, complaints } = await browser.open(`${url}/tasks`, { phone, person: idOf('林小夏') })
      await page.getByText('核对昨晚直播的退款名单').waitFor()
      const summary = `回访客人 ${phone ? '手机' : '桌面'}`
      const guid = await create({
        summary,
        description: '先看聊天记录',
        origin: {
          platform_i18n_name: { zh_cn: '汇流' },
          href: { url: 'https://example.com/o/1', title: '订单 1' },
        },
      })
      await page.getByText(summary).click()
      await page.getByText('先看聊天记录').waitFor()
      const link = page.getByRole('link', { name: /订单 1/ })
      expect(await link.getAttribute('href')).toBe('https://example.com/o/1')
      const detail = page.getByRole('complementary', { name: '任务详情' })
      await detail.getByRole('button', { name: `完成：${summary}` }).click()
      await expect.poll(() => status(guid)).toBe('done')
      await expect
        .poll(() => detail.getByRole('button', { name: `完成：${summary}` }).getAttribute('aria-pressed'))
        .toBe('true')
      await detail.getByRole('button', { name: `完成：${summary}` }).click()
      await expect.poll(() => status(guid)).toBe('todo')
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await page.getByRole('button', { name: phone ? '返回' : '关闭' }).click()
      await page.getByText('核对昨晚直播的退款名单').waitFor()
      expect(complaints).toEqual([])
    },
  )

  it('adds a task by hand and says something about it', async () => {
    const { page, complaints } = await browser.open(`${url}/tasks`, { person: idOf('周宁') })
    await page.getByRole('textbox', { name: '新建任务' }).fill('给门店打电话')
    await page.getByRole('textbox', { name: '新建任务' }).press('Enter')
    await page.getByText('给门店打电话').click()
    await page.getByRole('textbox', { name: '评论内容' }).fill('下午打')
    await page.getByRole('button', { name: '发送' }).click()
    await page.getByText('下午打').waitFor()
    expect(complaints).toEqual([])
  })

  it('shows what is written as text, and no address that runs', async () => {
    await create({
      summary: hostile,
      description: hostile,
      origin: {
        platform_i18n_name: { zh_cn: '坏' },
        href: { url: 'javascript:globalThis.hit=1', title: '别点' },
      },
    })
    const { page, complaints } = await browser.open(`${url}/tasks`, { person: idOf('林小夏') })
    await page.getByText(hostile).first().click()
    await page.getByRole('heading', { name: hostile }).waitFor()
    expect(await page.getByText('别点').count()).toBe(0)
    expect(await page.evaluate('globalThis.hit')).toBeUndefined()
    expect(complaints).toEqual([])
  })

  it('shows nobody else’s tasks', async () => {
    const { page } = await browser.open(`${url}/tasks?view=all`, { person: idOf('赵敏') })
    await page.getByText('导出上月对账单').waitFor()
    expect(await page.getByText('核对昨晚直播的退款名单').count()).toBe(0)
  })
})
