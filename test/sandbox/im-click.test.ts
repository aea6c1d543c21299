import { describe, expect, it } from 'vitest'
import { type Core, startCore, startReceiver } from './kernel-sandbox.ts'

const plain = (content: string) => ({ tag: 'plain_text', content })
const card = (title: string, extra: unknown[] = []) => ({
  schema: '2.0',
  header: { title: plain(title) },
  body: {
    elements: [
      {
        tag: 'button',
        text: plain('认领'),
        name: 'claim',
        behaviors: [
          { type: 'callback', value: { action: 'claim', post: 'p1' } },
          { type: 'open_url', default_url: 'https://example.com/o/1', ios_url: 'https://example.com/m/1' },
        ],
      },
      {
        tag: 'button',
        text: plain('查看订单'),
        behaviors: [{ type: 'open_url', default_url: 'https://example.com/o/1' }],
      },
      {
        tag: 'button',
        text: plain('已处理'),
        disabled: true,
        behaviors: [{ type: 'callback', value: { action: 'done' } }],
      },
      ...extra,
    ],
  },
})

async function startWithCard(extra: unknown[] = []) {
  const core = await startCore()
  const receiver = await startReceiver(core.kernel.identity().encryptKey)
  await core.control('settings', { callbackUrl: receiver.url })
  const messageId: string = (await core.sendCard(card('新订单', extra))).data.message_id
  const press = (wanted: Record<string, unknown>) =>
    core.control('click', { message_id: messageId, open_id: core.lin.open_id, ...wanted })
  return { core, receiver, messageId, press }
}

const versions = async (core: Core) => (await core.control('effects')).body.messages[0].versions

describe('a press', () => {
  it('sends the callback, opens the link and shows the answered card', async () => {
    const { core, receiver, messageId, press } = await startWithCard()
    const answer = {
      toast: { type: 'success', content: '已认领' },
      card: { type: 'raw', data: card('林小夏 跟进中') },
    }
    receiver.answer = { status: 200, body: JSON.stringify(answer) }
    const { body } = await press({ name: 'claim' })
    expect(body).toMatchObject({
      outcome: { ok: true },
      answer,
      card: 'updated',
      urls: { default_url: 'https://example.com/o/1', ios_url: 'https://example.com/m/1' },
    })
    const json = (await receiver.arrived(1))[0]?.json
    expect(json).toMatchObject({
      schema: '2.0',
      header: { event_type: 'card.action.trigger', token: core.kernel.identity().verificationToken },
      event: {
        operator: { open_id: core.lin.open_id, user_id: core.lin.user_id, union_id: core.lin.union_id },
        action: { tag: 'button', name: 'claim', value: { action: 'claim', post: 'p1' } },
        host: 'im_message',
        context: { open_message_id: messageId, open_chat_id: core.chat.chat_id },
      },
    })
    expect(json.header.create_time).toMatch(/^\d{16}$/)
    expect(json.event.token).toMatch(/^c-/)
    expect(await versions(core)).toBe(2)
  })

  it('finds the button by part of its value or by its label; a link alone calls nobody', async () => {
    const { receiver, press } = await startWithCard()
    expect((await press({ value: { post: 'p1' } })).body.outcome.ok).toBe(true)
    expect((await press({ name: '查看订单' })).body).toMatchObject({
      outcome: null,
      urls: { default_url: 'https://example.com/o/1' },
    })
    expect(receiver.received).toHaveLength(1)
  })

  it('still reaches a button of an earlier version, which a client that has not refreshed shows', async () => {
    const { receiver, press } = await startWithCard()
    const gone = card('已认领')
    gone.body.elements = []
    receiver.answer = { status: 200, body: JSON.stringify({ card: { type: 'raw', data: gone } }) }
    expect((await press({ name: 'claim' })).body.card).toBe('updated')
    receiver.answer = { status: 200, body: '{}' }
    expect((await press({ name: 'claim' })).body.outcome.ok).toBe(true)
    expect(receiver.received).toHaveLength(2)
  })

  it('is refused where a person could not press', async () => {
    const { core, press } = await startWithCard()
    expect((await press({ name: '没有' })).status).toBe(404)
    expect((await press({ name: '已处理' })).status).toBe(409)
    expect((await press({ name: 'claim', open_id: 'ou_stranger' })).status).toBe(403)
    expect((await core.control('click', { open_id: core.lin.open_id, name: 'x' })).status).toBe(400)
  })

  it.each<[string, { status: number; body: string } | null, number]>([
    ['answers 500', { status: 500, body: '{}' }, 200671],
    ['redirects', { status: 302, body: '' }, 200671],
    ['answers no JSON', { status: 200, body: 'ok' }, 200672],
    ['answers with keys nobody knows', { status: 200, body: '{"toasts":{}}' }, 200672],
    [
      'answers a card that is no card',
      { status: 200, body: '{"card":{"type":"raw","data":{"schema":"2.0","elements":[]}}}' },
      200673,
    ],
    ['hangs up', null, 200342],
  ])('shows the client code when the app %s, and changes nothing', async (_what, answer, clientCode) => {
    const { core, receiver, press } = await startWithCard()
    receiver.answer = answer
    expect((await press({ name: 'claim' })).body).toMatchObject({
      outcome: { ok: false, clientCode },
      card: 'unchanged',
    })
    expect(await versions(core)).toBe(1)
    expect(receiver.received).toHaveLength(1)
  })

  it('shows 200340 when nobody receives callbacks', async () => {
    const { core, press } = await startWithCard()
    await core.control('settings', { callbackUrl: null })
    expect((await press({ name: 'claim' })).body.outcome).toMatchObject({ ok: false, clientCode: 200340 })
  })

  it('on a card older than 14 days still arrives, but no longer changes it', async () => {
    const { core, receiver, press } = await startWithCard()
    receiver.answer = { status: 200, body: JSON.stringify({ card: { type: 'raw', data: card('新的') } }) }
    await core.kernel.clock.advance(15 * 24 * 3_600_000)
    expect((await press({ name: 'claim' })).body).toMatchObject({ outcome: { ok: true }, card: 'expired' })
    expect(await versions(core)).toBe(1)
  })
})

describe('a form', () => {
  const form = {
    tag: 'form',
    name: 'reason',
    elements: [
      { tag: 'input', name: 'note', required: true },
      {
        tag: 'button',
        name: 'send',
        text: plain('提交'),
        form_action_type: 'submit',
        behaviors: [{ type: 'callback', value: { action: 'send' } }],
      },
    ],
  }

  it('is submitted with its values, when the required ones are filled in', async () => {
    const { receiver, press } = await startWithCard([form])
    expect((await press({ name: 'send' })).status).toBe(400)
    expect((await press({ name: 'send', form_value: { note: '好', other: 1 } })).status).toBe(400)
    expect((await press({ name: 'send', form_value: { note: '客户改期' } })).body.outcome.ok).toBe(true)
    const json = (await receiver.arrived(1))[0]?.json
    expect(json.event.action).toMatchObject({ tag: 'button', name: 'send', form_value: { note: '客户改期' } })
  })
})

describe('the delayed update', () => {
  it('works twice within 30 minutes', async () => {
    const { core, receiver, press } = await startWithCard()
    await press({ name: 'claim' })
    const json = (await receiver.arrived(1))[0]?.json
    const update = (token: string) =>
      core.client.request({
        method: 'POST',
        url: '/open-apis/interactive/v1/card/update',
        data: { token, card: card('晚到') },
      })
    expect((await update(json.event.token)).code).toBe(0)
    expect((await update(json.event.token)).code).toBe(0)
    await expect(update(json.event.token)).rejects.toMatchObject({ response: { data: { code: 300040 } } })
    await expect(update('x')).rejects.toMatchObject({ response: { data: { code: 300020 } } })
    expect(await versions(core)).toBe(3)
    await press({ name: 'claim' })
    const [, second] = await receiver.arrived(2)
    await core.kernel.clock.advance(31 * 60_000)
    await expect(update(second?.json.event.token)).rejects.toMatchObject({
      response: { data: { code: 300030 } },
    })
  })
})
