import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { browserPath, useBrowser } from '../../support/browser.ts'

describe.skipIf(browserPath === undefined)('the workbench', () => {
  const browser = useBrowser()
  let sandbox: Sandbox
  let url: string
  beforeAll(async () => {
    sandbox = await buildSandbox({ seed: 7, statePath: null })
    url = await sandbox.listen(0)
  })
  afterAll(() => sandbox.close())
  beforeEach(() => {
    sandbox.kernel.faults.clear()
    sandbox.kernel.traffic.clear()
  })

  const call = (path: string, token = sandbox.kernel.tokens.issue().token, body?: unknown) =>
    fetch(`${url}/open-apis${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const open = (path: string, options = {}) => browser.open(`${url}/workbench/${path}`, options)
  const line = (page: Page, text: string) =>
    page.getByRole('list', { name: '流量' }).getByRole('button').filter({ hasText: text }).first()

  it('shows a fault made with one press strike a call, and how far that call got', async () => {
    const { page, complaints } = await open('faults')
    await page.getByText('一切正常').waitFor()
    await page.getByRole('button', { name: /^429 风暴/ }).click()
    await page.locator('[data-fault="http_429"]').getByText('已命中 0 次').waitFor()
    await page.getByRole('tab', { name: '流量' }).click()
    await page.getByText('还没有流量').waitFor()
    const statuses: number[] = []
    while (!statuses.includes(429)) statuses.push((await call('/im/v1/chats')).status)
    await line(page, 'http_429').click()
    const detail = page.getByRole('complementary', { name: '记录详情' })
    await detail.getByText('429 · 99991400').waitFor()
    await expect.poll(() => detail.locator('[data-gate="fault"]').getAttribute('data-state')).toBe('refused')
    expect(await detail.locator('[data-gate="schema"]').getAttribute('data-state')).toBe('passed')
    expect(await detail.locator('[data-gate="handler"]').getAttribute('data-state')).toBe('unasked')
    await page.getByRole('tab', { name: /故障/ }).click()
    await page.getByRole('button', { name: '全部移除' }).click()
    await page.getByText('一切正常').waitFor()
    expect(complaints).toEqual([])
  })

  it('adds a fault for one route, so many times, and takes it away again', async () => {
    const { page } = await open('faults')
    const form = page.getByRole('form', { name: '自定义故障' })
    await form.getByLabel('种类').selectOption('code')
    await form.getByLabel('接口（可用 * 结尾）').fill('GET /open-apis/im/v1/chats')
    await form.getByLabel('次数（空：一直）').fill('2')
    await form.getByLabel('错误码').fill('232019')
    await form.getByRole('button', { name: '加上故障' }).click()
    await page.locator('[data-fault="code"]').getByText('还剩 2 次').waitFor()
    expect(await (await call('/im/v1/chats')).json()).toMatchObject({ code: 232019 })
    await page.locator('[data-fault="code"]').getByText('已命中 1 次').waitFor()
    await page.getByRole('button', { name: '移除 code' }).click()
    await page.getByText('一切正常').waitFor()
    expect(await (await call('/im/v1/chats')).json()).toMatchObject({ code: 0 })
  })

  it('refuses a fault that makes no sense, in words', async () => {
    const { page } = await open('faults')
    const form = page.getByRole('form', { name: '自定义故障' })
    await form.getByLabel('概率 0–1').fill('3')
    await form.getByRole('button', { name: '加上故障' }).click()
    await page.locator('[data-toast="error"]').getByText('probability').waitFor()
    expect(sandbox.kernel.faults.list()).toEqual([])
  })

  it('names the fields a schema refused, filters, pauses and clears', async () => {
    await call('/im/v1/messages?receive_id_type=chat_id', undefined, { receive_id: 7 })
    await call('/im/v1/chats')
    const { page } = await open('traffic')
    await line(page, '99992402').click()
    await page.getByRole('complementary').locator('[data-gate="schema"][data-state="refused"]').waitFor()
    await page.getByRole('complementary').getByText('receive_id', { exact: true }).waitFor()
    await page.getByRole('button', { name: '关闭' }).click()
    await page.getByLabel('搜索流量').fill('chats')
    await expect.poll(() => page.getByText('1 条').count()).toBe(1)
    expect(new URL(page.url()).searchParams.get('q')).toBe('chats')
    await page.reload()
    await page.getByText('1 条').waitFor()
    await page.getByRole('button', { name: '暂停' }).click()
    await call('/im/v1/chats?page_size=9')
    await page.getByRole('button', { name: '继续' }).click()
    await page.getByText('2 条').waitFor()
    await page.getByRole('button', { name: '清空' }).click()
    await page.getByText('还没有流量').waitFor()
  })

  it('shows every try of an event and moves the clock to its next one', async () => {
    sandbox.kernel.events.emit({ schema: '2.0', type: 'im.message.receive_v1', event: { text: 'hi' } })
    const { page, complaints } = await open('clock')
    const next = page.getByRole('region', { name: '接下来' })
    await next.getByText('重推事件 im.message.receive_v1').first().waitFor()
    await page.getByRole('button', { name: '+15 秒' }).click()
    await page.getByText('时钟已前进 15 秒').waitFor()
    await page.getByRole('tab', { name: '流量' }).click()
    await line(page, 'im.message.receive_v1 ×2').click()
    const tries = page.getByRole('region', { name: '投递' })
    await tries.getByText('第 1 次').waitFor()
    await tries.getByText('第 2 次').waitFor()
    await tries.getByText('下次重试').waitFor()
    expect(complaints).toEqual([])
  })

  it('stops time and lets it run on', async () => {
    const { page } = await open('clock')
    await page.getByRole('button', { name: '停住' }).click()
    await page.getByText('已停住').waitFor()
    const before = sandbox.kernel.clock.now()
    await page.getByRole('button', { name: '+1 小时' }).click()
    await expect.poll(() => sandbox.kernel.clock.now()).toBe(before + 3_600_000)
    await page.getByRole('button', { name: '继续走' }).click()
    await page.getByRole('button', { name: '停住' }).waitFor()
    expect(sandbox.kernel.clock.isFrozen()).toBe(false)
  })

  it('covers secrets until asked, and delivers only what is ticked', async () => {
    const { page } = await open('connect')
    const { appSecret, appId } = sandbox.kernel.identity()
    await page.getByText(appId, { exact: true }).waitFor()
    expect(await page.getByText(appSecret).count()).toBe(0)
    await page.getByRole('button', { name: '显示 App Secret' }).click()
    await page.getByText(appSecret).waitFor()
    await page.getByRole('checkbox', { name: /im\.message\.receive_v1/ }).click()
    await expect.poll(() => sandbox.kernel.settings.subscriptions?.length).toBeGreaterThan(3)
    expect(sandbox.kernel.settings.subscriptions).not.toContain('im.message.receive_v1')
    sandbox.kernel.events.emit({ schema: '2.0', type: 'im.message.receive_v1', event: {} })
    await page.getByText('1 次未推送').waitFor()
    await page.getByRole('checkbox', { name: /im\.message\.receive_v1/ }).click()
    await expect.poll(() => sandbox.kernel.settings.subscriptions).toBe(null)
  })

  it('changes settings and refuses an address that does not echo the challenge', async () => {
    const { page } = await open('settings')
    await page.getByLabel('每次应答多等（毫秒）').fill('5')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已保存').waitFor()
    expect(sandbox.kernel.settings.latencyMs).toBe(5)
    sandbox.kernel.settings.latencyMs = 0
    await page.getByRole('textbox', { name: '事件' }).fill(`${url}/_control/clock`)
    await page.getByRole('button', { name: '保存事件地址' }).click()
    await page.locator('[data-toast="error"]').waitFor()
    expect(sandbox.kernel.settings.eventUrl).toBe(null)
  })

  it('keeps a world, goes back to it, and hands it over as a file', async () => {
    const { page, complaints } = await open('snapshots')
    await page.getByLabel('快照名称').fill('演示前')
    await page.getByRole('button', { name: '存一份' }).click()
    await page.locator('[data-snapshot="演示前"]').waitFor()
    const rate = sandbox.kernel.settings.ordersPerMinute
    sandbox.kernel.settings.ordersPerMinute = 77
    await page.getByRole('button', { name: '载入 演示前' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '载入' }).click()
    await page.getByText('已回到「演示前」').waitFor()
    expect(sandbox.kernel.settings.ordersPerMinute).toBe(rate)
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: '下载快照' }).click()
    const file = await (await downloading).path()
    const { worldId } = sandbox.kernel.identity()
    await page.getByRole('button', { name: '重置世界' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '重置' }).click()
    await expect.poll(() => sandbox.kernel.identity().worldId).not.toBe(worldId)
    const bytes = readFileSync(file)
    const upload = (name: string, buffer: Buffer) =>
      page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/json', buffer })
    await upload('world.json', bytes)
    await page.getByText('已换成文件里的世界').waitFor()
    expect(sandbox.kernel.identity().worldId).toBe(worldId)
    expect(complaints).toEqual([])
    await upload('broken.json', Buffer.from('{"kind":'))
    await page.getByText('文件不是 JSON').waitFor()
    await upload('other.json', Buffer.from(JSON.stringify({ ...JSON.parse(String(bytes)), format: 99 })))
    await page.locator('[data-toast="error"]').getByText('99').first().waitFor()
    expect(sandbox.kernel.identity().worldId).toBe(worldId)
  })

  it('documents the control API from its routes and tries one', async () => {
    const { page } = await open('api')
    await page.getByLabel('搜索接口').fill('douyin-shop/orders')
    await page.getByText('顾客下单').click()
    await page.getByRole('button', { name: '试一下' }).click()
    await page.getByRole('region', { name: '应答' }).getByText('order_ids').waitFor()
  })

  it.each(['traffic', 'faults', 'clock', 'connect', 'settings', 'snapshots', 'api'])(
    'fits a phone: %s',
    async (tab) => {
      await call('/im/v1/chats')
      // English words are longer: what fits in English fits in Chinese.
      const { page, complaints } = await open(tab, { phone: true, language: 'en' })
      await page.getByRole('tab', { selected: true }).first().waitFor()
      await page.locator('main section, main ul button, main details').first().waitFor()
      const widths = (await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      )) as [number, number]
      expect(widths[0]).toBeLessThanOrEqual(widths[1])
      const right = await page.evaluate(
        'Math.max(...[...document.querySelectorAll("main section, main ul")].map((one) => one.getBoundingClientRect().right))',
      )
      expect(right).toBeLessThanOrEqual(widths[1])
      expect(complaints).toEqual([])
    },
  )

  it('shows one pane at a time on a phone, with a way back', async () => {
    await call('/im/v1/chats')
    const { page } = await open('traffic', { phone: true })
    await line(page, '/im/v1/chats').click()
    await page.getByRole('button', { name: '返回列表' }).click()
    await line(page, '/im/v1/chats').waitFor()
  })
})
