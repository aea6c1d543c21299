import { describe, expect, it } from 'vitest'
import { addChat } from '../../sandbox/feishu/im/index.ts'
import { addMessage } from '../../sandbox/feishu/im/messages.ts'
import type { OutgoingEvent } from '../../sandbox/kernel/types.ts'
import { onePixel } from './im-pictures.ts'
import { type Core, type Loose, startCore } from './kernel-sandbox.ts'

const day = 24 * 3_600_000

/** A sandbox, what it tells the app, and its browser client's door. */
async function start() {
  const core = await startCore({ frozen: true })
  const told: OutgoingEvent[] = []
  const emit = core.kernel.events.emit.bind(core.kernel.events)
  core.kernel.events.emit = (event) => {
    told.push(event)
    emit(event)
  }
  const web = async (person: string, path: string, body?: unknown): Promise<Loose> => {
    const isForm = body instanceof FormData
    const response = await fetch(`${core.url}/_web/messenger/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'x-sandbox-person': person,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    })
    return { status: response.status, ...((await response.json()) as object) }
  }
  const say = (person: string, text: string, extra = {}) =>
    web(person, `chats/${core.chat.chat_id}/messages`, { type: 'text', content: { text }, ...extra })
  const last = (): Loose => told.at(-1)
  return { core, told, web, say, last }
}

async function botSends(core: Core, text = '你好', receiver = core.chat.chat_id, type = 'chat_id') {
  await core.kernel.clock.advance(1_000)
  const body = { receive_id: receiver, msg_type: 'text', content: JSON.stringify({ text }) }
  return (await core.call('POST', `/im/v1/messages?receive_id_type=${type}`, body)).data
}

describe('what the app hears of a person’s message', () => {
  it('is the message with its mentions as keys, when it is mentioned', async () => {
    const { core, say, last } = await start()
    const { botOpenId, botName, tenantKey } = core.kernel.identity()
    const text = `<at user_id="${botOpenId}">x</at> 转给 <at user_id="${core.wang.open_id}">x</at>`
    const { message_id } = await say(core.lin.open_id, text)
    const { open_id, user_id, union_id } = core.lin
    expect(last()).toEqual({
      schema: '2.0',
      type: 'im.message.receive_v1',
      event: {
        sender: {
          sender_id: { open_id, user_id, union_id },
          sender_type: 'user',
          tenant_key: tenantKey,
        },
        message: {
          message_id,
          create_time: String(core.kernel.clock.now()),
          update_time: String(core.kernel.clock.now()),
          chat_id: core.chat.chat_id,
          chat_type: 'group',
          message_type: 'text',
          content: '{"text":"@_user_1 转给 @_user_2"}',
          mentions: [
            {
              key: '@_user_1',
              id: { open_id: botOpenId },
              mentioned_type: 'bot',
              name: botName,
              tenant_key: tenantKey,
            },
            {
              key: '@_user_2',
              id: {
                union_id: core.wang.union_id,
                user_id: core.wang.user_id,
                open_id: core.wang.open_id,
              },
              mentioned_type: 'user',
              name: '王岚',
              tenant_key: tenantKey,
            },
          ],
        },
      },
    })
  })

  it('is nothing in a group without a mention, unless the app may read all messages', async () => {
    const { core, say, told } = await start()
    await say(core.lin.open_id, '大家好')
    await say(core.lin.open_id, '<at user_id="all"></at> 大家好')
    expect(told).toEqual([])
    await core.control('im/app', { reads_all_group_messages: true })
    await say(core.lin.open_id, '大家好')
    expect(told).toHaveLength(1)
  })

  it('carries thread, root and parent of an answer, and pictures by key', async () => {
    const { core, say, web, last } = await start()
    await core.control('im/app', { reads_all_group_messages: true })
    const root = (await botSends(core)).message_id
    await say(core.lin.open_id, '在话题里', { reply_to: root, in_thread: true })
    expect(last().event.message).toMatchObject({ root_id: root, parent_id: root })
    expect(last().event.message.thread_id).toMatch(/^omt_/)
    const form = new FormData()
    form.append('as', 'image')
    form.append('file', new Blob([new Uint8Array(onePixel)]), 'a.png')
    const { status: _status, ...content } = await web(core.lin.open_id, 'uploads', form)
    await web(core.lin.open_id, `chats/${core.chat.chat_id}/messages`, { type: 'image', content })
    expect(last().event.message).toMatchObject({
      message_type: 'image',
      content: JSON.stringify({ image_key: content.image_key }),
    })
    const id = last().event.message.message_id
    const token = core.kernel.tokens.issue().token
    const path = `/open-apis/im/v1/messages/${id}/resources/${content.image_key}?type=image`
    const bytes = await fetch(core.url + path, { headers: { authorization: `Bearer ${token}` } })
    expect(Buffer.from(await bytes.arrayBuffer()).equals(onePixel)).toBe(true)
    const direct = await core.call('GET', `/im/v1/images/${content.image_key}`)
    expect(direct).toMatchObject({ status: 400, code: 234008 })
  })
})

describe('reading', () => {
  it('counts per person, tells the app of its private messages only, and ends urgency', async () => {
    const { core, web, told, last } = await start()
    const { lin, wang, chat } = core
    const inGroup = await botSends(core)
    await core.call('PATCH', `/im/v1/messages/${inGroup.message_id}/urgent_app?user_id_type=open_id`, {
      user_id_list: [lin.open_id],
    })
    const rowOf = async (person: string) =>
      Object.values((await web(person, 'chats')) as object).find((row) => row.chat_id === chat.chat_id)
    expect(await rowOf(lin.open_id)).toMatchObject({ unread: 1, urgent: true })
    expect(await rowOf(wang.open_id)).toMatchObject({ unread: 1, urgent: false })
    await web(lin.open_id, `chats/${chat.chat_id}/seen`, {})
    expect(await rowOf(lin.open_id)).toMatchObject({ unread: 0, urgent: false })
    expect(told).toEqual([])
    const direct = await botSends(core, '单聊', lin.open_id, 'open_id')
    await web(lin.open_id, `chats/${direct.chat_id}/seen`, {})
    expect(last()).toMatchObject({
      type: 'im.message.message_read_v1',
      event: { reader: { reader_id: { open_id: lin.open_id } }, message_id_list: [direct.message_id] },
    })
    const readers = await core.call(
      'GET',
      `/im/v1/messages/${inGroup.message_id}/read_users?user_id_type=open_id`,
    )
    expect(readers.data.items).toMatchObject([{ user_id: lin.open_id }])
  })

  it('does not tell a new member of what was written before', async () => {
    const { core, web } = await start()
    const chat = addChat(core.kernel, { name: '新群', members: [core.lin.open_id], bot: true })
    await web(core.lin.open_id, `chats/${chat.chat_id}/messages`, { type: 'text', content: { text: '旧话' } })
    await web(core.lin.open_id, `chats/${chat.chat_id}/members`, { ids: [core.wang.open_id] })
    const rows = Object.values((await web(core.wang.open_id, 'chats')) as object)
    expect(rows.find((row) => row.chat_id === chat.chat_id)).toMatchObject({ unread: 0 })
  })
})

describe('acts of people', () => {
  it('are refused to those without the right, whatever the browser sends', async () => {
    const { core, web, say } = await start()
    const { lin, wang, chat } = core
    const act = (path: string, body = {}) => web(wang.open_id, `chats/${chat.chat_id}/${path}`, body)
    expect((await act('dissolve')).status).toBe(403)
    expect((await act('remove', { ids: [lin.open_id] })).status).toBe(403)
    await core.call('PUT', `/im/v1/chats/${chat.chat_id}`, {
      edit_permission: 'only_owner',
      add_member_permission: 'only_owner',
      at_all_permission: 'only_owner',
    })
    expect((await act('edit', { name: '改名' })).status).toBe(403)
    expect((await act('members', { ids: [core.kernel.identity().botOpenId] })).status).toBe(403)
    expect((await say(wang.open_id, '<at user_id="all"></at>')).code).toBe(403)
    await core.call('PUT', `/im/v1/chats/${chat.chat_id}/moderation`, { moderation_setting: 'only_owner' })
    expect((await say(wang.open_id, '能说吗')).code).toBe(403)
    expect((await say(lin.open_id, '我能')).status).toBe(200)
    const stranger = addChat(core.kernel, { name: '别人的群', members: [lin.open_id], bot: true })
    expect((await web(wang.open_id, `chats/${stranger.chat_id}`)).status).toBe(404)
    expect((await web('ou_nobody', 'chats')).status).toBe(401)
  })

  it('take back their own message for a day, the owner also those of others', async () => {
    const { core, web, say, last } = await start()
    const { lin, wang } = core
    const recall = (person: string, id: string) => web(person, `messages/${id}/recall`, {})
    const own = (await say(wang.open_id, '一')).message_id
    const other = (await say(lin.open_id, '二')).message_id
    expect((await recall(wang.open_id, other)).status).toBe(403)
    await recall(lin.open_id, own)
    expect(last()).toMatchObject({
      type: 'im.message.recalled_v1',
      event: { message_id: own, recall_type: 'group_owner' },
    })
    await core.kernel.clock.advance(day + 1_000)
    expect((await recall(lin.open_id, other)).status).toBe(403)
  })

  it('tell the app who pressed which menu button, and only buttons that exist', async () => {
    const { core, web, last } = await start()
    await core.control('im/app', {
      menu: [{ name: '更多', children: [{ name: '查单', event_key: 'orders' }] }],
    })
    const { chat_id } = await web(core.lin.open_id, 'bot-chat', {})
    expect(last()).toMatchObject({ type: 'im.chat.access_event.bot_p2p_chat_entered_v1', event: { chat_id } })
    await web(core.lin.open_id, `chats/${chat_id}/menu`, { event_key: 'orders' })
    expect(last()).toMatchObject({
      type: 'application.bot.menu_v6',
      event: {
        event_key: 'orders',
        timestamp: Math.floor(core.kernel.clock.now() / 1000),
        operator: { operator_name: '林小夏' },
      },
    })
    expect((await web(core.lin.open_id, `chats/${chat_id}/menu`, { event_key: 'gone' })).status).toBe(403)
    expect((await core.control('im/app', { menu: [{ name: '空' }] })).status).toBe(400)
  })

  it('press a follow-up bubble, which becomes their message', async () => {
    const { core, web, last } = await start()
    const direct = await botSends(core, '要查什么？', core.lin.open_id, 'open_id')
    await core.call('POST', `/im/v1/messages/${direct.message_id}/push_follow_up`, {
      follow_ups: [{ content: '查订单' }],
    })
    const { items } = await web(core.lin.open_id, `chats/${direct.chat_id}/messages`)
    expect(items.at(-1).followUps).toEqual(['查订单'])
    await web(core.lin.open_id, `messages/${direct.message_id}/follow-up`, { text: '查订单' })
    expect(last().event.message.content).toBe('{"text":"查订单"}')
  })
})

describe('uploads of people', () => {
  it('are served as pictures or downloads, never as pages', async () => {
    const { core, web } = await start()
    const form = new FormData()
    form.append('as', 'image')
    form.append('file', new Blob(['<html><script>alert(1)</script>']), 'a.png')
    const sent = await web(core.lin.open_id, 'uploads', form)
    expect(sent.file_name).toBe('a.png')
    const served = await fetch(`${core.url}/_web/messenger/files/${sent.file_key}`)
    expect(served.headers.get('content-type')).toBe('application/octet-stream')
    expect(served.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(served.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await fetch(`${core.url}/_web/messenger/images/${sent.file_key}`)).status).toBe(404)
  })

  it('beyond what is kept forget the oldest', async () => {
    const { core, web } = await start()
    const keys: string[] = []
    for (let index = 0; index < 3; index++) {
      const form = new FormData()
      form.append('as', 'file')
      form.append('file', new Blob([new Uint8Array(20 * 1024 * 1024)]), `${index}.bin`)
      keys.push((await web(core.lin.open_id, 'uploads', form)).file_key)
    }
    const status = async (key: string | undefined) =>
      (await fetch(`${core.url}/_web/messenger/files/${key}`)).status
    expect(await status(keys[0])).toBe(404)
    expect(await status(keys[2])).toBe(200)
  })
})

describe('a long history', () => {
  it('is read page by page from its end, twenty thousand messages deep', async () => {
    const { core, web } = await start()
    const { chat, lin, wang, kernel } = core
    for (let index = 0; index < 20_000; index++)
      addMessage(kernel, {
        chat,
        msg_type: 'text',
        content: JSON.stringify({ text: `第 ${index} 条` }),
        sender: { id: wang.open_id, id_type: 'open_id', sender_type: 'user' },
      })
    const first = await web(lin.open_id, `chats/${chat.chat_id}/messages`)
    expect(first.items).toHaveLength(40)
    expect(first.items.at(-1).content.text).toBe('第 19999 条')
    const older = await web(lin.open_id, `chats/${chat.chat_id}/messages?before=${first.before}`)
    expect(older.items.at(-1).content.text).toBe('第 19959 条')
    const oldest = await web(lin.open_id, `chats/${chat.chat_id}/messages?before=40`)
    expect(oldest).toMatchObject({ before: null, items: expect.objectContaining({ length: 40 }) })
    const rows = Object.values((await web(lin.open_id, 'chats')) as object)
    expect(rows.find((row) => row.chat_id === chat.chat_id)).toMatchObject({ unread: 100 })
    await web(lin.open_id, `chats/${chat.chat_id}/seen`, {})
    const after = Object.values((await web(lin.open_id, 'chats')) as object)
    expect(after.find((row) => row.chat_id === chat.chat_id)).toMatchObject({ unread: 0 })
  })
})
