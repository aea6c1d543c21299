import { expect } from 'vitest'
import type { ConformanceArea, ConformanceWorld } from '../case.ts'
import { api, freshSdk, ok, refuses, works } from './platform-world.ts'

const cards = '/open-apis/cardkit/v1/cards'
const one = `${cards}/:card_id`
const day = 24 * 3_600_000

const md = (id: string, content = '你好') => ({ tag: 'markdown', element_id: id, content })
const cardOf = (elements: unknown[] = [md('text')], config: Record<string, unknown> = {}) => ({
  schema: '2.0',
  config,
  body: { elements },
})

async function entity(world: ConformanceWorld, card: unknown = cardOf()): Promise<string> {
  const body = { type: 'card_json', data: JSON.stringify(card) }
  return (await ok(world, 'POST', '/cardkit/v1/cards', { body })).card_id
}

/** A message that shows the entity; returns its card as people see it. */
async function sent(world: ConformanceWorld, card_id: string) {
  const { items } = await ok(world, 'GET', '/im/v1/chats')
  const { message_id } = await ok(world, 'POST', '/im/v1/messages?receive_id_type=chat_id', {
    body: {
      receive_id: items[0].chat_id,
      msg_type: 'interactive',
      content: JSON.stringify({ type: 'card', data: { card_id } }),
    },
  })
  return message_id as string
}

async function shown(world: ConformanceWorld, messageId: string): Promise<string> {
  const { items } = await ok(
    world,
    'GET',
    `/im/v1/messages/${messageId}?card_msg_content_type=user_card_content`,
  )
  return items[0].body.content
}

const create = (world: ConformanceWorld, data: unknown) =>
  api(world, 'POST', '/cardkit/v1/cards', {
    body: { type: 'card_json', data: typeof data === 'string' ? data : JSON.stringify(data) },
  })

const put = (world: ConformanceWorld, id: string, sequence: number, more: Record<string, unknown> = {}) =>
  api(world, 'PUT', `/cardkit/v1/cards/${id}`, {
    body: { card: { type: 'card_json', data: JSON.stringify(cardOf()) }, sequence, ...more },
  })

const stream = (world: ConformanceWorld, id: string, element = 'text') =>
  api(world, 'PUT', `/cardkit/v1/cards/${id}/elements/${element}/content`, {
    body: { content: '你好呀', sequence: 1 },
  })

/** cardkit/v1. */
export const cardkitCases: ConformanceArea = {
  area: 'cardkit',
  cases: [
    works(
      `POST ${cards}`,
      'an entity, sent once and shown by its message',
      (sdk) => sdk.cardkit.v1.card.create({ data: { type: 'card_json', data: JSON.stringify(cardOf()) } }),
      ({ card_id }) => expect(card_id).toMatch(/^\d{10,20}$/),
    ),
    refuses(`POST ${cards}`, { code: 300307 }, 'an empty card', (world) => create(world, '')),
    refuses(`POST ${cards}`, { code: 300303 }, 'a card of schema 1.0', (world) =>
      create(world, { elements: [] }),
    ),
    refuses(`POST ${cards}`, { code: 300302 }, 'a card that is not shared', (world) =>
      create(world, cardOf([md('a')], { update_multi: false })),
    ),
    refuses(`POST ${cards}`, { code: 300301 }, 'two elements with one id', (world) =>
      create(world, cardOf([md('a'), md('a')])),
    ),
    refuses(`POST ${cards}`, { code: 300305, kind: 'limit' }, 'more than 200 elements', (world) =>
      create(world, cardOf(Array.from({ length: 201 }, (_, n) => ({ tag: 'markdown', content: String(n) })))),
    ),
    refuses(`POST ${cards}`, { code: 200860, kind: 'limit' }, 'more than 30 KB', (world) =>
      create(world, cardOf([md('a', 'x'.repeat(31 * 1024))])),
    ),
    refuses(`POST ${cards}`, { code: 200220 }, 'a tag that does not exist', (world) =>
      create(world, cardOf([{ tag: 'marquee' }])),
    ),
    refuses(`POST ${cards}`, { code: 10002 }, 'a type that is not there', (world) =>
      api(world, 'POST', '/cardkit/v1/cards', { body: { type: 'template', data: '{}' } }),
    ),
    refuses('POST /open-apis/im/v1/messages', { code: 230099 }, 'an entity is sent once', async (world) => {
      const card_id = await entity(world)
      await sent(world, card_id)
      const { items } = await ok(world, 'GET', '/im/v1/chats')
      return api(world, 'POST', '/im/v1/messages?receive_id_type=chat_id', {
        body: {
          receive_id: items[0].chat_id,
          msg_type: 'interactive',
          content: JSON.stringify({ type: 'card', data: { card_id } }),
        },
      })
    }),
    {
      endpoint: `PUT ${one}`,
      kind: 'happy',
      title: 'the whole card; the message that shows it changes at once',
      async run(world) {
        const card_id = await entity(world)
        const message = await sent(world, card_id)
        const data = JSON.stringify(cardOf([md('text', '换了')]))
        const answer = await freshSdk(world).cardkit.v1.card.update({
          path: { card_id },
          data: { card: { type: 'card_json', data }, sequence: 1 },
        })
        expect(answer.code).toBe(0)
        expect(await shown(world, message)).toContain('换了')
      },
    },
    refuses(`PUT ${one}`, { code: 200740 }, 'an entity that does not exist', (world) => put(world, '7', 1)),
    refuses(`PUT ${one}`, { code: 200750 }, 'an entity older than 14 days', async (world) => {
      const id = await entity(world)
      await world.advance(14 * day)
      return put(world, id, 1)
    }),
    refuses(`PUT ${one}`, { code: 200770 }, 'a uuid that was used', async (world) => {
      const id = await entity(world)
      await put(world, id, 1, { uuid: 'u-1' })
      return put(world, id, 2, { uuid: 'u-1' })
    }),
    refuses(`PUT ${one}`, { code: 300317 }, 'a number that is not higher than the last', async (world) => {
      const id = await entity(world)
      await put(world, id, 5)
      return put(world, id, 5)
    }),
    refuses(`PUT ${one}`, { code: 10002 }, 'a number that is none', async (world) =>
      put(world, await entity(world), 0),
    ),
    refuses(
      `PUT ${one}`,
      { code: 99991400, status: 429, kind: 'limit' },
      'ten operations a second',
      async (world) => {
        const id = await entity(world)
        const path = `/open-apis/cardkit/v1/cards/${id}`
        const card = { type: 'card_json', data: JSON.stringify(cardOf()) }
        await world.advance(1_000)
        for (let n = 1; n <= 10; n++) await world.call('PUT', path, { body: { card, sequence: n } })
        return world.call('PUT', path, { body: { card, sequence: 11 } })
      },
    ),
    works(`PATCH ${one}/settings`, 'config and link', async (sdk, world) =>
      sdk.cardkit.v1.card.settings({
        path: { card_id: await entity(world) },
        data: { settings: JSON.stringify({ config: { streaming_mode: true } }), sequence: 1 },
      }),
    ),
    refuses(`PATCH ${one}/settings`, { code: 300122 }, 'a setting that does not exist', async (world) =>
      api(world, 'PATCH', `/cardkit/v1/cards/${await entity(world)}/settings`, {
        body: { settings: JSON.stringify({ body: {} }), sequence: 1 },
      }),
    ),
    {
      endpoint: `POST ${one}/batch_update`,
      kind: 'happy',
      title: 'five kinds of operations at once',
      async run(world) {
        const card_id = await entity(world, cardOf([md('a'), md('b'), md('c')]))
        const actions = [
          { action: 'partial_update_setting', params: { settings: { config: { streaming_mode: true } } } },
          {
            action: 'add_elements',
            params: { type: 'insert_before', target_element_id: 'a', elements: [md('n', '新')] },
          },
          { action: 'delete_elements', params: { element_ids: ['b'] } },
          {
            action: 'partial_update_element',
            params: { element_id: 'c', partial_element: { content: '改' } },
          },
          { action: 'update_element', params: { element_id: 'a', element: { tag: 'hr' } } },
        ]
        const answer = await freshSdk(world).cardkit.v1.card.batchUpdate({
          path: { card_id },
          data: { sequence: 1, actions: JSON.stringify(actions) },
        })
        expect(answer.code).toBe(0)
        const card = JSON.parse(await shown(world, await sent(world, card_id)))
        expect(card.body.elements).toMatchObject([{ content: '新' }, { tag: 'hr' }, { content: '改' }])
      },
    },
    refuses(
      `POST ${one}/batch_update`,
      { code: 300314 },
      'all or nothing: one element is not there',
      async (world) =>
        api(world, 'POST', `/cardkit/v1/cards/${await entity(world)}/batch_update`, {
          body: {
            sequence: 1,
            actions: JSON.stringify([
              { action: 'delete_elements', params: { element_ids: ['text', 'none'] } },
            ]),
          },
        }),
    ),
    refuses(`POST ${one}/batch_update`, { code: 10002 }, 'an operation that does not exist', async (world) =>
      api(world, 'POST', `/cardkit/v1/cards/${await entity(world)}/batch_update`, {
        body: { sequence: 1, actions: JSON.stringify([{ action: 'explode', params: {} }]) },
      }),
    ),
    works(`POST ${one}/elements`, 'elements at the end', async (sdk, world) =>
      sdk.cardkit.v1.cardElement.create({
        path: { card_id: await entity(world) },
        data: { type: 'append', elements: JSON.stringify([md('more')]), sequence: 1 },
      }),
    ),
    refuses(`POST ${one}/elements`, { code: 300315 }, 'beside an element that is not there', async (world) =>
      api(world, 'POST', `/cardkit/v1/cards/${await entity(world)}/elements`, {
        body: {
          type: 'insert_after',
          target_element_id: 'none',
          elements: JSON.stringify([md('x')]),
          sequence: 1,
        },
      }),
    ),
    works(`PUT ${one}/elements/:element_id`, 'another element in its place', async (sdk, world) =>
      sdk.cardkit.v1.cardElement.update({
        path: { card_id: await entity(world), element_id: 'text' },
        data: { element: JSON.stringify({ tag: 'hr' }), sequence: 1 },
      }),
    ),
    refuses(
      `PUT ${one}/elements/:element_id`,
      { code: 300121 },
      'an element that is not there',
      async (world) =>
        api(world, 'PUT', `/cardkit/v1/cards/${await entity(world)}/elements/none`, {
          body: { element: JSON.stringify({ tag: 'hr' }), sequence: 1 },
        }),
    ),
    works(`PATCH ${one}/elements/:element_id`, 'some of its properties', async (sdk, world) =>
      sdk.cardkit.v1.cardElement.patch({
        path: { card_id: await entity(world), element_id: 'text' },
        data: { partial_element: JSON.stringify({ content: '改' }), sequence: 1 },
      }),
    ),
    refuses(`PATCH ${one}/elements/:element_id`, { code: 300312 }, 'its tag stays', async (world) =>
      api(world, 'PATCH', `/cardkit/v1/cards/${await entity(world)}/elements/text`, {
        body: { partial_element: JSON.stringify({ tag: 'hr' }), sequence: 1 },
      }),
    ),
    refuses(
      `PATCH ${one}/elements/:element_id`,
      { code: 300313 },
      'a property that does not exist',
      async (world) =>
        api(world, 'PATCH', `/cardkit/v1/cards/${await entity(world)}/elements/text`, {
          body: { partial_element: JSON.stringify({ colour: 'red' }), sequence: 1 },
        }),
    ),
    works(`DELETE ${one}/elements/:element_id`, 'an element goes', async (sdk, world) =>
      sdk.cardkit.v1.cardElement.delete({
        path: { card_id: await entity(world), element_id: 'text' },
        data: { sequence: 1 },
      }),
    ),
    refuses(
      `DELETE ${one}/elements/:element_id`,
      { code: 300314 },
      'an element that is not there',
      async (world) =>
        api(world, 'DELETE', `/cardkit/v1/cards/${await entity(world)}/elements/none`, {
          body: { sequence: 1 },
        }),
    ),
    works(`PUT ${one}/elements/:element_id/content`, 'streaming text', async (sdk, world) =>
      sdk.cardkit.v1.cardElement.content({
        path: {
          card_id: await entity(world, cardOf([md('text')], { streaming_mode: true })),
          element_id: 'text',
        },
        data: { content: '你好，世界', sequence: 1 },
      }),
    ),
    refuses(
      `PUT ${one}/elements/:element_id/content`,
      { code: 300309 },
      'a card that does not stream',
      async (world) => stream(world, await entity(world)),
    ),
    refuses(
      `PUT ${one}/elements/:element_id/content`,
      { code: 200850 },
      'streaming ends after ten minutes',
      async (world) => {
        const id = await entity(world, cardOf([md('text')], { streaming_mode: true }))
        await world.advance(11 * 60_000)
        return stream(world, id)
      },
    ),
    refuses(`PUT ${one}/elements/:element_id/content`, { code: 300310 }, 'only texts stream', async (world) =>
      stream(
        world,
        await entity(world, cardOf([{ tag: 'hr', element_id: 'line' }], { streaming_mode: true })),
        'line',
      ),
    ),
    {
      endpoint: `POST ${cards}/id_convert`,
      kind: 'happy',
      title: 'a card that was sent as JSON becomes an entity',
      async run(world) {
        const { items } = await ok(world, 'GET', '/im/v1/chats')
        const { message_id } = await ok(world, 'POST', '/im/v1/messages?receive_id_type=chat_id', {
          body: { receive_id: items[0].chat_id, msg_type: 'interactive', content: JSON.stringify(cardOf()) },
        })
        const answer = await freshSdk(world).cardkit.v1.card.idConvert({ data: { message_id } })
        const id = answer.data?.card_id ?? ''
        await put(world, id, 1)
        expect(await shown(world, message_id)).toContain('你好')
      },
    },
    refuses(`POST ${cards}/id_convert`, { code: 10002 }, 'a message that is no card', (world) =>
      api(world, 'POST', '/cardkit/v1/cards/id_convert', { body: { message_id: 'om_none' } }),
    ),
  ],
}
