import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../../support/browser.ts'
import { calls, cardOf, type Json, type PressWorld, plain, startPressWorld } from './press-world.ts'

const option = (text: string, value: string) => ({ text: plain(text), value })
const submit = {
  tag: 'button',
  name: 'send',
  text: plain('提交'),
  form_action_type: 'submit',
  behaviors: calls({ action: 'send' }),
}
const reset = { tag: 'button', name: 'again', text: plain('重置'), form_action_type: 'reset' }
const formOf = (...elements: Json[]) => cardOf({ tag: 'form', name: 'form', elements })
const pictures = ['sea', 'hill', 'snow'].map((name) => ({ img_key: `img_v3_gallery_${name}`, value: name }))

describe.skipIf(browserPath === undefined)('a form in the browser', () => {
  const browser = useBrowser()
  let world: PressWorld
  beforeAll(async () => {
    world = await startPressWorld()
    await fetch(`${world.url}/_web/gallery`)
  })
  afterAll(() => world.sandbox.close())

  it('sends every kind of field in one submit, dates with their zone', async () => {
    const first = world.people[0]
    const shown = await world.show(
      browser,
      formOf(
        { tag: 'input', name: 'note', placeholder: plain('备注') },
        {
          tag: 'select_static',
          name: 'why',
          placeholder: plain('原因'),
          options: [option('改期', '1'), option('取消', '2')],
        },
        {
          tag: 'multi_select_static',
          name: 'tags',
          placeholder: plain('标签'),
          options: [option('加急', 'a'), option('大额', 'b')],
        },
        {
          tag: 'select_person',
          name: 'owner',
          placeholder: plain('负责人'),
          options: [{ value: first?.open_id }],
        },
        { tag: 'date_picker', name: 'day', initial_date: '2024-04-01' },
        { tag: 'picker_datetime', name: 'moment', initial_datetime: '2024-04-29 07:07' },
        { tag: 'picker_time', name: 'time', initial_time: '00:00' },
        { tag: 'select_img', name: 'cover', can_preview: false, options: pictures },
        { tag: 'select_img', name: 'rooms', multi_select: true, can_preview: false, options: pictures },
        { tag: 'checker', name: 'agreed', text: plain('已核对') },
        submit,
      ),
    )
    const { card } = shown
    await card.getByRole('textbox', { name: '备注' }).fill('1234')
    await card.getByRole('button', { name: '原因' }).click()
    await card.getByRole('option', { name: '取消' }).click()
    await card.getByRole('button', { name: '标签' }).click()
    await card.getByRole('option', { name: '加急' }).click()
    await card.getByRole('option', { name: '大额' }).click()
    await card.getByRole('button', { name: '确定' }).click()
    await card.getByRole('button', { name: '负责人' }).click()
    await card.getByRole('option', { name: first?.name ?? '' }).click()
    await card.getByRole('listbox', { name: 'cover' }).getByRole('option', { name: 'hill' }).click()
    await card.getByRole('listbox', { name: 'rooms' }).getByRole('option', { name: 'sea' }).click()
    await card.getByRole('listbox', { name: 'rooms' }).getByRole('option', { name: 'snow' }).click()
    await card.getByRole('checkbox', { name: '已核对' }).click()
    expect(shown.bot.received).toEqual([])
    await card.getByRole('button', { name: '提交' }).click()
    expect(await shown.action()).toEqual({
      value: { action: 'send' },
      tag: 'button',
      timezone: 'Asia/Shanghai',
      name: 'send',
      form_value: {
        note: '1234',
        why: '2',
        tags: ['a', 'b'],
        owner: first?.open_id,
        day: '2024-04-01 +0800',
        moment: '2024-04-29 07:07 +0800',
        time: '00:00 +0800',
        cover: 'hill',
        rooms: ['sea', 'snow'],
        agreed: true,
      },
    })
    expect(shown.complaints).toEqual([])
  })

  it('is not sent while a required field is empty, and says so at the field', async () => {
    const shown = await world.show(
      browser,
      formOf({ tag: 'input', name: 'why', label: plain('原因'), required: true }, submit),
    )
    await shown.card.getByRole('button', { name: '提交' }).click()
    const field = shown.card.locator('[data-name="why"]')
    await field.getByRole('alert').getByText('此项为必填项').waitFor()
    expect(shown.bot.received).toEqual([])
    await field.getByRole('textbox').fill('改期')
    await field.getByRole('alert').waitFor({ state: 'detached' })
    await shown.card.getByRole('button', { name: '提交' }).click()
    expect(await shown.action()).toMatchObject({ form_value: { why: '改期' } })
  })

  it('goes back to its first values when it is reset', async () => {
    const shown = await world.show(
      browser,
      formOf(
        { tag: 'input', name: 'note', placeholder: plain('备注'), default_value: '原来的' },
        submit,
        reset,
      ),
    )
    const box = shown.card.getByRole('textbox', { name: '备注' })
    await box.fill('改过的')
    await shown.card.getByRole('button', { name: '重置' }).click()
    await expect.poll(() => box.inputValue()).toBe('原来的')
    expect(shown.bot.received).toEqual([])
  })

  it('shows 200530 when one of its fields has no name', async () => {
    const shown = await world.show(browser, formOf({ tag: 'input', placeholder: plain('无名') }, submit))
    await shown.card.getByRole('button', { name: '提交' }).click()
    await shown.page.locator('[data-toast="error"]', { hasText: 'code: 200530' }).waitFor()
    expect(shown.bot.received).toEqual([])
  })
})
