import { EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk'
import { expect } from 'vitest'
import { silent } from '../../sandbox/kernel-sandbox.ts'
import type { ConformanceArea, ConformanceCase, ConformanceWorld, RawAnswer } from '../case.ts'
import { listen } from './events/webhook.ts'

const tenant = 'POST /open-apis/auth/v3/tenant_access_token/internal'
const app = 'POST /open-apis/auth/v3/app_access_token/internal'
const outboundIp = 'GET /open-apis/event/v1/outbound_ip'
const minute = 60_000

const pathOf = (endpoint: string) => endpoint.split(' ')[1] ?? ''

function credentials(world: ConformanceWorld): { app_id: string; app_secret: string } {
  const { appId, appSecret } = world.sandbox.kernel.identity()
  return { app_id: appId, app_secret: appSecret }
}

const ask = (world: ConformanceWorld, endpoint: string, body: unknown): Promise<RawAnswer> =>
  world.call('POST', pathOf(endpoint), { token: null, body })

const tokenCases = [tenant, app].flatMap((endpoint): ConformanceCase[] => [
  {
    endpoint,
    kind: 'happy',
    title:
      'answers a token beside code and msg, the same while 30 minutes remain, then a new one with both valid',
    async run(world) {
      const first = await ask(world, endpoint, credentials(world))
      expect(first).toMatchObject({ status: 200, json: { code: 0, msg: 'ok', expire: expect.any(Number) } })
      expect(first.json.data).toBeUndefined()
      const token = String(first.json.tenant_access_token)
      expect(token).toMatch(/^t-/)
      expect((await ask(world, endpoint, credentials(world))).json.tenant_access_token).toBe(token)
      await world.advance((Number(first.json.expire) - 29 * 60) * 1_000)
      const second = String((await ask(world, endpoint, credentials(world))).json.tenant_access_token)
      expect(second).not.toBe(token)
      for (const live of [token, second])
        expect((await world.call('GET', pathOf(outboundIp), { token: live })).json.code).toBe(0)
      await world.advance(30 * minute)
      expect((await world.call('GET', pathOf(outboundIp), { token })).json.code).toBe(99991663)
      expect((await world.call('GET', pathOf(outboundIp), { token: second })).json.code).toBe(0)
    },
  },
  {
    endpoint,
    kind: 'error',
    title: 'refuses an unknown app with 10014 and a wrong secret with 10015',
    async run(world) {
      const known = credentials(world)
      const unknown = await ask(world, endpoint, { ...known, app_id: 'cli_0000000000000000' })
      expect(unknown.json).toMatchObject({ code: 10014 })
      const wrong = await ask(world, endpoint, { ...known, app_secret: 'wrong' })
      expect(wrong.json).toMatchObject({ code: 10015 })
      expect(wrong.json.tenant_access_token).toBeUndefined()
    },
  },
])

const refusedTokens: [string | null, number, string][] = [
  [null, 99991661, 'no token'],
  ['t-dead', 99991663, 'a dead app token'],
  ['u-dead', 99991668, 'a user token nobody was given'],
  ['x-dead', 99991671, 'a token that starts with neither t- nor u-'],
]

const addressCases: ConformanceCase[] = [
  {
    endpoint: outboundIp,
    kind: 'happy',
    title: 'lists the addresses events come from',
    async run(world) {
      const { status, json } = await world.call('GET', pathOf(outboundIp))
      expect({ status, json }).toMatchObject({
        status: 200,
        json: { code: 0, data: { ip_list: ['127.0.0.1'], has_more: false } },
      })
    },
  },
  ...refusedTokens.map(
    ([token, code, words]): ConformanceCase => ({
      endpoint: outboundIp,
      kind: 'error',
      title: `answers ${code} to ${words}, with HTTP 400 and a log id`,
      async run(world) {
        const { status, json, headers } = await world.call('GET', pathOf(outboundIp), { token })
        expect({ status, code: json.code, msg: json.msg }).toEqual({
          status: 400,
          code,
          msg: expect.any(String),
        })
        expect(json.error?.log_id).toBe(headers.get('x-tt-logid'))
      },
    }),
  ),
  {
    endpoint: outboundIp,
    kind: 'limit',
    title: 'answers 429 with 99991400 above 50 calls a second and says when to come back; other APIs go on',
    async run(world) {
      await world.advance(minute)
      const call = () => world.call('GET', pathOf(outboundIp))
      const answers = await Promise.all(Array.from({ length: 51 }, call))
      const over = answers.filter(({ status }) => status === 429)
      expect(over).toHaveLength(1)
      expect(over[0]?.json).toMatchObject({ code: 99991400, msg: 'request trigger frequency limit' })
      expect(over[0]?.headers.get('x-ogw-ratelimit-limit')).toBe('50')
      expect(over[0]?.headers.get('x-ogw-ratelimit-reset')).toBe('1')
      expect((await world.call('GET', '/open-apis/im/v1/chats')).status).toBe(200)
      await world.advance(1_000)
      expect((await call()).status).toBe(200)
    },
  },
]

/** Says something to the bot, which is an event. */
async function speak(world: ConformanceWorld, text: string): Promise<void> {
  const state = (await world.control('state')) as {
    users: { open_id: string }[]
    chats: { chat_id: string }[]
  }
  await world.control(`chats/${state.chats[0]?.chat_id}/messages`, {
    open_id: state.users[0]?.open_id,
    text,
    mention_bot: true,
  })
}

const deliveryCases: ConformanceCase[] = [
  {
    endpoint: outboundIp,
    kind: 'event',
    title:
      'an event comes over HTTP signed and encrypted, and after a failure at 15 s, 5 min, 1 h and 6 h with its id',
    async run(world) {
      const hook = await listen(world.sandbox.kernel.identity().encryptKey)
      try {
        await world.control('settings', { eventUrl: hook.url })
        hook.status = 500
        await speak(world, '你好')
        await hook.count(1)
        for (const [index, wait] of [15_000, 300_000, 3_600_000, 21_600_000].entries()) {
          await world.advance(wait)
          await hook.count(index + 2)
        }
        await world.advance(86_400_000)
        expect(hook.received).toHaveLength(5)
        expect(hook.received.every(({ isSigned }) => isSigned)).toBe(true)
        expect(new Set(hook.received.map(({ event }) => event.header?.event_id)).size).toBe(1)
        expect(hook.received[0]?.event).toMatchObject({
          schema: '2.0',
          header: { event_type: 'im.message.receive_v1', token: expect.any(String) },
        })
      } finally {
        await world.control('settings', { eventUrl: null })
        await hook.close()
      }
    },
  },
  {
    endpoint: outboundIp,
    kind: 'event',
    title: 'an event comes over the long connection, plain, and is not repeated after it was acknowledged',
    async run(world) {
      const { appId, appSecret } = world.sandbox.kernel.identity()
      const ready = Promise.withResolvers<void>()
      const came = Promise.withResolvers<{ message: { content: string } }>()
      let times = 0
      const eventDispatcher = new EventDispatcher({ logger: silent }).register({
        'im.message.receive_v1': async (event) => {
          times += 1
          came.resolve(event)
        },
      })
      const client = new WSClient({
        appId,
        appSecret,
        domain: world.url,
        logger: silent,
        onReady: ready.resolve,
      })
      void client.start({ eventDispatcher })
      try {
        await ready.promise
        await speak(world, '长连接')
        expect((await came.promise).message.content).toContain('长连接')
        await world.advance(86_400_000)
        expect(times).toBe(1)
      } finally {
        client.close({ force: true })
      }
    },
  },
  {
    endpoint: outboundIp,
    kind: 'event',
    title: 'nothing is delivered that was not subscribed',
    async run(world) {
      const hook = await listen(world.sandbox.kernel.identity().encryptKey)
      try {
        await world.control('settings', { eventUrl: hook.url, subscriptions: ['approval_instance'] })
        await speak(world, '没有订阅')
        await world.control('settings', { subscriptions: null })
        await speak(world, '订阅了')
        await hook.count(1)
        expect(JSON.stringify(hook.received)).not.toContain('没有订阅')
        const effects = (await world.control('effects?only=events')) as { events: { unsubscribed: object } }
        expect(effects.events.unsubscribed).toEqual({ 'im.message.receive_v1': 1 })
      } finally {
        await world.control('settings', { eventUrl: null, subscriptions: null })
        await hook.close()
      }
    },
  },
]

export const eventsCases: ConformanceArea = {
  area: 'events',
  cases: [...tokenCases, ...addressCases, ...deliveryCases],
}
