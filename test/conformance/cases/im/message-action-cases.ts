import { expect } from 'vitest'
import { messengerState } from '../../../../sandbox/feishu/im/messenger-state.ts'
import type { ConformanceCase, ConformanceWorld } from '../../case.ts'
import {
  api,
  byChat,
  group,
  happy,
  ok,
  people,
  recall,
  refused,
  say,
  sdkNow,
  send,
  withoutBot,
} from './im-world.ts'

const forward = 'POST /open-apis/im/v1/messages/:message_id/forward'
const merge = 'POST /open-apis/im/v1/messages/merge_forward'
const thread = 'POST /open-apis/im/v1/threads/:thread_id/forward'
const reactions = 'POST /open-apis/im/v1/messages/:message_id/reactions'
const pins = 'POST /open-apis/im/v1/pins'
const followUp = 'POST /open-apis/im/v1/messages/:message_id/push_follow_up'
const smile = { reaction_type: { emoji_type: 'SMILE' } }

function forwardTo(world: ConformanceWorld, messageId: string, chatId = group(world).chat_id) {
  return api(world, 'POST', `/im/v1/messages/${messageId}/forward`, {
    query: byChat,
    body: { receive_id: chatId },
  })
}

function mergeTo(world: ConformanceWorld, ids: string[], chatId = group(world).chat_id) {
  return api(world, 'POST', '/im/v1/messages/merge_forward', {
    query: byChat,
    body: { receive_id: chatId, message_id_list: ids },
  })
}

function react(world: ConformanceWorld, messageId: string, body: unknown = smile) {
  return api(world, 'POST', `/im/v1/messages/${messageId}/reactions`, { body })
}

/** A message of the bot in the private chat with 林小夏. */
async function direct(world: ConformanceWorld): Promise<string> {
  const body = { receive_id: people(world).lin, msg_type: 'text', content: '{"text":"有什么可以帮你？"}' }
  const query = { receive_id_type: 'open_id' }
  return (await ok(world, 'POST', '/im/v1/messages', { query, body })).message_id
}

function bubbles(world: ConformanceWorld, id: string, texts = ['查订单', '查退款']) {
  const body = { follow_ups: texts.map((content) => ({ content })) }
  return api(world, 'POST', `/im/v1/messages/${id}/push_follow_up`, { body })
}

const forwards: readonly ConformanceCase[] = [
  happy(forward, 'puts the same content into another chat', async (world) => {
    const id = await send(world, group(world), { text: '转我' })
    await world.advance(1_000)
    const to = group(world)
    const { data } = await (await sdkNow(world)).im.v1.message.forward({
      path: { message_id: id },
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: to.chat_id },
    })
    expect(data).toMatchObject({ chat_id: to.chat_id, body: { content: '{"text":"转我"}' } })
  }),
  refused(forward, 230064, 'no such message', (world) => forwardTo(world, 'om_nothing')),
  refused(forward, 230065, 'it was recalled', async (world) => {
    const id = await send(world, group(world))
    await recall(world, id)
    return forwardTo(world, id)
  }),
  refused(forward, 230034, 'no such receiver', async (world) =>
    forwardTo(world, await send(world, group(world)), 'oc_nothing'),
  ),
  refused(forward, 230002, 'the bot is not in the other group', async (world) =>
    forwardTo(world, await send(world, group(world)), withoutBot(world).chat_id),
  ),
  refused(forward, 230061, 'it is part of a merged message', async (world) => {
    const merged = await mergeTo(world, [await send(world, group(world))])
    const { message_id } = (merged.json.data?.message ?? {}) as { message_id?: string }
    const { items } = await ok(world, 'GET', `/im/v1/messages/${message_id}`)
    return forwardTo(world, items[1].message_id)
  }),
  happy(merge, 'makes one message of several, and says which were no good', async (world) => {
    const chat = group(world)
    const ids = [await send(world, chat, { text: '一' }), await say(world, chat, '二')]
    const { data } = (await mergeTo(world, [...ids, 'om_nothing'])).json
    expect(data).toMatchObject({
      invalid_message_id_list: ['om_nothing'],
      message: { msg_type: 'merge_forward', body: { content: 'Merged and Forwarded Message' } },
    })
    const { message_id } = (data?.message ?? {}) as { message_id?: string }
    const { items } = await ok(world, 'GET', `/im/v1/messages/${message_id}`)
    expect(items).toHaveLength(3)
    expect(items[1]).toMatchObject({ upper_message_id: message_id, body: { content: '{"text":"一"}' } })
  }),
  refused(merge, 230069, 'the messages are of two groups', async (world) =>
    mergeTo(world, [await send(world, group(world)), await send(world, group(world))]),
  ),
  refused(merge, 230064, 'none of them exists', (world) => mergeTo(world, ['om_nothing'])),
  happy(thread, 'forwards a thread as one message', async (world) => {
    const root = await send(world, group(world))
    const { thread_id } = await ok(world, 'POST', `/im/v1/messages/${root}/reply`, {
      body: { msg_type: 'text', content: '{"text":"答"}', reply_in_thread: true },
    })
    const { data } = (
      await api(world, 'POST', `/im/v1/threads/${thread_id}/forward`, {
        query: byChat,
        body: { receive_id: group(world).chat_id },
      })
    ).json
    expect(data).toMatchObject({ msg_type: 'merge_forward' })
  }),
  refused(thread, 230064, 'no such thread', (world) =>
    api(world, 'POST', '/im/v1/threads/omt_nothing/forward', {
      query: byChat,
      body: { receive_id: group(world).chat_id },
    }),
  ),
]

const marks: readonly ConformanceCase[] = [
  happy(reactions, 'adds an emoji', async (world) => {
    const id = await send(world, group(world))
    const { data } = await (await sdkNow(world)).im.v1.messageReaction.create({
      path: { message_id: id },
      data: smile,
    })
    expect(data).toMatchObject({ operator: { operator_type: 'app' }, reaction_type: { emoji_type: 'SMILE' } })
  }),
  refused(reactions, 231001, 'no such emoji', async (world) =>
    react(world, await send(world, group(world)), { reaction_type: { emoji_type: 'NOPE' } }),
  ),
  refused(reactions, 231003, 'no such message', (world) => react(world, 'om_nothing')),
  happy('GET /open-apis/im/v1/messages/:message_id/reactions', 'lists them', async (world) => {
    const id = await send(world, group(world))
    await react(world, id)
    const { data } = await (await sdkNow(world)).im.v1.messageReaction.list({ path: { message_id: id } })
    expect(data?.items).toHaveLength(1)
  }),
  refused('GET /open-apis/im/v1/messages/:message_id/reactions', 231003, 'no such message', (world) =>
    api(world, 'GET', '/im/v1/messages/om_nothing/reactions'),
  ),
  happy(
    'DELETE /open-apis/im/v1/messages/:message_id/reactions/:reaction_id',
    'takes it away',
    async (world) => {
      const id = await send(world, group(world))
      const made = (await react(world, id)).json.data
      const path = `/im/v1/messages/${id}/reactions`
      await ok(world, 'DELETE', `${path}/${made?.reaction_id}`)
      expect((await ok(world, 'GET', path)).items).toEqual([])
    },
  ),
  refused(
    'DELETE /open-apis/im/v1/messages/:message_id/reactions/:reaction_id',
    231010,
    'another message’s',
    async (world) =>
      api(world, 'DELETE', `/im/v1/messages/${await send(world, group(world))}/reactions/ZCaCx`),
  ),
  happy(pins, 'pins, and answers a second time with the same pin', async (world) => {
    const id = await send(world, group(world))
    const first = await ok(world, 'POST', '/im/v1/pins', { body: { message_id: id } })
    const { data } = await (await sdkNow(world)).im.v1.pin.create({ data: { message_id: id } })
    expect(data?.pin).toEqual(first.pin)
  }),
  refused(pins, 230011, 'it was recalled', async (world) => {
    const id = await send(world, group(world))
    await recall(world, id)
    return api(world, 'POST', '/im/v1/pins', { body: { message_id: id } })
  }),
  happy('GET /open-apis/im/v1/pins', 'lists the pins of a chat, newest first', async (world) => {
    const chat = group(world)
    const ids = [await send(world, chat), await send(world, chat)]
    for (const id of ids) await ok(world, 'POST', '/im/v1/pins', { body: { message_id: id } })
    const { items } = await ok(world, 'GET', '/im/v1/pins', { query: { chat_id: chat.chat_id } })
    expect(items.map((item: { message_id: string }) => item.message_id)).toEqual(ids.toReversed())
  }),
  refused('GET /open-apis/im/v1/pins', 230045, 'no such chat', (world) =>
    api(world, 'GET', '/im/v1/pins', { query: { chat_id: 'oc_nothing' } }),
  ),
  happy(
    'DELETE /open-apis/im/v1/pins/:message_id',
    'takes the pin away, twice without complaint',
    async (world) => {
      const id = await send(world, group(world))
      await ok(world, 'POST', '/im/v1/pins', { body: { message_id: id } })
      await ok(world, 'DELETE', `/im/v1/pins/${id}`)
      await ok(world, 'DELETE', `/im/v1/pins/${id}`)
    },
  ),
  refused('DELETE /open-apis/im/v1/pins/:message_id', 230001, 'no such message', (world) =>
    api(world, 'DELETE', '/im/v1/pins/om_nothing'),
  ),
]

function urge(world: ConformanceWorld, way: string, id: string, ids: string[]) {
  return api(world, 'PATCH', `/im/v1/messages/${id}/urgent_${way}`, {
    query: { user_id_type: 'open_id' },
    body: { user_id_list: ids },
  })
}

const urgency = (['app', 'sms', 'phone'] as const).flatMap((way): readonly ConformanceCase[] => {
  const endpoint = `PATCH /open-apis/im/v1/messages/:message_id/urgent_${way}`
  return [
    happy(endpoint, 'urges the members and names who is none', async (world) => {
      const { lin } = people(world)
      const { json } = await urge(world, way, await send(world, group(world)), [lin, 'ou_nobody'])
      expect(json).toMatchObject({ code: 0, data: { invalid_user_id_list: ['ou_nobody'] } })
    }),
    refused(endpoint, 230012, 'somebody else sent it', async (world) =>
      urge(world, way, await say(world, group(world)), [people(world).lin]),
    ),
    refused(endpoint, 230001, 'nobody is named', async (world) =>
      urge(world, way, await send(world, group(world)), []),
    ),
  ]
})

const limits: readonly ConformanceCase[] = [
  refused(
    'PATCH /open-apis/im/v1/messages/:message_id/urgent_app',
    230023,
    'a person has 200 unread urgent messages',
    async (world) => {
      const chat = group(world)
      const { zhou } = people(world)
      for (let sent = 0; sent < 200; sent++) await urge(world, 'app', await send(world, chat), [zhou])
      return urge(world, 'app', await send(world, chat), [zhou])
    },
    'limit',
  ),
  refused(
    'PATCH /open-apis/im/v1/messages/:message_id/urgent_phone',
    230024,
    'the tenant’s quota is spent',
    async (world) => {
      const quota = messengerState(world.sandbox.kernel).urgentQuota
      const before = quota.phone
      quota.phone = 0
      const answer = await urge(world, 'phone', await send(world, group(world)), [people(world).lin])
      quota.phone = before
      return answer
    },
    'limit',
  ),
  happy(followUp, 'puts bubbles under the newest message of a private chat', async (world) => {
    expect((await bubbles(world, await direct(world))).json.code).toBe(0)
  }),
  refused(followUp, 230003, 'the message is in a group', async (world) =>
    bubbles(world, await send(world, group(world))),
  ),
  refused(followUp, 230006, 'a newer message follows', async (world) => {
    const id = await direct(world)
    await direct(world)
    return bubbles(world, id)
  }),
  refused(followUp, 230008, 'it has bubbles already', async (world) => {
    const id = await direct(world)
    await bubbles(world, id)
    return bubbles(world, id)
  }),
  refused(followUp, 230002, 'older than ten minutes', async (world) => {
    const id = await direct(world)
    await world.advance(601_000)
    return bubbles(world, id)
  }),
  refused(
    followUp,
    230007,
    'more than three bubbles',
    async (world) => bubbles(world, await direct(world), ['一', '二', '三', '四']),
    'limit',
  ),
]

export const messageActionCases: readonly ConformanceCase[] = [...forwards, ...marks, ...urgency, ...limits]
