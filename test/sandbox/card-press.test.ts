import { describe, expect, it } from 'vitest'
import { type Core, type Loose, startCore, startReceiver } from './kernel-sandbox.ts'

type Json = Record<string, unknown>

const plain = (content: string) => ({ tag: 'plain_text', content })
const behaviors = [{ type: 'callback', value: { from: 'test' } }]
const option = (value: string) => ({ text: plain(value), value })
const options = [option('a'), option('b')]

async function startWith(elements: unknown[], schema: '1.0' | '2.0' = '2.0') {
  const core = await startCore()
  const receiver = await startReceiver(core.kernel.identity().encryptKey)
  await core.control('settings', { callbackUrl: receiver.url })
  const card = schema === '2.0' ? { schema, body: { elements } } : { elements }
  const messageId: string = (await core.sendCard(card)).data.message_id
  const press = (element: unknown, values: Record<string, unknown> = {}, person = core.lin.open_id) =>
    pressInBrowser(core, { person, body: { message_id: messageId, element, ...values } })
  return { core, receiver, messageId, press }
}

async function pressInBrowser(core: Core, call: { person: string; body: unknown }) {
  const answer = await fetch(`${core.url}/_web/cards/click`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-person': call.person },
    body: JSON.stringify(call.body),
  })
  return { status: answer.status, body: (await answer.json()) as Loose }
}

/** A component outside a form, what a client sends for it, and what no client could send. */
const fields: readonly (readonly [tag: string, more: Json, good: Json, bad: Json])[] = [
  ['input', { max_length: 4 }, { input_value: '好' }, { input_value: '太长的文字' }],
  ['select_static', { options }, { option: 'b' }, { option: 'c' }],
  ['multi_select_static', { options }, { options: ['a', 'b'] }, { options: ['a', 'c'] }],
  ['date_picker', {}, { option: '2026-12-01 +0800' }, { option: '2026-12-01' }],
  ['picker_time', {}, { option: '09:30 +0800' }, { option: '9:30' }],
  ['picker_datetime', {}, { option: '2026-12-01 09:30 +0800' }, { option: '2026-12-01T09:30' }],
  ['overflow', { options, value: { from: 'test' }, behaviors: undefined }, { option: 'a' }, { option: 'z' }],
  ['checker', {}, { checked: true }, { checked: 'yes' }],
]

describe('a press of a field outside a form', () => {
  it.each(fields)('%s sends its value, and nothing a client could not send', async (tag, more, good, bad) => {
    const element = { tag, name: 'field', behaviors, ...more }
    const { receiver, press } = await startWith([element])
    expect((await press(element, good)).body.outcome).toMatchObject({ ok: true })
    const { action } = (await receiver.arrived(1))[0]?.json.event ?? {}
    const zone = tag === 'date_picker' || tag.startsWith('picker_') ? { timezone: 'Asia/Shanghai' } : {}
    expect(action).toEqual({ value: { from: 'test' }, tag, name: 'field', ...zone, ...good })
    expect((await press(element, bad)).status).toBe(400)
    expect((await press(element, { ...good, form_value: { other: 1 } })).status).toBe(400)
    expect(receiver.received).toHaveLength(1)
  })

  it('sends people by open_id, of the options or, without options, of the tenant', async () => {
    const anyone = { tag: 'select_person', name: 'one', behaviors }
    const { core, receiver, press } = await startWith([anyone])
    expect((await press(anyone, { option: core.wang.open_id })).body.outcome.ok).toBe(true)
    expect((await press(anyone, { option: 'ou_nobody' })).status).toBe(400)
    expect((await receiver.arrived(1))[0]?.json.event.action.option).toBe(core.wang.open_id)
  })

  it('refuses a key that belongs to another component', async () => {
    const button = { tag: 'button', text: plain('x'), behaviors }
    const { receiver, press } = await startWith([button])
    expect((await press(button, { option: 'a' })).status).toBe(400)
    expect((await press(button, { checked: true })).status).toBe(400)
    expect(receiver.received).toEqual([])
  })
})

describe('a press from the browser', () => {
  const button = { tag: 'button', text: plain('认领'), behaviors }

  it('needs an element that the card has, now or before', async () => {
    const { press } = await startWith([button])
    expect((await press({ ...button, name: 'other' })).status).toBe(404)
    expect((await press('button')).status).toBe(400)
  })

  it('needs a person of the chat', async () => {
    const { core, press } = await startWith([button])
    expect((await press(button, {}, 'ou_nobody')).status).toBe(401)
    core.chat.members.splice(core.chat.members.indexOf(core.wang.open_id), 1)
    expect((await press(button, {}, core.wang.open_id)).status).toBe(403)
  })

  it("is told the app's toast and card", async () => {
    const { receiver, press } = await startWith([button])
    const data = { schema: '2.0', body: { elements: [] } }
    receiver.answer = {
      status: 200,
      body: JSON.stringify({ toast: { type: 'success', content: '好' }, card: { type: 'raw', data } }),
    }
    expect((await press(button)).body).toMatchObject({
      toast: { type: 'success', content: '好' },
      card: data,
    })
  })

  it('understands the buttons of JSON 1.0, whose value stands on the button', async () => {
    const old = { tag: 'button', text: plain('认领'), type: 'primary', value: { action: 'claim' } }
    const { receiver, press } = await startWith([{ tag: 'action', actions: [old] }], '1.0')
    expect((await press(old)).body.outcome.ok).toBe(true)
    expect((await receiver.arrived(1))[0]?.json.event.action).toEqual({
      value: { action: 'claim' },
      tag: 'button',
    })
  })
})

describe('a form', () => {
  const submit = { tag: 'button', name: 'send', text: plain('提交'), form_action_type: 'submit' }
  const form = (...elements: unknown[]) => ({ tag: 'form', name: 'form', elements })

  it('is submitted by an interactive container, too', async () => {
    const container = {
      tag: 'interactive_container',
      behaviors: [{ type: 'form_action', behavior: 'submit' }],
      elements: [{ tag: 'markdown', content: '提交' }],
    }
    const { receiver, press } = await startWith([form({ tag: 'input', name: 'note' }, container)])
    expect((await press(container, { form_value: { note: '好' } })).body.outcome.ok).toBe(true)
    expect((await receiver.arrived(1))[0]?.json.event.action).toEqual({
      value: {},
      tag: 'interactive_container',
      form_value: { note: '好' },
    })
  })

  it.each<[string, object, unknown]>([
    ['a date without its zone', { tag: 'date_picker' }, '2026-12-01'],
    ['an option it does not offer', { tag: 'select_static', options }, 'c'],
    ['a text where several are chosen', { tag: 'multi_select_static', options }, 'a'],
    ['a number in an input', { tag: 'input' }, 5],
    ['a text at a checker', { tag: 'checker' }, 'true'],
  ])('cannot be submitted with %s', async (_what, field, value) => {
    const { receiver, press } = await startWith([form({ ...field, name: 'field' }, submit)])
    expect((await press(submit, { form_value: { field: value } })).status).toBe(400)
    expect(receiver.received).toEqual([])
  })

  it('with a field that has no name is sent, and not submitted: the client shows 200530', async () => {
    const { receiver, press } = await startWith([form({ tag: 'input' }, submit)])
    expect((await press(submit)).body.outcome).toMatchObject({ ok: false, clientCode: 200530 })
    expect(receiver.received).toEqual([])
  })
})
