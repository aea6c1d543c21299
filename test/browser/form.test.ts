import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../support/browser.ts'
import { type BaseWorld, hostile, startBaseWorld } from './base-views-world.ts'

describe.skipIf(browserPath === undefined)('a form', () => {
  const browser = useBrowser()
  let world: BaseWorld
  let path: string
  beforeAll(async () => {
    world = await startBaseWorld()
    path = `base/${world.app}/tables/${world.table}/forms/${world.views.form}`
    const question = (name: string, body: object) =>
      world.web('PATCH', `${path}/questions/${world.fields[name]}`, body)
    await question('文本', { title: '遇到了什么问题', required: true })
    await question('日期', { visible: false })
    await question('金额', { title: hostile })
  })
  beforeEach(() =>
    world.web('PATCH', path, { shared: true, shared_limit: 'anyone_editable', submit_limit_once: false }),
  )
  afterAll(() => world.sandbox.close())

  const inBase = (options = {}) =>
    browser.open(world.address(world.views.form), { person: world.person, ...options })
  const shared = (query = '', options = {}) =>
    browser.open(`${world.url}/share/base/form/${world.views.form}${query}`, {
      person: world.person,
      ...options,
    })
  const fill = async (page: Page, text: string) => {
    await page.getByRole('textbox', { name: '遇到了什么问题' }).fill(text)
    await page.getByRole('button', { name: '提交' }).click()
  }

  it('is filled in inside its base by every kind of question, and the person is who made the record', async () => {
    const { page, complaints } = await inBase()
    await page.getByRole('textbox', { name: '遇到了什么问题' }).fill('视图里填的')
    await page.getByText('已完成').click()
    await page.getByRole('textbox', { name: hostile }).fill('12.5')
    await page.getByRole('textbox', { name: '电话' }).fill('13800000000')
    await page.getByRole('combobox', { name: '负责人' }).fill('周')
    await page.getByRole('option', { name: '周宁' }).click()
    await page.locator('input[type="file"]').setInputFiles({
      name: '凭证.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('hello'),
    })
    await page.getByText('凭证.txt').waitFor()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('提交成功').waitFor()
    const state = await world.values('状态')
    expect(state.视图里填的).toBe('已完成')
    expect((await world.values('金额')).视图里填的).toBe(12.5)
    expect((await world.values('负责人')).视图里填的).toMatchObject([{ name: '周宁' }])
    expect((await world.values('附件')).视图里填的).toMatchObject([{ name: '凭证.txt', size: 5 }])
    expect(complaints).toEqual([])
  })

  it('does not leave without what is required, and says where', async () => {
    const { page } = await inBase()
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('alert').filter({ hasText: '这一题必填' }).waitFor()
    await page.getByRole('textbox', { name: '电话' }).fill('abc')
    await fill(page, '有问题')
    await page.getByRole('alert').filter({ hasText: '请填写电话号码' }).waitFor()
    expect(await world.values('状态')).not.toHaveProperty('有问题')
  })

  it('behind its link takes answers from somebody who is not signed in', async () => {
    const { page, complaints } = await shared('?guest=1')
    await page.getByText('当前身份：未登录的访客').waitFor()
    expect(await page.getByText('负责人').count()).toBe(0)
    await fill(page, '访客填的')
    await page.getByText('提交成功').waitFor()
    await page.getByRole('button', { name: '再填一份' }).click()
    await page.getByRole('textbox', { name: '遇到了什么问题' }).waitFor()
    expect(await world.values('状态')).toHaveProperty('访客填的')
    expect(complaints).toEqual([])
  })

  it('for the organisation asks a guest to sign in', async () => {
    await world.web('PATCH', path, { shared_limit: 'tenant_editable' })
    const { page } = await shared('?guest=1')
    await page.getByText('登录后才能填写这份表单').waitFor()
    await page.getByRole('button', { name: '登录' }).click()
    await fill(page, '登录后填的')
    await page.getByText('提交成功').waitFor()
  })

  it('that takes one answer per person takes one', async () => {
    await world.web('PATCH', path, { submit_limit_once: true })
    const { page } = await shared()
    await fill(page, '只填一次')
    await page.getByText('提交成功').waitFor()
    await page.reload()
    await page.getByText('你已经提交过了').waitFor()
    const refused = await world.web('POST', `form/${world.views.form}/submit`, {
      cells: { [world.fields.文本 ?? '']: '再来' },
    })
    expect(refused.code).toBe(1254302)
  })

  it('that is closed says so, and one that does not exist too', async () => {
    await world.web('PATCH', path, { shared: false })
    const { page } = await shared()
    await page.getByText('表单已停止收集').waitFor()
    const unknown = await browser.open(`${world.url}/share/base/form/vewNone`, { person: world.person })
    await unknown.page.getByText('没有这个表单').waitFor()
  })

  it('is set up by who may change views: names, questions, sharing', async () => {
    const { page, complaints } = await inBase()
    await page.getByRole('tab', { name: '设置与分享' }).click()
    await page.getByLabel('表单名称').fill('新名字')
    await page.getByLabel('表单说明').fill('说明一下')
    await page.getByRole('switch', { name: '每人只能提交一次' }).click()
    await expect
      .poll(() => page.getByRole('switch', { name: '每人只能提交一次' }).getAttribute('aria-checked'))
      .toBe('true')
    const question = page.getByRole('listitem', { name: '电话' })
    await question.getByRole('switch', { name: '必填' }).click()
    await question.getByRole('button', { name: '上移“电话”' }).click()
    await expect
      .poll(async () => {
        const form = await world.web('GET', path)
        const order = form.questions.map((one: { title: string }) => one.title)
        return [
          form.name,
          form.description,
          form.settings.submit_limit_once,
          order.indexOf('电话') < order.indexOf(hostile),
        ]
      })
      .toEqual(['新名字', '说明一下', true, true])
    expect(complaints).toEqual([])
  })

  it('shows what people wrote as text and fits a phone', async () => {
    const { page, complaints } = await shared('', { phone: true })
    await page.getByText(hostile).first().waitFor()
    expect(await page.locator('img[src="x"]').count()).toBe(0)
    const { wide, room } = (await page.evaluate(
      '({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth })',
    )) as { wide: number; room: number }
    expect(wide).toBeLessThanOrEqual(room)
    expect(complaints).toEqual([])
  })
})
