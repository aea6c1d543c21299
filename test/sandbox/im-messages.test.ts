import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onePixel } from './im-pictures.ts'
import { type Core, startCore } from './kernel-sandbox.ts'

const day = 24 * 3_600_000
const card = (title = '新订单') => ({
  schema: '2.0',
  header: { title: { tag: 'plain_text', content: title } },
  body: { elements: [{ tag: 'markdown', content: '**普吉岛** 5天4晚' }] },
})

function text(core: Core, extra: Record<string, unknown> = {}, type = 'chat_id') {
  const body = { receive_id: core.chat.chat_id, msg_type: 'text', content: '{"text":"你好"}', ...extra }
  return core.call('POST', `/im/v1/messages?receive_id_type=${type}`, body)
}

/** 5 a second into one chat: tests that send more let sandbox time pass. */
const nextSecond = (core: Core) => core.kernel.clock.advance(1_000)

describe('sending', () => {
  it('answers with the message as the platform shapes it', async () => {
    const core = await startCore()
    const { data } = await text(core)
    expect(data).toMatchObject({
      msg_type: 'text',
      chat_id: core.chat.chat_id,
      deleted: false,
      updated: false,
      sender: { id: core.kernel.identity().appId, id_type: 'app_id', sender_type: 'app' },
      body: { content: '{"text":"你好"}' },
    })
    expect(data.message_id).toMatch(/^om_[0-9a-f]{32}$/)
    expect(data.create_time).toMatch(/^\d{13}$/)
  })

  it('sends the same uuid once within an hour, and again afterwards', async () => {
    const core = await startCore()
    const first = await text(core, { uuid: 'u-1' })
    expect((await text(core, { uuid: 'u-1' })).data.message_id).toBe(first.data.message_id)
    expect((await text(core, { uuid: 'u-2' })).data.message_id).not.toBe(first.data.message_id)
    await core.kernel.clock.advance(61 * 60_000)
    expect((await text(core, { uuid: 'u-1' })).data.message_id).not.toBe(first.data.message_id)
    expect((await core.control('effects')).body.messages).toHaveLength(3)
    expect((await text(core, { uuid: 'x'.repeat(51) })).code).toBe(230001)
  })

  it('opens one private chat per person and finds people by every id', async () => {
    const core = await startCore()
    const byOpenId = await text(core, { receive_id: core.lin.open_id }, 'open_id')
    const byEmail = await text(core, { receive_id: 'lin@example.com' }, 'email')
    expect(byOpenId.code).toBe(0)
    expect(byEmail.data.chat_id).toBe(byOpenId.data.chat_id)
    expect(byOpenId.data.chat_id).not.toBe(core.chat.chat_id)
    const info = await core.call('GET', `/im/v1/chats/${byOpenId.data.chat_id}`)
    expect(info.data.chat_mode).toBe('p2p')
  })

  it.each([
    ['an unknown receiver', { receive_id: 'oc_nobody' }, 230034],
    ['content that is not JSON', { content: 'hello' }, 230001],
    ['an empty text', { content: '{"text":""}' }, 230001],
    ['a type it does not know', { msg_type: 'poem' }, 230001],
    ['an image nobody uploaded', { msg_type: 'image', content: '{"image_key":"img_x"}' }, 230001],
    ['a text above 150 KB', { content: JSON.stringify({ text: 'a'.repeat(150 * 1024) }) }, 230025],
    [
      'a card above 30 KB',
      { msg_type: 'interactive', content: JSON.stringify({ a: '好'.repeat(10_240) }) },
      230025,
    ],
    [
      'a template of the card builder',
      { msg_type: 'interactive', content: '{"type":"template","data":{"template_id":"AAq"}}' },
      230099,
    ],
  ])('refuses %s', async (_what, extra, code) => {
    expect(await text(await startCore(), extra)).toMatchObject({ status: 400, code })
  })

  it('refuses a group the bot left and one that was dissolved', async () => {
    const core = await startCore()
    await core.control(`chats/${core.chat.chat_id}/bot`, { present: false })
    expect((await text(core)).code).toBe(230002)
    await core.control(`chats/${core.chat.chat_id}/bot`, { present: true })
    expect((await text(core)).code).toBe(0)
    await core.call('DELETE', `/im/v1/chats/${core.chat.chat_id}`)
    expect((await text(core)).code).toBe(232009)
  })

  it('lets five messages a second into one chat and answers the sixth with 230020 and HTTP 400', async () => {
    const core = await startCore({ frozen: true })
    for (let i = 0; i < 5; i++) expect((await text(core)).code).toBe(0)
    expect(await text(core)).toMatchObject({ status: 400, code: 230020 })
    expect((await text(core, { receive_id: core.lin.open_id }, 'open_id')).code).toBe(0)
    await nextSecond(core)
    expect((await text(core)).code).toBe(0)
  })
})

describe('replying', () => {
  it('hangs the answer under the message, and in a thread when asked', async () => {
    const core = await startCore()
    const root = (await text(core)).data.message_id
    const body = { msg_type: 'text', content: '{"text":"收到"}' }
    const first = (await core.call('POST', `/im/v1/messages/${root}/reply`, body)).data
    expect(first).toMatchObject({ root_id: root, parent_id: root })
    const second = await core.call('POST', `/im/v1/messages/${first.message_id}/reply`, {
      ...body,
      reply_in_thread: true,
    })
    expect(second.data).toMatchObject({ root_id: root, parent_id: first.message_id })
    const thread = await core.call(
      'GET',
      `/im/v1/messages?container_id_type=thread&container_id=${second.data.thread_id}`,
    )
    expect(thread.data.items).toHaveLength(1)
    await core.call('DELETE', `/im/v1/messages/${root}`)
    expect((await core.call('POST', `/im/v1/messages/${root}/reply`, body)).code).toBe(230011)
  })
})

describe('changing a card', () => {
  it('shows the newest version and counts them', async () => {
    const core = await startCore()
    const id = (await core.sendCard(card())).data.message_id
    const patched = await core.client.im.v1.message.patch({
      path: { message_id: id },
      data: { content: JSON.stringify(card('已核销')) },
    })
    expect(patched.code).toBe(0)
    const [shown] = (await core.control('effects?only=messages')).body.messages
    expect(shown).toMatchObject({ message_id: id, versions: 2, content: card('已核销') })
  })

  it('refuses a text, an old card, a recalled one and a step back to JSON 1.0', async () => {
    const core = await startCore()
    const patch = (id: string, content: unknown) =>
      core.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(content) })
    const plain = (await text(core)).data.message_id
    expect((await patch(plain, card())).code).toBe(230001)
    const id = (await core.sendCard(card())).data.message_id
    const downgrade = await patch(id, { config: { update_multi: true }, elements: [] })
    expect(downgrade).toMatchObject({ status: 400, code: 230099 })
    expect(downgrade.msg).toContain('ErrCode: 200830')
    await core.kernel.clock.advance(14 * day + 1_000)
    expect(await patch(id, card())).toMatchObject({ status: 400, code: 230031 })
    const other = (await core.sendCard(card())).data.message_id
    await core.call('DELETE', `/im/v1/messages/${other}`)
    expect((await patch(other, card())).code).toBe(230011)
  })

  it('needs update_multi in both cards when they are JSON 1.0', async () => {
    const core = await startCore()
    const shared = { config: { update_multi: true }, elements: [] }
    const exclusive = (await core.sendCard({ elements: [] })).data.message_id
    const patch = (id: string, content: unknown) =>
      core.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(content) })
    expect((await patch(exclusive, shared)).code).toBe(230001)
    const id = (await core.sendCard(shared)).data.message_id
    expect((await patch(id, { elements: [] })).code).toBe(230001)
    expect((await patch(id, shared)).code).toBe(0)
    expect((await patch(id, card())).code).toBe(0)
  })

  it('lets one message change five times a second', async () => {
    const core = await startCore({ frozen: true })
    const id = (await core.sendCard(card())).data.message_id
    const patch = () => core.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(card()) })
    for (let i = 0; i < 5; i++) expect((await patch()).code).toBe(0)
    expect(await patch()).toMatchObject({ status: 400, code: 230020 })
  })

  it('edits texts twenty times and no more', async () => {
    const core = await startCore()
    const id = (await text(core)).data.message_id
    const edit = (n: number) =>
      core.call('PUT', `/im/v1/messages/${id}`, {
        msg_type: 'text',
        content: JSON.stringify({ text: `第${n}版` }),
      })
    for (let n = 1; n <= 20; n++) expect((await edit(n)).code).toBe(0)
    expect((await edit(21)).code).toBe(230072)
  })
})

describe('reading', () => {
  it('pages through a chat in either order, with the card as sent only when asked for', async () => {
    const core = await startCore()
    await core.sendCard(card())
    await nextSecond(core)
    await text(core)
    await nextSecond(core)
    const id = (await text(core)).data.message_id
    await core.call('DELETE', `/im/v1/messages/${id}`)
    const list = (query: string) =>
      core.call('GET', `/im/v1/messages?container_id_type=chat&container_id=${core.chat.chat_id}${query}`)
    const first = (await list('&page_size=2')).data
    expect(first).toMatchObject({ has_more: true })
    const rest = (await list(`&page_size=2&page_token=${first.page_token}`)).data
    expect(rest.items).toMatchObject([{ deleted: true, body: { content: 'This message was recalled' } }])
    expect((await list('&sort_type=ByCreateTimeDesc')).data.items[0].deleted).toBe(true)
    expect(JSON.parse(first.items[0].body.content)).not.toHaveProperty('schema')
    const original = (await list('&card_msg_content_type=user_card_content')).data.items[0]
    expect(JSON.parse(original.body.content)).toEqual(card())
    expect((await list('&page_size=51')).code).toBe(230001)
    expect((await list('&page_token=abc')).code).toBe(230001)
    const since = Math.floor(Number(rest.items[0].create_time) / 1000)
    expect((await list(`&start_time=${since}`)).data.items).toHaveLength(1)
  })

  it('turns @ in texts into mentions', async () => {
    const core = await startCore()
    const content = JSON.stringify({ text: `<at user_id="${core.lin.open_id}">林</at> 看一下` })
    const id = (await text(core, { content })).data.message_id
    const [message] = (await core.call('GET', `/im/v1/messages/${id}`)).data.items
    expect(message.body.content).toBe('{"text":"@_user_1 看一下"}')
    expect(message.mentions).toMatchObject([{ key: '@_user_1', id: core.lin.open_id, name: '林小夏' }])
  })

  it('tells who read a message within seven days, and calls people urgently', async () => {
    const core = await startCore()
    const id = (await text(core)).data.message_id
    await core.control(`messages/${id}/read`, { open_id: core.wang.open_id })
    const readers = await core.call('GET', `/im/v1/messages/${id}/read_users?user_id_type=open_id`)
    expect(readers.data.items).toMatchObject([{ user_id: core.wang.open_id }])
    const urgent = await core.client.im.v1.message.urgentApp({
      path: { message_id: id },
      params: { user_id_type: 'open_id' },
      data: { user_id_list: [core.lin.open_id, 'ou_nobody'] },
    })
    expect(urgent.data?.invalid_user_id_list).toEqual(['ou_nobody'])
    await core.kernel.clock.advance(8 * day)
    expect((await core.call('GET', `/im/v1/messages/${id}/read_users?user_id_type=open_id`)).code).toBe(
      230033,
    )
  })
})

describe('a saved world', () => {
  it('still has its messages, cards and uuids', async () => {
    const statePath = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const first = await startCore({ statePath })
    const id = (await first.sendCard(card(), { uuid: 'u-1' })).data.message_id
    await first.call('PATCH', `/im/v1/messages/${id}`, { content: JSON.stringify(card('已核销')) })
    await first.kernel.close()
    const again = await startCore({ statePath })
    expect((await again.call('GET', `/im/v1/messages/${id}`)).data.items[0]).toMatchObject({ updated: true })
    const repeated = { receive_id: first.chat.chat_id, uuid: 'u-1' }
    expect((await again.sendCard(card(), repeated)).data.message_id).toBe(id)
    expect((await again.control('effects')).body.messages).toMatchObject([
      { versions: 2, content: card('已核销') },
    ])
  })
})

it.each(['constructor', '__proto__', 'toString'])(
  'knows no message, chat or image called %s',
  async (name) => {
    const core = await startCore()
    expect((await core.call('GET', `/im/v1/messages/${name}`)).code).toBe(230001)
    expect((await core.call('GET', `/im/v1/chats/${name}`)).code).toBe(232006)
    expect((await text(core, { receive_id: name })).code).toBe(230034)
    expect((await text(core, { uuid: name })).code).toBe(0)
    const element = { tag: 'img', img_key: name }
    expect((await core.sendCard({ schema: '2.0', body: { elements: [element] } })).code).toBe(230099)
    expect(
      (await core.control('click', { message_id: name, open_id: core.lin.open_id, name: 'x' })).status,
    ).toBe(404)
  },
)

describe('chats', () => {
  it('makes a group once per uuid for ten hours, adds and removes people', async () => {
    const core = await startCore()
    const wanted = { name: '退款群', user_id_list: [core.lin.open_id] }
    const made = await core.client.im.v1.chat.create({
      params: { user_id_type: 'open_id', uuid: 'make-1' },
      data: wanted,
    })
    const chatId = made.data?.chat_id ?? ''
    const make = () => core.call('POST', '/im/v1/chats?uuid=make-1', wanted)
    expect((await make()).data.chat_id).toBe(chatId)
    const members = `/im/v1/chats/${chatId}/members`
    const added = await core.call('POST', `${members}?member_id_type=open_id&succeed_type=1`, {
      id_list: [core.wang.open_id, 'ou_nobody'],
    })
    expect(added.data.not_existed_id_list).toEqual(['ou_nobody'])
    expect((await core.call('POST', members, { id_list: ['ou_nobody'] })).code).toBe(99992351)
    expect((await core.call('GET', members)).data).toMatchObject({ member_total: 2 })
    await core.call('DELETE', members, { id_list: [core.lin.open_id] })
    expect((await core.call('GET', members)).data.items).toMatchObject([{ name: '王岚' }])
    const found = await core.call('GET', `/im/v1/chats/search?query=${encodeURIComponent('退款')}`)
    expect(found.data.items).toMatchObject([{ chat_id: chatId, name: '退款群' }])
    expect((await core.call('GET', `/im/v1/chats/${chatId}/members/is_in_chat`)).data).toEqual({
      is_in_chat: true,
    })
    expect((await core.call('GET', '/im/v1/chats/oc_nobody')).code).toBe(232006)
    await core.kernel.clock.advance(11 * 3_600_000)
    expect((await make()).data.chat_id).not.toBe(chatId)
  })
})

describe('uploads', () => {
  it('takes an image through the SDK and lets cards use it', async () => {
    const core = await startCore()
    const uploaded = await core.client.im.v1.image.create({
      data: { image_type: 'message', image: onePixel },
    })
    const element = { tag: 'img', img_key: uploaded?.image_key, alt: { tag: 'plain_text', content: '图' } }
    expect((await core.sendCard({ schema: '2.0', body: { elements: [element] } })).code).toBe(0)
    const unknown = await core.sendCard({
      schema: '2.0',
      body: { elements: [{ ...element, img_key: 'img_x' }] },
    })
    expect(unknown.msg).toContain('ErrCode: 200570')
  })
})
