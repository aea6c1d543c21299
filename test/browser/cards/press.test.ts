import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserPath, useBrowser } from '../../support/browser.ts'
import { calls, cardOf, type Json, type PressWorld, plain, startPressWorld } from './press-world.ts'

const option = (text: string, value: string) => ({ text: plain(text), value })
const options = [option('客户取消', 'cancel'), option('行程变更', 'change'), option('重复下单', 'twice')]

/** A component outside a form, what a person does to it, and `event.action` as the bot gets it. */
type Press = readonly [
  what: string,
  element: Json,
  act: (card: Locator, page: Page) => Promise<void>,
  action: Json,
]

const choose = (field: string, text: string) => async (card: Locator) => {
  await card.getByRole('button', { name: field }).click()
  await card.getByRole('option', { name: text }).click()
}

const presses: readonly Press[] = [
  [
    'button',
    { tag: 'button', name: 'claim', text: plain('认领'), behaviors: calls({ action: 'claim', post: 'p1' }) },
    (card) => card.getByRole('button', { name: '认领' }).click(),
    { value: { action: 'claim', post: 'p1' }, tag: 'button', name: 'claim' },
  ],
  [
    'button without a name',
    { tag: 'button', text: plain('忽略'), behaviors: calls() },
    (card) => card.getByRole('button', { name: '忽略' }).click(),
    { value: { from: 'test' }, tag: 'button' },
  ],
  [
    'input',
    { tag: 'input', name: 'note', placeholder: plain('备注'), behaviors: calls() },
    async (card) => {
      await card.getByRole('textbox', { name: '备注' }).fill('客人改期')
      await card.getByRole('textbox', { name: '备注' }).press('Enter')
    },
    { value: { from: 'test' }, tag: 'input', name: 'note', input_value: '客人改期' },
  ],
  [
    'input of several lines',
    {
      tag: 'input',
      name: 'story',
      input_type: 'multiline_text',
      placeholder: plain('经过'),
      behaviors: calls(),
    },
    async (card) => {
      await card.getByRole('textbox', { name: '经过' }).fill('一\n二')
      await card.getByRole('button', { name: '发送' }).click()
    },
    { value: { from: 'test' }, tag: 'input', name: 'story', input_value: '一\n二' },
  ],
  [
    'select_static',
    { tag: 'select_static', name: 'why', placeholder: plain('原因'), options, behaviors: calls() },
    choose('原因', '行程变更'),
    { value: { from: 'test' }, tag: 'select_static', name: 'why', option: 'change' },
  ],
  [
    'multi_select_static',
    { tag: 'multi_select_static', name: 'tags', placeholder: plain('标签'), options, behaviors: calls() },
    async (card) => {
      await card.getByRole('button', { name: '标签' }).click()
      await card.getByRole('option', { name: '客户取消' }).click()
      await card.getByRole('option', { name: '重复下单' }).click()
      await card.getByRole('button', { name: '确定' }).click()
    },
    { value: { from: 'test' }, tag: 'multi_select_static', name: 'tags', options: ['cancel', 'twice'] },
  ],
  [
    'overflow',
    { tag: 'overflow', options, value: { post: 'p1' } },
    async (card) => {
      await card.getByRole('button', { name: '更多操作' }).click()
      await card.getByRole('button', { name: '重复下单' }).click()
    },
    { value: { post: 'p1' }, tag: 'overflow', option: 'twice' },
  ],
  [
    'date_picker',
    { tag: 'date_picker', name: 'day', initial_date: '2026-12-01', behaviors: calls() },
    async (card) => {
      await card.getByRole('button', { name: '请选择日期' }).click()
      await card.getByRole('button', { name: '2026-12-05' }).click()
    },
    {
      value: { from: 'test' },
      tag: 'date_picker',
      timezone: 'Asia/Shanghai',
      name: 'day',
      option: '2026-12-05 +0800',
    },
  ],
  [
    'picker_time',
    { tag: 'picker_time', name: 'time', initial_time: '09:30', behaviors: calls() },
    async (card) => {
      await card.getByRole('button', { name: '请选择时间' }).click()
      await card.getByRole('combobox', { name: '时' }).selectOption('18')
      await card.getByRole('button', { name: '确定' }).click()
    },
    {
      value: { from: 'test' },
      tag: 'picker_time',
      timezone: 'Asia/Shanghai',
      name: 'time',
      option: '18:30 +0800',
    },
  ],
  [
    'picker_datetime',
    { tag: 'picker_datetime', name: 'moment', initial_datetime: '2026-12-01 14:00', behaviors: calls() },
    async (card) => {
      await card.getByRole('button', { name: '请选择日期' }).click()
      await card.getByRole('button', { name: '2026-12-09' }).click()
      await card.getByRole('combobox', { name: '分' }).selectOption('45')
      await card.getByRole('button', { name: '确定' }).click()
    },
    {
      value: { from: 'test' },
      tag: 'picker_datetime',
      timezone: 'Asia/Shanghai',
      name: 'moment',
      option: '2026-12-09 14:45 +0800',
    },
  ],
  [
    'checker',
    { tag: 'checker', name: 'done', text: plain('已寄出'), behaviors: calls() },
    (card) => card.getByRole('checkbox', { name: '已寄出' }).click(),
    { value: { from: 'test' }, tag: 'checker', name: 'done', checked: true },
  ],
  [
    'select_img',
    {
      tag: 'select_img',
      name: 'cover',
      options: [
        { img_key: 'img_v3_gallery_sea', value: 'sea' },
        { img_key: 'img_v3_gallery_hill', value: 'hill' },
      ],
      behaviors: calls(),
    },
    (card) => card.getByRole('option', { name: 'hill' }).click(),
    { value: { from: 'test' }, tag: 'select_img', name: 'cover', option: 'hill' },
  ],
  [
    'interactive_container',
    {
      tag: 'interactive_container',
      behaviors: calls({ block: 1 }),
      elements: [{ tag: 'markdown', content: '整块可点' }],
    },
    (card) => card.getByText('整块可点').click(),
    { value: { block: 1 }, tag: 'interactive_container' },
  ],
]

describe.skipIf(browserPath === undefined)('a press in the browser', () => {
  const browser = useBrowser()
  let world: PressWorld
  beforeAll(async () => {
    world = await startPressWorld()
    await fetch(`${world.url}/_web/gallery`)
  })
  afterAll(() => world.sandbox.close())

  it.each(presses)(
    'of %s reaches the bot exactly as the platform sends it',
    async (_what, element, act, action) => {
      const shown = await world.show(browser, cardOf(element))
      await act(shown.card, shown.page)
      expect(await shown.action()).toEqual(action)
      const { event } = shown.bot.received[0]?.json ?? {}
      expect(event.operator.open_id).toBe(world.people[0]?.open_id)
      expect(event.context.open_message_id).toBe(shown.messageId)
      expect(event.host).toBe('im_message')
      expect(shown.complaints).toEqual([])
    },
  )

  it('of select_person and multi_select_person sends open_ids; with no options it offers the members of the chat', async () => {
    const [first, second] = world.people
    const shown = await world.show(
      browser,
      cardOf(
        { tag: 'select_person', name: 'one', placeholder: plain('负责人'), behaviors: calls() },
        {
          tag: 'multi_select_person',
          name: 'many',
          placeholder: plain('协助'),
          options: [{ value: first?.open_id }, { value: second?.open_id }],
          behaviors: calls(),
        },
      ),
    )
    await shown.card.getByRole('button', { name: '负责人' }).click()
    await shown.card.getByRole('option', { name: first?.name ?? '' }).click()
    expect(await shown.action()).toEqual({
      value: { from: 'test' },
      tag: 'select_person',
      name: 'one',
      option: first?.open_id,
    })
    await shown.card.getByRole('button', { name: '协助' }).click()
    await shown.card.getByRole('option', { name: second?.name ?? '' }).click()
    await shown.card.getByRole('button', { name: '确定' }).click()
    expect(await shown.action(2)).toMatchObject({ tag: 'multi_select_person', options: [second?.open_id] })
  })

  it('of a button inside an interactive container sends the button alone', async () => {
    const inner = { tag: 'button', text: plain('里面'), behaviors: calls({ inner: true }) }
    const shown = await world.show(
      browser,
      cardOf({ tag: 'interactive_container', behaviors: calls({ outer: true }), elements: [inner] }),
    )
    await shown.card.getByRole('button', { name: '里面', exact: true }).last().click()
    expect(await shown.action()).toMatchObject({ tag: 'button', value: { inner: true } })
    expect(shown.bot.received).toHaveLength(1)
  })

  it('stays on the screen when nothing listens to it: a checker without behaviours is ticked, nobody is called', async () => {
    const shown = await world.show(browser, cardOf({ tag: 'checker', text: plain('本地') }))
    await shown.card.getByRole('checkbox', { name: '本地' }).click()
    await expect.poll(() => shown.card.getByRole('checkbox', { name: '本地' }).isChecked()).toBe(true)
    expect(shown.bot.received).toEqual([])
  })
})
