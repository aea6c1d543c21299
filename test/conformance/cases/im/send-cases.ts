import { expect } from 'vitest'
import { appSettings } from '../../../../sandbox/feishu/application/app-state.ts'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import {
  api,
  byChat,
  day,
  dissolved,
  foreignGroup,
  group,
  happy,
  ok,
  people,
  recall,
  refused,
  say,
  sdkNow,
  send,
  uploaded,
  withoutBot,
} from './im-world.ts'

const endpoint = 'POST /open-apis/im/v1/messages'
const replies = 'POST /open-apis/im/v1/messages/:message_id/reply'
const text = '{"text":"你好"}'

function post(world: ConformanceWorld, body: Record<string, unknown>, type = 'chat_id') {
  return api(world, 'POST', '/im/v1/messages', { query: { receive_id_type: type }, body })
}

const postOf = (content: unknown) => JSON.stringify({ zh_cn: { title: '标题', content } })

async function refusedContent(world: ConformanceWorld, type: string, content: unknown) {
  const { chat_id } = group(world)
  const written = typeof content === 'string' ? content : JSON.stringify(content)
  return post(world, { receive_id: chat_id, msg_type: type, content: written })
}

export const sendCases: readonly ConformanceCase[] = [
  happy(endpoint, 'sends a text through the SDK, and mentions become keys', async (world) => {
    const { chat_id } = group(world)
    const { lin } = people(world)
    const { data } = await (await sdkNow(world)).im.v1.message.create({
      params: { receive_id_type: 'chat_id' },
      data: {
        receive_id: chat_id,
        msg_type: 'text',
        content: JSON.stringify({ text: `<at user_id="${lin}">林</at> 请看` }),
      },
    })
    expect(data?.body?.content).toBe('{"text":"@_user_1 请看"}')
    expect(data?.mentions?.[0]).toMatchObject({ key: '@_user_1', id: lin, name: '林小夏' })
  }),
  happy(endpoint, 'sends a post; what comes back has no language and no Markdown', async (world) => {
    const { chat_id } = group(world)
    const { lin } = people(world)
    const content = postOf([
      [
        { tag: 'text', text: '第一行', style: ['bold', 'glow'] },
        { tag: 'at', user_id: lin },
      ],
      [{ tag: 'md', text: '**加粗** [链接](https://example.com)' }],
    ])
    const { data } = (await post(world, { receive_id: chat_id, msg_type: 'post', content })).json
    const body = JSON.parse(String((data?.body as { content?: string } | undefined)?.content))
    expect(body.title).toBe('标题')
    expect(body.content[0][1]).toMatchObject({ tag: 'at', user_id: '@_user_1' })
    expect(body.content[1]).toEqual([
      { tag: 'text', text: '加粗 ', style: [] },
      { tag: 'a', text: '链接', href: 'https://example.com', style: [] },
    ])
  }),
  happy(endpoint, 'the same uuid within an hour is sent once', async (world) => {
    const body = { receive_id: group(world).chat_id, msg_type: 'text', content: text, uuid: 'u-conformance' }
    const first = (await post(world, body)).json.data?.message_id
    expect((await post(world, body)).json.data?.message_id).toBe(first)
    await world.advance(3_600_000)
    expect((await post(world, body)).json.data?.message_id).not.toBe(first)
  }),
  happy(
    endpoint,
    'reaches a person in the private chat by every id, and a thread by its id',
    async (world) => {
      const { lin } = people(world)
      const direct = await ok(world, 'POST', '/im/v1/messages', {
        query: { receive_id_type: 'open_id' },
        body: { receive_id: lin, msg_type: 'text', content: text },
      })
      expect(direct.chat_id).toMatch(/^oc_/)
      const chat = group(world)
      const root = await send(world, chat)
      const { thread_id } = await ok(world, 'POST', `/im/v1/messages/${root}/reply`, {
        body: { msg_type: 'text', content: text, reply_in_thread: true },
      })
      const { data } = (
        await post(world, { receive_id: thread_id, msg_type: 'text', content: text }, 'thread_id')
      ).json
      expect(data).toMatchObject({ thread_id, root_id: root })
    },
  ),
  refused(endpoint, 230034, 'nobody has this id', (world) =>
    post(world, { receive_id: 'oc_nobody', msg_type: 'text', content: text }),
  ),
  refused(endpoint, 230006, 'the bot is switched off', async (world) => {
    const { abilities } = appSettings(world.sandbox.kernel)
    abilities.bot = { enable: false }
    const answer = await post(world, { receive_id: group(world).chat_id, msg_type: 'text', content: text })
    abilities.bot = { enable: true }
    return answer
  }),
  refused(endpoint, 230013, 'the person may not use the app', async (world) => {
    const { visibility } = appSettings(world.sandbox.kernel)
    visibility.toAll = false
    const body = { receive_id: people(world).lin, msg_type: 'text', content: text }
    const answer = await post(world, body, 'open_id')
    visibility.toAll = true
    return answer
  }),
  refused(endpoint, 230019, 'no such thread', (world) =>
    post(world, { receive_id: 'omt_nothing', msg_type: 'text', content: text }, 'thread_id'),
  ),
  refused(endpoint, 230002, 'the bot is not in the group', (world) =>
    post(world, { receive_id: withoutBot(world).chat_id, msg_type: 'text', content: text }),
  ),
  refused(endpoint, 232009, 'the group was dissolved', async (world) =>
    post(world, { receive_id: (await dissolved(world)).chat_id, msg_type: 'text', content: text }),
  ),
  refused(endpoint, 230018, 'only the owner may write in the group', (world) => {
    const { chat_id } = foreignGroup(world, { moderation_permission: 'only_owner' })
    return post(world, { receive_id: chat_id, msg_type: 'text', content: text })
  }),
  refused(
    endpoint,
    230020,
    'the sixth message of a second into one group',
    async (world) => {
      const body = { receive_id: group(world).chat_id, msg_type: 'text', content: text }
      await world.advance(1_000)
      for (let sent = 0; sent < 5; sent++)
        await world.call('POST', '/open-apis/im/v1/messages', { query: byChat, body })
      return world.call('POST', '/open-apis/im/v1/messages', { query: byChat, body })
    },
    'limit',
  ),
  refused(
    endpoint,
    230025,
    'a text above 150 KB',
    (world) => refusedContent(world, 'text', { text: 'a'.repeat(150 * 1024) }),
    'limit',
  ),
  refused(
    endpoint,
    230025,
    'a post above 30 KB',
    (world) => refusedContent(world, 'post', postOf([[{ tag: 'text', text: 'a'.repeat(30 * 1024) }]])),
    'limit',
  ),
  refused(
    endpoint,
    230001,
    'a uuid above 50 characters',
    (world) =>
      post(world, {
        receive_id: group(world).chat_id,
        msg_type: 'text',
        content: text,
        uuid: 'x'.repeat(51),
      }),
    'limit',
  ),
  ...(
    [
      ['content that is not JSON', 'text', 'hello'],
      ['an empty text', 'text', { text: '' }],
      ['an unknown type', 'poem', { text: 'a' }],
      ['a post without language', 'post', { title: 'a', content: [[]] }],
      ['a post of an unknown language', 'post', { xx_yy: { content: [[{ tag: 'text', text: 'a' }]] } }],
      ['a post with an unknown tag', 'post', postOf([[{ tag: 'marquee', text: 'a' }]])],
      ['a post that links to a script', 'post', postOf([[{ tag: 'a', text: 'a', href: 'javascript:1' }]])],
      [
        'a post with Markdown beside words',
        'post',
        postOf([
          [
            { tag: 'md', text: 'a' },
            { tag: 'text', text: 'b' },
          ],
        ]),
      ],
      ['a post that mentions nobody known', 'post', postOf([[{ tag: 'at', user_id: 'ou_nobody' }]])],
      ['a post with a picture nobody uploaded', 'post', postOf([[{ tag: 'img', image_key: 'img_x' }]])],
      ['an image nobody uploaded', 'image', { image_key: 'img_x' }],
      ['a file nobody uploaded', 'file', { file_key: 'file_x' }],
      ['a sticker nobody has', 'sticker', { file_key: 'file_x' }],
      ['a business card of nobody', 'share_user', { user_id: 'ou_nobody' }],
    ] as const
  ).map(([what, type, content]) =>
    refused(endpoint, 230001, what, (world) => refusedContent(world, type, content)),
  ),
  refused(endpoint, 230055, 'a document sent as a voice message', (world) =>
    refusedContent(world, 'audio', { file_key: uploaded(world, 'pdf') }),
  ),
  refused(endpoint, 230015, 'a private chat cannot be shared', async (world) => {
    const { chat_id } = await ok(world, 'POST', '/im/v1/messages', {
      query: { receive_id_type: 'open_id' },
      body: { receive_id: people(world).zhou, msg_type: 'text', content: text },
    })
    return refusedContent(world, 'share_chat', { chat_id })
  }),
  refused(endpoint, 230017, 'a group the bot is not in cannot be shared', (world) =>
    refusedContent(world, 'share_chat', { chat_id: withoutBot(world).chat_id }),
  ),
  refused(endpoint, 230054, 'a divider in a group', (world) =>
    refusedContent(world, 'system', { type: 'divider', params: { divider_text: { text: '新会话' } } }),
  ),
  happy(replies, 'hangs under the message, and opens a thread when asked', async (world) => {
    const chat = group(world)
    const root = await say(world, chat)
    const { data } = await (await sdkNow(world)).im.v1.message.reply({
      path: { message_id: root },
      data: { msg_type: 'text', content: text, reply_in_thread: true },
    })
    expect(data).toMatchObject({ root_id: root, parent_id: root })
    expect(data?.thread_id).toMatch(/^omt_/)
    const listed = await ok(world, 'GET', '/im/v1/messages', {
      query: { container_id_type: 'chat', container_id: chat.chat_id },
    })
    expect(listed.items).toHaveLength(1)
  }),
  refused(replies, 230011, 'the message was recalled', async (world) => {
    const id = await send(world, group(world))
    await recall(world, id)
    return api(world, 'POST', `/im/v1/messages/${id}/reply`, { body: { msg_type: 'text', content: text } })
  }),
  refused(replies, 230001, 'no such message', (world) =>
    api(world, 'POST', '/im/v1/messages/om_nothing/reply', { body: { msg_type: 'text', content: text } }),
  ),
  happy(
    'PUT /open-apis/im/v1/messages/:message_id',
    'changes a text, and marks it as changed',
    async (world) => {
      const id = await send(world, group(world))
      const { data } = await (await sdkNow(world)).im.v1.message.update({
        path: { message_id: id },
        data: { msg_type: 'text', content: '{"text":"改了"}' },
      })
      expect(data).toMatchObject({ updated: true, body: { content: '{"text":"改了"}' } })
    },
  ),
  refused(
    'PUT /open-apis/im/v1/messages/:message_id',
    230072,
    'the twenty-first change',
    async (world) => {
      const id = await send(world, group(world))
      const edit = () =>
        api(world, 'PUT', `/im/v1/messages/${id}`, { body: { msg_type: 'text', content: text } })
      for (let edits = 0; edits < 20; edits++) await edit()
      return edit()
    },
    'limit',
  ),
  refused('PUT /open-apis/im/v1/messages/:message_id', 230071, 'somebody else wrote it', async (world) =>
    api(world, 'PUT', `/im/v1/messages/${await say(world, group(world))}`, {
      body: { msg_type: 'text', content: text },
    }),
  ),
  refused(
    'PUT /open-apis/im/v1/messages/:message_id',
    230054,
    'only texts and posts are edited',
    async (world) =>
      api(world, 'PUT', `/im/v1/messages/${await send(world, group(world))}`, {
        body: { msg_type: 'image', content: '{"image_key":"img_x"}' },
      }),
  ),
  happy('PATCH /open-apis/im/v1/messages/:message_id', 'shows another card', async (world) => {
    const card = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: '一' }] } }
    const id = await send(world, group(world), card, 'interactive')
    const { code } = await (await sdkNow(world)).im.v1.message.patch({
      path: { message_id: id },
      data: {
        content: JSON.stringify({ ...card, body: { elements: [{ tag: 'markdown', content: '二' }] } }),
      },
    })
    expect(code).toBe(0)
    const { items } = await ok(world, 'GET', `/im/v1/messages/${id}`, {
      query: { card_msg_content_type: 'user_card_content' },
    })
    expect(items[0].body.content).toContain('二')
  }),
  refused('PATCH /open-apis/im/v1/messages/:message_id', 230001, 'the message is no card', async (world) =>
    api(world, 'PATCH', `/im/v1/messages/${await send(world, group(world))}`, { body: { content: '{}' } }),
  ),
  refused(
    'PATCH /open-apis/im/v1/messages/:message_id',
    230031,
    'older than 14 days',
    async (world) => {
      const card = { schema: '2.0', body: { elements: [] } }
      const id = await send(world, group(world), card, 'interactive')
      await world.advance(14 * day + 1_000)
      return api(world, 'PATCH', `/im/v1/messages/${id}`, { body: { content: JSON.stringify(card) } })
    },
    'limit',
  ),
  happy(
    'DELETE /open-apis/im/v1/messages/:message_id',
    'takes back its own, and others’ in a group it made',
    async (world) => {
      const chat = group(world)
      await recall(world, await send(world, chat))
      const id = await say(world, chat)
      expect((await (await sdkNow(world)).im.v1.message.delete({ path: { message_id: id } })).code).toBe(0)
      const { items } = await ok(world, 'GET', `/im/v1/messages/${id}`)
      expect(items[0]).toMatchObject({ deleted: true })
    },
  ),
  refused(
    'DELETE /open-apis/im/v1/messages/:message_id',
    230026,
    'it neither wrote it nor manages the group',
    async (world) => api(world, 'DELETE', `/im/v1/messages/${await say(world, foreignGroup(world))}`),
  ),
]
