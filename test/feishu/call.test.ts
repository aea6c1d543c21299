import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLimits } from '#src/limits/create-limits.ts'
import { type FakePlatform, startedAt, startFakePlatform } from './fake-platform.ts'

const purpose = { purpose: 'test' }
const sentMessage = { message_id: 'om_1', chat_id: 'oc_1', create_time: '1790000000123' }
const ok = (data: object) => ({ body: { code: 0, msg: 'success', data } })
const refusal = (status: number, code: number, headers = {}) => ({
  status,
  headers,
  body: { code, msg: `refused with ${code}` },
})

let platform: FakePlatform
beforeEach(async () => {
  platform = await startFakePlatform()
})
afterEach(() => platform.close())

const send = () =>
  platform.feishu.messages.sendCard({ chatId: 'oc_1' }, '{"schema":"2.0"}', 'uuid-1', purpose)
const list = () => platform.feishu.chats.list(purpose)

describe('the token', () => {
  it('is asked for once by ten concurrent first calls, and goes out with every one', async () => {
    platform.answer(ok(sentMessage))
    await Promise.all(Array.from({ length: 10 }, send))
    expect(platform.tokenCalls()).toHaveLength(1)
    expect(platform.tokenCalls()[0]?.body).toEqual({
      app_id: 'cli_0123456789abcdef',
      app_secret: 'right secret',
    })
    expect(new Set(platform.apiCalls().map((call) => call.token))).toEqual(new Set(['Bearer t-1']))
  })

  it.each([200, 400])('that was revoked is replaced and the call replayed once (HTTP %i)', async (status) => {
    platform.answer(refusal(status, 99991663), ok(sentMessage))
    expect((await send()).messageId).toBe('om_1')
    expect(platform.apiCalls().map((call) => call.token)).toEqual(['Bearer t-1', 'Bearer t-2'])
    expect(platform.tokenCalls()).toHaveLength(2)
  })

  it('is replaced once when many calls find it revoked at the same time', async () => {
    platform.answer(ok(sentMessage))
    await send()
    platform.scripts.api = (call) => (call.token === 'Bearer t-1' ? refusal(400, 99991663) : ok(sentMessage))
    await Promise.all([send(), send(), send(), send()])
    expect(platform.tokenCalls()).toHaveLength(2)
  })

  it.each([99991663, 99991664, 99991665, 99991677])('refused again (%i) fails the call', async (code) => {
    platform.answer(refusal(400, code))
    await expect(send()).rejects.toMatchObject({
      failure: 'token',
      feishuCode: code,
      outcome: 'refused',
      retry: 'backoff',
    })
    expect(platform.apiCalls()).toHaveLength(2)
  })

  it('is renewed ten minutes before its end', async () => {
    platform.answer(ok(sentMessage))
    await send()
    platform.clock.advance(7_200_000 - 600_001)
    await send()
    expect(platform.tokenCalls()).toHaveLength(1)
    platform.clock.advance(1)
    await send()
    expect(platform.tokenCalls()).toHaveLength(2)
  })

  it('that still lives is used when renewing fails', async () => {
    platform.answer(ok(sentMessage))
    await send()
    platform.clock.advance(7_200_000 - 300_000)
    platform.scripts.token = () => ({ status: 502, body: '<html>' })
    expect((await send()).messageId).toBe('om_1')
    platform.clock.advance(300_000)
    await expect(send()).rejects.toMatchObject({ outcome: 'not-sent', api: 'auth.tenant-token' })
  })

  it('of another client with another secret is never used: wrong credentials are found out', async () => {
    await platform.feishu.checkCredentials()
    platform.scripts.token = (call) =>
      (call.body as { app_secret: string }).app_secret === 'right secret'
        ? { body: { code: 0, tenant_access_token: 't-x', expire: 7200 } }
        : { body: { code: 10014, msg: 'app secret invalid' } }
    await platform.feishu.checkCredentials()
    const other = await startFakePlatform({ baseUrl: platform.baseUrl, appSecret: 'wrong CANARY' })
    const error = await other.feishu.checkCredentials().catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'feishu_10014', failure: 'permission', outcome: 'not-sent' })
    expect(String(error)).toContain('FEISHU_APP_SECRET')
    expect(String(error)).not.toContain('CANARY')
    await expect(other.feishu.chats.list(purpose)).rejects.toMatchObject({ feishuCode: 10014 })
    await other.close()
  })
})

describe('a refusal', () => {
  it.each([
    [200, 1254045],
    [400, 1254045],
  ])('fails the same way with HTTP %i', async (status, code) => {
    platform.answer(refusal(status, code, { 'x-tt-logid': 'log-7' }))
    const create = platform.feishu.bitable.batchCreate('base', 'tbl', [{ fields: {} }], 'token', purpose)
    await expect(create).rejects.toMatchObject({
      name: 'FeishuError',
      code: `feishu_${code}`,
      feishuCode: code,
      failure: 'not-found',
      httpStatus: status,
      logId: 'log-7',
      outcome: 'refused',
      retry: 'never',
      api: 'bitable.record.batch-create',
      message: expect.stringContaining('refused with 1254045'),
    })
    expect(platform.apiCalls()).toHaveLength(1)
  })

  it('names the fields the platform complains about', async () => {
    const error = { field_violations: [{ field: 'receive_id', description: 'is required' }] }
    platform.answer({ status: 400, body: { code: 99992402, msg: 'field validation failed', error } })
    await expect(send()).rejects.toMatchObject({
      failure: 'invalid',
      message: expect.stringContaining('receive_id'),
    })
  })

  it('with a code nobody knows is retried later by the caller, not here', async () => {
    platform.answer(refusal(400, 4242))
    await expect(send()).rejects.toMatchObject({ failure: 'unknown', outcome: 'refused', retry: 'backoff' })
    expect(platform.apiCalls()).toHaveLength(1)
  })
})

describe('a write that got no clear answer', () => {
  const unclear = {
    'reset after applying': 'reset' as const,
    'HTTP 500': { status: 500, body: '<html>oops</html>' },
    'HTTP 502 with a code': refusal(502, 2200),
    'an HTML page with HTTP 200': { body: '<html>login</html>' },
    'truncated JSON': { body: '{"code":0,"data":{"message_id":"om' },
    'a JSON array': { body: '[1]' },
    nothing: { body: '' },
    'success without the id': ok({}),
    '1255040 (504)': refusal(504, 1255040),
    '1254002': refusal(200, 1254002),
  }
  it.each(Object.entries(unclear))(
    '(%s) has outcome unknown and is called exactly once',
    async (_name, answer) => {
      platform.answer(answer)
      await expect(send()).rejects.toMatchObject({
        name: 'FeishuError',
        outcome: 'unknown',
        retry: 'backoff',
      })
      expect(platform.apiCalls()).toHaveLength(1)
      expect(platform.slept).toEqual([])
    },
  )

  it('(no answer in time) has outcome unknown and is called exactly once', async () => {
    await platform.close()
    platform = await startFakePlatform({ timeoutMs: 100 })
    platform.answer('hang')
    await expect(send()).rejects.toMatchObject({ outcome: 'unknown', failure: 'transient' })
    expect(platform.apiCalls()).toHaveLength(1)
  })

  it('is not-sent when the platform cannot be reached at all', async () => {
    const { feishu } = await startFakePlatform({ baseUrl: 'http://127.0.0.1:1' })
    const call = feishu.messages.sendText({ openId: 'ou_1' }, 'hi', 'u', purpose)
    await expect(call).rejects.toMatchObject({ outcome: 'not-sent', retry: 'backoff', failure: 'transient' })
  })
})

describe('a read', () => {
  it('is repeated after a transient failure', async () => {
    platform.answer(
      'reset',
      { status: 503, body: '' },
      ok({ items: [{ chat_id: 'oc_1', name: '群' }], has_more: false }),
    )
    expect(await list()).toEqual([{ chatId: 'oc_1', name: '群' }])
    expect(platform.apiCalls()).toHaveLength(3)
    expect(platform.slept).toEqual([150, 300])
  })

  it('gives up after four attempts', async () => {
    platform.answer({ status: 503, body: '' })
    await expect(list()).rejects.toMatchObject({ failure: 'transient' })
    expect(platform.apiCalls()).toHaveLength(4)
  })

  it('that is refused is not repeated', async () => {
    platform.answer(refusal(400, 99991672))
    await expect(list()).rejects.toMatchObject({ failure: 'permission', retry: 'backoff' })
    expect(platform.apiCalls()).toHaveLength(1)
  })
})

describe('too many calls', () => {
  it.each([
    [429, 99991400],
    [400, 99991400],
  ])('waits as long as the reset header says (HTTP %i)', async (status, code) => {
    platform.answer(refusal(status, code, { 'x-ogw-ratelimit-reset': '7' }), ok(sentMessage))
    expect((await send()).messageId).toBe('om_1')
    expect(platform.slept).toEqual([7_000])
    expect(platform.clock.now()).toBe(startedAt + 7_000)
  })

  it('holds back all other calls of that API too', async () => {
    platform.answer(refusal(429, 99991400, { 'x-ogw-ratelimit-reset': '5' }), ok(sentMessage))
    await send()
    const other = platform.feishu.messages.sendCard({ chatId: 'oc_2' }, '{}', 'u2', purpose)
    await other
    expect(platform.clock.now()).toBeGreaterThanOrEqual(startedAt + 5_000)
  })

  it.each([
    ['230020 of one chat', 400, 230020],
    ['1254290', 200, 1254290],
    ['1254291', 200, 1254291],
    ['1254291', 400, 1254291],
  ])('repeats after a second when no header says how long: %s with HTTP %i', async (_name, status, code) => {
    platform.answer(refusal(status, code), ok(sentMessage))
    expect((await send()).messageId).toBe('om_1')
    expect(platform.apiCalls()).toHaveLength(2)
    expect(platform.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(1_000)
  })

  it('gives up after four attempts: certainly not applied, and says when to try again', async () => {
    platform.answer(refusal(429, 99991400, { 'x-ogw-ratelimit-reset': '3' }))
    const error = await send().catch((e: unknown) => e)
    expect(error).toMatchObject({ failure: 'rate-limited', outcome: 'not-sent', resetMs: 3_000 })
    expect(error).toMatchObject({ retry: { after: new Date(platform.clock.now() + 3_000) } })
    expect(platform.apiCalls()).toHaveLength(4)
  })

  it('does not wait longer than one call may', async () => {
    platform.answer(refusal(429, 99991400, { 'x-ogw-ratelimit-reset': '3600' }))
    await expect(send()).rejects.toMatchObject({ failure: 'rate-limited', resetMs: 3_600_000 })
    expect(platform.apiCalls()).toHaveLength(1)
    expect(platform.slept).toEqual([])
  })

  it('is a 429 even without a readable body', async () => {
    platform.answer({ status: 429, body: 'slow down' }, ok(sentMessage))
    expect((await send()).messageId).toBe('om_1')
  })
})

describe('our own limits', () => {
  it('keep a chat below five messages a second, and another chat free', async () => {
    platform.answer(ok(sentMessage))
    const at: number[] = []
    for (let i = 0; i < 10; i++) {
      await send()
      at.push(platform.clock.now())
    }
    const most = Math.max(...at.map((from) => at.filter((one) => one >= from && one < from + 1_000).length))
    expect(most).toBeLessThanOrEqual(5)
    const before = platform.clock.now()
    await platform.feishu.messages.sendCard({ chatId: 'oc_free' }, '{}', 'u', purpose)
    expect(platform.clock.now()).toBe(before)
  })

  it('let at most 1,000 messages leave in a minute', async () => {
    await platform.close()
    platform = await startFakePlatform({ maxWaitMs: 120_000 })
    platform.answer(ok(sentMessage))
    const { clock, feishu } = platform
    const at: number[] = []
    for (let i = 0; i < 1_200; i++) {
      await feishu.messages.sendCard({ chatId: `oc_${i}` }, '{}', 'u', purpose)
      at.push(clock.now())
    }
    const most = Math.max(...at.map((from) => at.filter((one) => one >= from && one < from + 60_000).length))
    expect(most).toBeLessThanOrEqual(1_000)
    const mostInSecond = Math.max(
      ...at.map((from) => at.filter((one) => one >= from && one < from + 1_000).length),
    )
    expect(mostInSecond).toBeLessThanOrEqual(50)
  }, 30_000)

  it('refuse at once what would wait too long, without taking a turn from the others', async () => {
    const clock = platform.clock
    const limits = createLimits({ database: null, clock })
    await limits.pause('feishu.chat:oc_1', startedAt + 60_000)
    const own = await startFakePlatform({ limits, clock })
    const call = own.feishu.messages.sendCard({ chatId: 'oc_1' }, '{}', 'u', purpose)
    await expect(call).rejects.toMatchObject({
      failure: 'rate-limited',
      outcome: 'not-sent',
      resetMs: 60_000,
      retry: { after: new Date(startedAt + 60_000) },
    })
    expect(own.calls).toHaveLength(0)
    await own.close()
  })
})

describe('the budget meter', () => {
  it('counts every call that reached the platform, refused ones as failures', async () => {
    platform.answer(refusal(400, 99991663), refusal(429, 99991400), ok(sentMessage))
    await send()
    expect(platform.counted).toEqual([
      ['auth.tenant-token', 'token', true],
      ['im.message.create', 'test', false],
      ['auth.tenant-token', 'token', true],
      ['im.message.create', 'test', false],
      ['im.message.create', 'test', true],
    ])
  })
})
