import { mkdtempSync, readdirSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addUser, listUsers } from '../../sandbox/feishu/contact/index.ts'
import { createKernel } from '../../sandbox/kernel/create-kernel.ts'
import { rawBody } from '../../sandbox/kernel/raw-body.ts'
import { sdkClient, startCore } from './kernel-sandbox.ts'

const send = '/im/v1/messages?receive_id_type=chat_id'

describe('tokens', () => {
  it('hands out the same token while half an hour of it remains, then a new one with both valid', async () => {
    const { call, kernel } = await startCore({ frozen: true })
    const { appId, appSecret } = kernel.identity()
    const ask = async () => {
      const answer = await call(
        'POST',
        '/auth/v3/tenant_access_token/internal',
        { app_id: appId, app_secret: appSecret },
        null,
      )
      return answer as unknown as { tenant_access_token: string; expire: number }
    }
    const first = await ask()
    expect(first).toMatchObject({ code: 0, expire: 7200 })
    expect((await ask()).tenant_access_token).toBe(first.tenant_access_token)
    await kernel.clock.advance(91 * 60_000)
    const second = await ask()
    expect(second.tenant_access_token).not.toBe(first.tenant_access_token)
    expect((await call('GET', '/im/v1/chats', undefined, first.tenant_access_token)).code).toBe(0)
    await kernel.clock.advance(30 * 60_000)
    expect(await call('GET', '/im/v1/chats', undefined, first.tenant_access_token)).toMatchObject({
      status: 400,
      code: 99991663,
    })
    expect((await call('GET', '/im/v1/chats', undefined, second.tenant_access_token)).code).toBe(0)
  })

  it('refuses wrong credentials with 10014 and 10015', async () => {
    const { call, kernel } = await startCore()
    const path = '/auth/v3/tenant_access_token/internal'
    expect((await call('POST', path, { app_id: 'cli_0000000000000000', app_secret: 'x' }, null)).code).toBe(
      10014,
    )
    expect((await call('POST', path, { app_id: kernel.identity().appId, app_secret: 'x' }, null)).code).toBe(
      10015,
    )
  })

  it('tells a missing, an unknown and a misshapen token apart', async () => {
    const { call } = await startCore()
    expect(await call('GET', '/im/v1/chats', undefined, null)).toMatchObject({ status: 400, code: 99991661 })
    expect(await call('GET', '/im/v1/chats', undefined, 't-unknown')).toMatchObject({
      status: 400,
      code: 99991663,
    })
    expect(await call('GET', '/im/v1/chats', undefined, 'abc')).toMatchObject({ status: 400, code: 99991671 })
  })
})

describe('the gate in front of every API', () => {
  it('answers a success in the envelope, with a log id', async () => {
    const { call } = await startCore()
    const answer = await call('GET', '/im/v1/chats')
    expect(answer).toMatchObject({ status: 200, code: 0, msg: 'success', data: { has_more: false } })
    expect(answer.headers.get('x-tt-logid')).toMatch(/^\d{14}[0-9A-F]{20}$/)
  })

  it('names every violated field', async () => {
    const { call } = await startCore()
    const answer = await call('POST', send, { receive_id: 7, msg_type: 'text', contents: '{}' })
    expect(answer).toMatchObject({ status: 400, code: 99992402, msg: 'field validation failed' })
    const fields = answer.error.field_violations.map((violation: { field: string }) => violation.field)
    expect(fields).toEqual(expect.arrayContaining(['receive_id', 'content', 'contents']))
  })

  it('checks queries too, and reads numbers and booleans from their text', async () => {
    const { call } = await startCore()
    expect((await call('GET', '/im/v1/messages?container_id_type=chat')).code).toBe(99992402)
    expect((await call('POST', '/im/v1/messages?receive_id_type=nobody', {})).code).toBe(99992402)
    expect((await call('GET', '/im/v1/chats?page_size=10')).code).toBe(0)
    expect((await call('GET', '/im/v1/chats?page_size=ten')).code).toBe(99992402)
  })

  it('answers an unknown route with 404 and a body that is not JSON with 9499', async () => {
    const { url, kernel } = await startCore()
    const unknown = await fetch(`${url}/open-apis/im/v1/nothing`)
    expect(unknown.status).toBe(404)
    expect(unknown.headers.get('x-tt-logid')).toBeTruthy()
    const broken = await fetch(`${url}/open-apis${send}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${kernel.tokens.issue().token}`, 'content-type': 'application/json' },
      body: '{"receive_id":',
    })
    expect(broken.status).toBe(400)
    expect(await broken.json()).toMatchObject({ code: 9499 })
  })

  it('answers 429 with the reset header once a route is called too often, until time has passed', async () => {
    const path = '/open-apis/calendar/v4/calendars'
    const { call, kernel } = await startCore({
      also: (own) => own.api({ method: 'GET', path, limit: { perMinute: 3 }, handle: () => ({}) }),
    })
    const ask = () => call('GET', '/calendar/v4/calendars')
    expect([await ask(), await ask(), await ask()].map((answer) => answer.status)).toEqual([200, 200, 200])
    const refused = await ask()
    expect(refused).toMatchObject({ status: 429, code: 99991400, msg: 'request trigger frequency limit' })
    expect(refused.headers.get('x-ogw-ratelimit-limit')).toBe('3')
    expect(Number(refused.headers.get('x-ogw-ratelimit-reset'))).toBeGreaterThanOrEqual(1)
    expect((await call('GET', '/im/v1/chats')).status).toBe(200)
    await kernel.clock.advance(60_000)
    expect((await ask()).status).toBe(200)
  })

  it('answers HTTP 400 with the same code where an old API does, and keeps both budgets of a tier', async () => {
    const path = '/open-apis/calendar/v4/calendars'
    const limit = { perSecond: 2, perMinute: 3, status: 400 } as const
    const { call, kernel } = await startCore({
      frozen: true,
      also: (own) => own.api({ method: 'GET', path, limit, handle: () => ({}) }),
    })
    const ask = async () => {
      const { status, code, headers } = await call('GET', '/calendar/v4/calendars')
      return [status, code, headers.get('x-ogw-ratelimit-limit'), headers.get('x-ogw-ratelimit-reset')]
    }
    expect([(await ask())[0], (await ask())[0]]).toEqual([200, 200])
    expect(await ask()).toEqual([400, 99991400, '2', '1'])
    await kernel.clock.advance(1_000)
    expect((await ask())[0]).toBe(200)
    expect(await ask()).toEqual([400, 99991400, '3', '59'])
    await kernel.clock.advance(59_000)
    expect((await ask())[0]).toBe(200)
  })

  it('accepts what the SDK sends: GET and DELETE with a JSON body', async () => {
    const { client, sendCard } = await startCore()
    const chats = await client.im.v1.chat.list({ params: { page_size: 5 } })
    expect(chats.data?.items).toHaveLength(1)
    const { data } = await sendCard({ schema: '2.0', body: { elements: [] } })
    expect((await client.im.v1.message.delete({ path: { message_id: data.message_id } })).code).toBe(0)
    const repeated = await client.contact.v3.user
      .batch({ params: { user_ids: ['ou_a', 'ou_b'] } })
      .catch((error) => error.response.data)
    expect(repeated.code).toBe(99992351)
  })
})

describe('faults', () => {
  it('answers as ordered, so many times, for the named route only', async () => {
    const { call, control } = await startCore()
    await control('faults', { kind: 'http_429', route: 'GET /open-apis/im/v1/chats', times: 1 })
    await control('faults', { kind: 'code', code: 1254291, status: 200, family: 'contact', times: 1 })
    expect((await call('GET', '/im/v1/messages?container_id_type=chat&container_id=oc_x')).code).toBe(230001)
    expect((await call('GET', '/im/v1/chats')).status).toBe(429)
    expect((await call('GET', '/im/v1/chats')).status).toBe(200)
    expect(await call('POST', '/contact/v3/users/batch_get_id', {})).toMatchObject({
      status: 200,
      code: 1254291,
    })
    expect((await control('faults')).body.faults).toEqual([])
  })

  it('revokes tokens so that the old one fails and a fresh one works', async () => {
    const { call, control, kernel } = await startCore()
    const token = kernel.tokens.issue().token
    await control('faults', { kind: 'token_revoked', times: 1 })
    expect((await call('GET', '/im/v1/chats', undefined, token)).code).toBe(99991663)
    expect((await call('GET', '/im/v1/chats', undefined, token)).code).toBe(99991663)
    expect((await call('GET', '/im/v1/chats')).code).toBe(0)
  })

  it('cuts the connection before the effect, or after it', async () => {
    const { call, chat, control } = await startCore()
    const text = { receive_id: chat.chat_id, msg_type: 'text', content: '{"text":"你好"}' }
    await control('faults', { kind: 'reset_before', times: 1 })
    await expect(call('POST', send, text)).rejects.toThrow()
    expect((await control('effects')).body.messages).toHaveLength(0)
    for (const kind of ['reset_after_apply', 'truncated', 'invalid_json']) {
      await control('faults', { kind, times: 1 })
      await expect(call('POST', send, text)).rejects.toThrow()
    }
    expect((await control('effects')).body.messages).toHaveLength(3)
  })

  it('says which fault kinds exist when it is asked for another', async () => {
    const { control } = await startCore()
    const answer = await control('faults', { kind: 'flood' })
    expect(answer.status).toBe(400)
    expect(answer.body.msg).toContain('reset_after_apply')
  })
})

describe('servers that are not Feishu', () => {
  const shop = async () => {
    let orders = 0
    const core = await startCore({
      also: (kernel) =>
        kernel.app.post(
          '/shop/orders',
          kernel.outside('some-shop', (request) => {
            orders++
            return { code: 10000, signed: rawBody(request).toString('utf8'), parsed: request.body }
          }),
        ),
    })
    const post = (body: string, type = 'application/json') =>
      fetch(`${core.url}/shop/orders`, { method: 'POST', headers: { 'content-type': type }, body })
    return { ...core, post, orders: () => orders }
  }

  it('see the exact bytes that were signed, beside the parsed body', async () => {
    const { post } = await shop()
    const odd = '{ "id": 6917529027641081856001,\n "a":"好" }'
    expect(await (await post(odd)).json()).toMatchObject({ signed: odd, parsed: { a: '好' } })
    const form = 'a=1&b=%E5%A5%BD'
    expect(await (await post(form, 'application/x-www-form-urlencoded')).json()).toMatchObject({
      signed: form,
      parsed: { a: '1', b: '好' },
    })
  })

  it('have the same faults under their own family, and stand in the traffic', async () => {
    const { post, control, orders } = await shop()
    await control('faults', {
      kind: 'answer',
      family: 'some-shop',
      status: 200,
      body: { code: 50002 },
      times: 1,
    })
    expect(await (await post('{}')).json()).toEqual({ code: 50002 })
    await control('faults', { kind: 'reset_before', family: 'some-shop', times: 1 })
    await expect(post('{}')).rejects.toThrow()
    expect(orders()).toBe(0)
    await control('faults', { kind: 'reset_after_apply', family: 'some-shop', times: 1 })
    await expect(post('{}')).rejects.toThrow()
    expect(orders()).toBe(1)
    await control('faults', { kind: '5xx', family: 'im', times: 1 })
    expect((await post('{}')).status).toBe(200)
    const { body } = await control('traffic?limit=9')
    expect(
      body
        .filter((entry: { family: string }) => entry.family === 'some-shop')
        .map((entry: { fault?: string }) => entry.fault),
    ).toEqual([undefined, 'reset_after_apply', 'reset_before', 'answer'])
  })

  it('push until the receiver accepts, on the sandbox’s clock', async () => {
    const { kernel } = await startCore({ frozen: true })
    const bodies: string[] = []
    const server = createServer(async (incoming, response) => {
      let text = ''
      for await (const chunk of incoming) text += chunk
      bodies.push(text)
      response.writeHead(bodies.length < 3 ? 500 : 200).end('success')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const tried = () =>
      kernel.traffic.list(9).filter((entry) => entry.direction === 'out' && entry.status).length
    kernel.push({
      family: 'some-shop',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`,
      headers: { 'content-type': 'text/plain' },
      body: Buffer.from('order 1 changed'),
      accepted: (status, body) => status === 200 && body === 'success',
      retryAfterMs: [1_000, 60_000, 60_000],
    })
    await expect.poll(tried).toBe(1)
    await kernel.clock.advance(1_000)
    expect(tried()).toBe(2)
    await kernel.clock.advance(3_600_000)
    expect(bodies).toEqual(['order 1 changed', 'order 1 changed', 'order 1 changed'])
  })
})

describe('the control API', () => {
  it('answers this machine only, whatever name or page leads there', async () => {
    const { url } = await startCore()
    const ask = (headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        request(`${url}/_control/state`, { headers }, (answer) => {
          answer.resume()
          resolve(answer.statusCode ?? 0)
        })
          .on('error', reject)
          .end()
      })
    expect(await ask({})).toBe(200)
    expect(await ask({ host: 'localhost:3400' })).toBe(200)
    expect(await ask({ host: 'evil.example:3400' })).toBe(403)
    expect(await ask({ origin: 'https://evil.example' })).toBe(403)
    expect(await ask({ origin: 'null' })).toBe(403)
  })

  it('shows traffic in both directions without secrets', async () => {
    const { call, control, kernel } = await startCore()
    const { appId, appSecret } = kernel.identity()
    await call(
      'POST',
      '/auth/v3/tenant_access_token/internal',
      { app_id: appId, app_secret: appSecret },
      null,
    )
    const { body } = await control('traffic?limit=5')
    expect(body[0]).toMatchObject({ direction: 'in', family: 'auth', status: 200, code: 0 })
    expect(JSON.stringify(body)).not.toContain(appSecret)
    expect(JSON.stringify(body)).not.toMatch(/t-[0-9a-f]{20}/)
  })

  it('shows a page that quotes what people wrote instead of running it', async () => {
    const { url, call, chat } = await startCore()
    const content = JSON.stringify({ text: '<script>alert(1)</script>' })
    await call('POST', send, { receive_id: chat.chat_id, msg_type: 'text', content })
    const html = await (await fetch(`${url}/plain`)).text()
    expect(html).toContain('订单群')
    expect(html).not.toContain('<script>alert(1)')
  })

  it('refuses settings it does not know and a request URL that does not echo the challenge', async () => {
    const { url, control } = await startCore()
    expect((await control('settings', { latency: 5 })).status).toBe(400)
    const refused = await control('settings', { eventUrl: `${url}/_control/state` })
    expect(refused.status).toBe(400)
    expect(refused.body.msg).toContain('eventUrl')
    expect((await control('settings', { latencyMs: 3 })).body.latencyMs).toBe(3)
  })
})

describe('the clock', () => {
  it('runs timers in due order, also those set by timers on the way', async () => {
    const { kernel } = await startCore()
    const seen: string[] = []
    kernel.clock.after(2_000, () => void seen.push('b'))
    kernel.clock.after(1_000, () => {
      seen.push('a')
      kernel.clock.after(1_500, () => void seen.push('c'))
    })
    kernel.clock.after(9_000, () => void seen.push('late'))
    kernel.clock.after(1_000, () => void seen.push('never'))()
    await kernel.clock.advance(5_000)
    expect(seen).toEqual(['a', 'b', 'c'])
  })
})

describe('a saved world', () => {
  it('continues with its people, keys and time, and starts anew on reset', async () => {
    const statePath = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const first = createKernel({ statePath })
    addUser(first, { name: '林小夏' })
    await first.clock.advance(3_600_000)
    const identity = first.identity()
    const storyGoesOn = first.random.int(0, 1e9)
    await first.close()

    const again = createKernel({ statePath })
    expect(again.identity()).toEqual(identity)
    expect(listUsers(again).map(({ name }) => name)).toEqual(['林小夏'])
    expect(again.clock.now()).toBeGreaterThan(Date.now() + 3_500_000)
    expect(again.random.int(0, 1e9)).not.toBe(storyGoesOn)
    await again.reset(5)
    expect(listUsers(again)).toEqual([])
    expect(again.identity().worldId).not.toBe(identity.worldId)
    expect(again.identity().appSecret).toBe(identity.appSecret)
    await again.close()
    expect(readdirSync(statePath).filter((file) => !file.endsWith('.json'))).toEqual([])
  })

  it('tells the same story for the same seed', async () => {
    const [a, b, c] = [createKernel({ seed: 4 }), createKernel({ seed: 4 }), createKernel({ seed: 5 })]
    const story = (kernel: typeof a) => Array.from({ length: 5 }, () => kernel.random.int(0, 1e9))
    const told = story(a)
    expect(story(b)).toEqual(told)
    expect(story(c)).not.toEqual(told)
    expect(a.id('om_')).toBe(b.id('om_'))
    await Promise.all([a, b, c].map((kernel) => kernel.close()))
  })
})

it('the SDK logs in by itself and finds people by mobile', async () => {
  const { url, kernel, lin } = await startCore()
  const found = await sdkClient(url, kernel).contact.v3.user.batchGetId({
    params: { user_id_type: 'open_id' },
    data: { mobiles: ['+8613800000001', '13900000000'] },
  })
  expect(found.data?.user_list).toMatchObject([{ user_id: lin.open_id }, { mobile: '13900000000' }])
  expect(found.data?.user_list?.[1]?.user_id).toBeUndefined()
})
