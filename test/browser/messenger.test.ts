import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { onePixel } from '../sandbox/im-pictures.ts'
import { browserPath, useBrowser } from '../support/browser.ts'
import { useMessengerWorld } from './messenger-world.ts'

const card = (title: string, text: string) => ({
  schema: '2.0',
  config: { update_multi: true },
  header: { title: { tag: 'plain_text', content: title } },
  body: { elements: [{ tag: 'markdown', content: text }] },
})

describe.skipIf(browserPath === undefined)('the messenger', () => {
  const browser = useBrowser()
  const world = useMessengerWorld()
  const write = (page: Page) => page.getByRole('textbox', { name: /^(发送给|Message)/ })
  const log = (page: Page) => page.getByRole('log')
  const row = (page: Page, name: string) => page.locator(`[data-chat="${name}"]`)
  const unread = (page: Page, name: string) =>
    row(page, name)
      .getByLabel(/条未读/)
      .textContent()

  it('sends a text with Enter, keeps Shift+Enter as a new line, and shows what others write at once', async () => {
    const chat = world.group('客服日常', ['林小夏', '周宁'])
    const { page, complaints } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
      person: world.id('林小夏'),
    })
    await write(page).fill('第一行')
    await write(page).press('Shift+Enter')
    await write(page).pressSequentially('第二行')
    await write(page).press('Enter')
    await expect.poll(() => log(page).textContent()).toContain('第一行\n第二行')
    await expect.poll(() => write(page).inputValue()).toBe('')
    await world.as('周宁', `chats/${chat.chat_id}/messages`, { type: 'text', content: { text: '收到' } })
    await log(page).getByText('收到', { exact: true }).waitFor()
    expect(complaints).toEqual([])
  })

  it('counts what is unread for each person, and no longer once the chat was opened', async () => {
    const chat = world.group('未读计数群', ['林小夏', '周宁', '陈果'])
    const say = (text: string) =>
      world.as('陈果', `chats/${chat.chat_id}/messages`, { type: 'text', content: { text } })
    await say('一')
    await say(`<at user_id="${world.id('林小夏')}">林小夏</at> 二`)
    const lin = await browser.open(`${world.url}/messenger`, { person: world.id('林小夏') })
    const zhou = await browser.open(`${world.url}/messenger`, { person: world.id('周宁') })
    await expect.poll(() => unread(lin.page, '未读计数群')).toBe('2')
    await row(lin.page, '未读计数群').getByText('[有人@我]').waitFor()
    await row(lin.page, '未读计数群').click()
    await row(lin.page, '未读计数群')
      .getByLabel(/条未读/)
      .waitFor({ state: 'detached' })
    await expect.poll(() => unread(zhou.page, '未读计数群')).toBe('2')
    await say('三')
    await expect.poll(() => unread(zhou.page, '未读计数群')).toBe('3')
    await log(lin.page).getByText('三', { exact: true }).waitFor()
    const chen = await browser.open(`${world.url}/messenger/${chat.chat_id}`, { person: world.id('陈果') })
    await chen.page.getByRole('button', { name: '1 人未读' }).last().click()
    await chen.page.getByText('林小夏', { exact: true }).last().waitFor()
  })

  it('shows a card when it arrives and follows its changes', async () => {
    const chat = world.group('卡片群', ['林小夏'])
    const { page, complaints } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
      person: world.id('林小夏'),
    })
    await page.getByText('还没有消息').first().waitFor()
    const id = await world.send(chat, 'interactive', card('新订单', '待认领'))
    await log(page).getByText('待认领').waitFor()
    await log(page).getByText('机器人', { exact: true }).waitFor()
    await world.api('PATCH', `/im/v1/messages/${id}`, {
      content: JSON.stringify(card('新订单', '林小夏已认领')),
    })
    await log(page).getByText('林小夏已认领').waitFor()
    expect(await log(page).getByText('待认领').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('tells the bot in a group only when it is mentioned', async () => {
    const chat = world.group('提及群', ['林小夏', '周宁'])
    const { page } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
      person: world.id('林小夏'),
    })
    const heard = () => world.events.filter((type) => type === 'im.message.receive_v1').length
    const before = heard()
    await write(page).fill('大家好')
    await write(page).press('Enter')
    await log(page).getByText('大家好').waitFor()
    expect(heard()).toBe(before)
    await write(page).pressSequentially('@汇流')
    await page.getByRole('list', { name: '选择要提及的人' }).getByText('汇流助手').waitFor()
    await write(page).press('Enter')
    await write(page).pressSequentially('查订单')
    await write(page).press('Enter')
    await log(page).getByText('@汇流助手').waitFor()
    expect(heard()).toBe(before + 1)
  })

  it('answers in a thread and quotes a message', async () => {
    const chat = world.group('话题群', ['林小夏', '周宁'])
    await world.as('周宁', `chats/${chat.chat_id}/messages`, {
      type: 'text',
      content: { text: '改期怎么办' },
    })
    const { page, complaints } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
      person: world.id('林小夏'),
    })
    await log(page).getByText('改期怎么办').hover()
    await page.getByRole('button', { name: '在话题中回复' }).click()
    const thread = page.getByRole('complementary', { name: '话题' })
    await thread.getByRole('textbox', { name: '回复话题' }).fill('先问库存')
    await thread.getByRole('textbox', { name: '回复话题' }).press('Enter')
    await thread.getByText('1 条回复').waitFor()
    await log(page)
      .getByRole('button', { name: /1 条回复/ })
      .waitFor()
    await page.reload()
    await thread.getByText('先问库存').waitFor()
    await thread.getByRole('button', { name: '关闭' }).click()
    await log(page).getByText('改期怎么办').hover()
    await log(page).getByRole('button', { name: '回复', exact: true }).first().click()
    await write(page).fill('我来跟')
    await write(page).press('Enter')
    await log(page).locator('blockquote').getByText('改期怎么办').waitFor()
    expect(complaints).toEqual([])
  })

  it('sends pictures that are shown and files that can be downloaded', async () => {
    const chat = world.group('文件群', ['林小夏'])
    const { page, complaints } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
      person: world.id('林小夏'),
    })
    await page
      .getByLabel('发送图片')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: onePixel })
    const picture = log(page).getByRole('img', { name: '图片' })
    await picture.waitFor()
    await expect
      .poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(1)
    await page
      .getByLabel('发送文件')
      .setInputFiles({ name: '对账单.txt', mimeType: 'text/plain', buffer: Buffer.from('合计 2680') })
    const coming = page.waitForEvent('download')
    await log(page).getByText('对账单.txt').click()
    expect((await coming).suggestedFilename()).toBe('对账单.txt')
    expect(complaints).toEqual([])
  })

  it('writes rich text with bold words and links', async () => {
    const chat = world.group('富文本群', ['林小夏'])
    const { page } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
      person: world.id('林小夏'),
    })
    await page.getByRole('button', { name: '富文本', exact: true }).click()
    await page.getByRole('textbox', { name: '标题' }).fill('值班')
    await write(page).fill('**林小夏** 看 [排班表](https://example.com/plan)')
    await page.getByRole('button', { name: '发送', exact: true }).click()
    await expect
      .poll(() => log(page).getByRole('link', { name: '排班表' }).getAttribute('href'))
      .toBe('https://example.com/plan')
    await log(page).getByText('值班', { exact: true }).waitFor()
  })

  it('shows hostile names and texts as text', async () => {
    const nasty = '<script>alert(1)</script><img src=x onerror=alert(2)>'
    const chat = world.group(nasty, ['林小夏', '周宁'])
    const texts = [nasty, 'x'.repeat(4_000), '\u202eمرحبا بالعالم', '[点我](javascript:alert(3))']
    for (const text of texts) {
      await world.as('周宁', `chats/${chat.chat_id}/messages`, { type: 'text', content: { text } })
      await world.send(chat, 'text', { text })
    }
    for (const isPhone of [false, true]) {
      const { page, complaints } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
        person: world.id('林小夏'),
        phone: isPhone,
      })
      await page.getByRole('heading', { name: nasty }).waitFor()
      await expect.poll(() => log(page).getByText(nasty).count()).toBe(2)
      expect(await log(page).locator('script, img[src="x"], a[href^="javascript"]').count()).toBe(0)
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      expect(complaints).toEqual([])
    }
  })

  it('loads older messages as one scrolls up and keeps its place', async () => {
    const chat = world.group('长群', ['林小夏', '周宁'])
    for (let index = 1; index <= 130; index++)
      await world.as('周宁', `chats/${chat.chat_id}/messages`, {
        type: 'text',
        content: { text: `第 ${index} 条` },
      })
    const { page } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
      person: world.id('林小夏'),
    })
    await log(page).getByText('第 130 条', { exact: true }).waitFor()
    expect(await log(page).getByText('第 1 条', { exact: true }).count()).toBe(0)
    await expect
      .poll(async () => {
        await log(page).hover()
        await page.mouse.wheel(0, -3_000)
        return log(page).getByText('第 1 条', { exact: true }).count()
      })
      .toBe(1)
  })

  it('makes a group, invites, removes, renames and dissolves it, each with the app’s event', async () => {
    const { page, complaints } = await browser.open(`${world.url}/messenger`, { person: world.id('林小夏') })
    const seen = world.events.length
    const told = () => world.events.slice(seen)
    await page.getByRole('button', { name: '创建群聊' }).click()
    await page.getByLabel('群名称').fill('周末活动')
    await page.getByRole('dialog').getByRole('button', { name: '周宁' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '汇流助手' }).click()
    await page.getByRole('button', { name: '创建', exact: true }).click()
    await log(page).getByText('林小夏 创建了群聊').waitFor()
    await page.getByRole('button', { name: '群设置' }).click()
    await page.getByRole('button', { name: '添加成员' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '王岚' }).click()
    await page.getByRole('button', { name: '添加', exact: true }).click()
    await log(page).getByText('林小夏 邀请 王岚 加入此群').waitFor()
    await page.getByRole('button', { name: '移除 周宁' }).click()
    await log(page).getByText('林小夏 将 周宁 移出此群').waitFor()
    await page.getByLabel('群名称').fill('周末团建')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name: '周末团建' }).waitFor()
    await page.getByRole('button', { name: '解散群聊' }).click()
    await page.getByRole('button', { name: '解散', exact: true }).click()
    await row(page, '周末团建').waitFor({ state: 'detached' })
    expect(told()).toEqual([
      'im.chat.member.bot.added_v1',
      'im.chat.member.user.added_v1',
      'im.chat.member.user.deleted_v1',
      'im.chat.updated_v1',
      'im.chat.disbanded_v1',
    ])
    expect(complaints).toEqual([])
  })

  it('takes a message back, for everybody', async () => {
    const chat = world.group('撤回群', ['林小夏', '周宁'])
    await world.as('周宁', `chats/${chat.chat_id}/messages`, { type: 'text', content: { text: '发错了' } })
    const lin = await browser.open(`${world.url}/messenger/${chat.chat_id}`, { person: world.id('林小夏') })
    const zhou = await browser.open(`${world.url}/messenger/${chat.chat_id}`, { person: world.id('周宁') })
    await log(zhou.page).getByText('发错了').hover()
    await zhou.page.getByRole('button', { name: '撤回', exact: true }).click()
    await log(lin.page).getByText('周宁 撤回了一条消息').waitFor()
    expect(world.events.at(-1)).toBe('im.message.recalled_v1')
  })

  it('talks with the bot alone on a phone: list, chat, menu and the way back', async () => {
    await world.sandbox.kernel.app.inject({
      method: 'POST',
      url: '/_control/im/app',
      payload: { menu: [{ name: '查订单', event_key: 'orders' }] },
    })
    const { page, complaints } = await browser.open(`${world.url}/messenger`, {
      phone: true,
      person: world.id('苏晴'),
    })
    await row(page, '汇流助手').click()
    await page.getByRole('heading', { name: /汇流助手/ }).waitFor()
    expect(world.events).toContain('im.chat.access_event.bot_p2p_chat_entered_v1')
    await page.getByRole('button', { name: '查订单' }).click()
    await expect.poll(() => world.events.at(-1)).toBe('application.bot.menu_v6')
    await write(page).fill('在吗')
    await page.getByRole('button', { name: '发送', exact: true }).click()
    await log(page).getByText('在吗').waitFor()
    await expect.poll(() => world.events.at(-1)).toBe('im.message.receive_v1')
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await page.getByRole('link', { name: '返回会话列表' }).click()
    await row(page, '汇流助手').getByText('在吗').waitFor()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
  })

  it('shows nothing of a chat to those who are not in it', async () => {
    const chat = world.group('管理群', ['王岚'])
    const { page } = await browser.open(`${world.url}/messenger/${chat.chat_id}`, {
      person: world.id('林小夏'),
    })
    await page.getByText('看不到这个会话').waitFor()
    expect(await row(page, '管理群').count()).toBe(0)
  })
})

/** How far the page reaches beyond its screen, px. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
