import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../../support/browser.ts'
import { calls, cardOf, type PressWorld, plain, startPressWorld } from './press-world.ts'

const claim = { tag: 'button', name: 'claim', text: plain('认领'), behaviors: calls({ action: 'claim' }) }
const claimed = { ...cardOf({ tag: 'markdown', content: '林小夏 已认领' }) }

describe.skipIf(browserPath === undefined)("the app's answer to a press", () => {
  const browser = useBrowser()
  let world: PressWorld
  beforeAll(async () => {
    world = await startPressWorld()
  })
  afterAll(() => world.sandbox.close())

  it('is shown as a toast, and its card replaces the pressed one', async () => {
    const shown = await world.show(browser, cardOf(claim))
    shown.bot.answer = {
      status: 200,
      body: JSON.stringify({
        toast: { type: 'success', content: '已认领' },
        card: { type: 'raw', data: claimed },
      }),
    }
    await shown.card.getByRole('button', { name: '认领' }).click()
    await shown.page.locator('[data-toast="success"]', { hasText: '已认领' }).waitFor()
    await shown.card.getByText('林小夏 已认领').waitFor()
    expect(await shown.card.getByRole('button', { name: '认领' }).count()).toBe(0)
    expect(shown.complaints).toEqual([])
  })

  it('says its toast in the language of the person', async () => {
    const shown = await world.show(browser, cardOf(claim))
    const toast = { type: 'info', content: '默认', i18n: { zh_cn: '中文提示', en_us: 'English' } }
    shown.bot.answer = { status: 200, body: JSON.stringify({ toast }) }
    await shown.card.getByRole('button', { name: '认领' }).click()
    await shown.page.locator('[data-toast="info"]', { hasText: '中文提示' }).waitFor()
  })

  it('is waited for with the pressed button busy, and only that one', async () => {
    const other = { tag: 'button', text: plain('其他'), behaviors: calls() }
    const shown = await world.show(browser, cardOf(claim, other))
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    await shown.page.route('**/_web/cards/click', async (route) => {
      await held
      await route.continue()
    })
    const button = shown.card.getByRole('button', { name: '认领' })
    await button.click()
    await expect.poll(() => button.getAttribute('aria-busy')).toBe('true')
    expect(await button.isDisabled()).toBe(true)
    expect(await shown.card.getByRole('button', { name: '其他' }).isDisabled()).toBe(false)
    release()
    await expect.poll(() => button.getAttribute('aria-busy')).toBe('false')
    expect(shown.bot.received).toHaveLength(1)
  })

  it.each([
    ['answers 500', { status: 500, body: '{}' }, 200671],
    ['answers no JSON', { status: 200, body: 'ok' }, 200672],
    [
      'answers a card that is no card',
      { status: 200, body: '{"card":{"type":"raw","data":{"schema":"2.0","x":1}}}' },
      200673,
    ],
    ['hangs up', null, 200342],
  ] as const)('is an error with its code when the app %s', async (_what, answer, code) => {
    const shown = await world.show(browser, cardOf(claim))
    shown.bot.answer = answer
    await shown.card.getByRole('button', { name: '认领' }).click()
    await shown.page.locator('[data-toast="error"]', { hasText: `code: ${code}` }).waitFor()
    await shown.card.getByRole('button', { name: '认领' }).waitFor()
  })

  it('is 200340 when no app listens', async () => {
    const shown = await world.show(browser, cardOf(claim), { bot: false })
    await shown.card.getByRole('button', { name: '认领' }).click()
    await shown.page
      .locator('[data-toast="error"]', { hasText: '应用未配置卡片回调地址 code: 200340' })
      .waitFor()
  })

  it('is not asked for before a question was answered', async () => {
    const asking = { ...claim, confirm: { title: plain('认领这笔订单？'), text: plain('认领后由你跟进') } }
    const shown = await world.show(browser, cardOf(asking))
    const dialog = shown.page.getByRole('dialog', { name: '认领这笔订单？' })
    await shown.card.getByRole('button', { name: '认领' }).click()
    await dialog.getByText('认领后由你跟进').waitFor()
    await dialog.getByRole('button', { name: '取消' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(shown.bot.received).toEqual([])
    await shown.card.getByRole('button', { name: '认领' }).click()
    await dialog.getByRole('button', { name: '确定' }).click()
    expect(await shown.action()).toMatchObject({ name: 'claim' })
  })

  it.each([
    ['a computer', false, 'https://shop.example/pc'],
    ['a phone', true, 'https://shop.example/android'],
  ] as const)(
    'goes beside a link, which opens in a new tab at the address of %s',
    async (_what, phone, address) => {
      const both = {
        ...claim,
        behaviors: [
          {
            type: 'open_url',
            default_url: 'https://shop.example/any',
            pc_url: 'https://shop.example/pc',
            android_url: 'https://shop.example/android',
          },
          ...calls({ action: 'claim' }),
        ],
      }
      const shown = await world.show(browser, cardOf(both), { phone })
      await shown.page.context().route('https://shop.example/**', (route) => route.fulfill({ body: 'shop' }))
      const tab = shown.page.context().waitForEvent('page')
      await shown.card.getByRole('button', { name: '认领' }).click()
      await (await tab).waitForURL(address)
      expect(await shown.action()).toMatchObject({ value: { action: 'claim' } })
    },
  )

  it('may come later: a card that the bot changes changes on the screen', async () => {
    const shown = await world.show(browser, cardOf(claim))
    const token = world.sandbox.kernel.tokens.issue().token
    const answer = await fetch(`${world.url}/open-apis/im/v1/messages/${shown.messageId}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: JSON.stringify(claimed) }),
    })
    expect(answer.status).toBe(200)
    await shown.card.getByText('林小夏 已认领').waitFor()
  })
})
