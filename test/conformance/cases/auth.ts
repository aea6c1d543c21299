import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { knownScopes } from '../../../sandbox/feishu/application/scopes.ts'
import type { Loose } from '../../sandbox/kernel-sandbox.ts'
import type { ConformanceArea, ConformanceCase, ConformanceWorld, RawAnswer } from '../case.ts'
import { asUser, freshSdk, person, refuses, userToken, works } from './platform-world.ts'

const token = '/open-apis/authen/v2/oauth/token'
const back = 'http://127.0.0.1:9/cb'
const verifier = 'v'.repeat(43)
const s256 = createHash('sha256').update(verifier).digest('base64url')

/** A person says yes on the authorize page. */
async function code(world: ConformanceWorld, more: Record<string, string> = {}): Promise<string> {
  await world.control('app', { redirectUrls: [back] })
  const query = {
    client_id: world.sandbox.kernel.identity().appId,
    response_type: 'code',
    redirect_uri: back,
    scope: 'offline_access task:task:read',
    state: 's',
    ...more,
  }
  const answer = await world.call('POST', '/_web/login/answer', {
    body: { query, open_id: person(world).open_id, accept: true },
  })
  return new URL(String(answer.json.redirect)).searchParams.get('code') ?? ''
}

const exchange = (world: ConformanceWorld, body: Record<string, unknown>): Promise<RawAnswer> => {
  const { appId, appSecret } = world.sandbox.kernel.identity()
  return world.call('POST', token, {
    token: null,
    body: { client_id: appId, client_secret: appSecret, ...body },
  })
}

const withCode = async (world: ConformanceWorld, more: Record<string, unknown> = {}, ask = {}) =>
  exchange(world, { grant_type: 'authorization_code', code: await code(world, ask), ...more })

const refresh = (world: ConformanceWorld, refresh_token: unknown) =>
  exchange(world, { grant_type: 'refresh_token', refresh_token })

const minutes = (n: number) => n * 60_000
const days = (n: number) => n * 24 * 60 * 60_000

const happyLogin: ConformanceCase = {
  endpoint: `POST ${token}`,
  kind: 'happy',
  title: 'code → tokens → the person’s own calls → fresh tokens, each refresh token once',
  async run(world) {
    const first = await withCode(world)
    expect(first.json).toMatchObject({
      code: 0,
      token_type: 'Bearer',
      expires_in: 7200,
      refresh_token_expires_in: 604_800,
    })
    const user = await freshSdk(world).authen.v1.userInfo.get({}, asUser(String(first.json.access_token)))
    expect(user.data).toMatchObject({ name: '林小夏', open_id: person(world).open_id })
    expect(user.data).not.toHaveProperty('mobile')
    const second = await refresh(world, first.json.refresh_token)
    expect(second.json).toMatchObject({ code: 0, scope: 'offline_access task:task:read' })
    expect((await refresh(world, first.json.refresh_token)).json.code).toBe(20073)
    const old = await world.call('GET', '/open-apis/task/v2/tasks', {
      token: String(first.json.access_token),
    })
    expect(old.json.code).toBe(0)
  },
}

const refusals = [
  refuses(`POST ${token}`, { code: 20001 }, 'no code', (world) =>
    exchange(world, { grant_type: 'authorization_code' }),
  ),
  refuses(`POST ${token}`, { code: 20002 }, 'a wrong secret', (world) =>
    withCode(world, { client_secret: 'x' }),
  ),
  refuses(`POST ${token}`, { code: 20003 }, 'a code of its own making', (world) =>
    withCode(world, { code: 'made-up' }),
  ),
  refuses(`POST ${token}`, { code: 20004 }, 'a code older than five minutes', async (world) => {
    const given = await code(world)
    await world.advance(minutes(5))
    return exchange(world, { grant_type: 'authorization_code', code: given })
  }),
  refuses(`POST ${token}`, { code: 20065 }, 'a code that was used', async (world) => {
    const given = await code(world)
    await exchange(world, { grant_type: 'authorization_code', code: given })
    return exchange(world, { grant_type: 'authorization_code', code: given })
  }),
  refuses(`POST ${token}`, { code: 20071 }, 'another redirect_uri', (world) =>
    withCode(world, { redirect_uri: 'http://127.0.0.1:9/other' }),
  ),
  refuses(`POST ${token}`, { code: 20049 }, 'PKCE without its verifier', (world) =>
    withCode(world, {}, { code_challenge: s256, code_challenge_method: 'S256' }),
  ),
  refuses(`POST ${token}`, { code: 20067 }, 'a scope twice', (world) =>
    withCode(world, { scope: 'task:task:read task:task:read' }),
  ),
  refuses(`POST ${token}`, { code: 20068 }, 'a scope nobody allowed', (world) =>
    withCode(world, { scope: 'wiki:wiki' }),
  ),
  refuses(`POST ${token}`, { code: 20036 }, 'another grant', (world) =>
    exchange(world, { grant_type: 'password' }),
  ),
  refuses(`POST ${token}`, { code: 20048 }, 'another app', (world) =>
    withCode(world, { client_id: 'cli_x' }),
  ),
  refuses(`POST ${token}`, { code: 20063 }, 'a body of another shape', (world) =>
    withCode(world, { scope: 5 }),
  ),
  refuses(`POST ${token}`, { code: 20026 }, 'a refresh token of its own making', (world) =>
    refresh(world, 'ur-x'),
  ),
  refuses(`POST ${token}`, { code: 20037 }, 'a refresh token older than a week', async (world) => {
    const { json } = await withCode(world)
    await world.advance(days(7))
    return refresh(world, json.refresh_token)
  }),
  refuses(`POST ${token}`, { code: 20064 }, 'a person who took the consent back', async (world) => {
    const { json } = await withCode(world)
    await world.control('oauth/revoke', { open_id: person(world).open_id })
    return refresh(world, json.refresh_token)
  }),
  refuses(`POST ${token}`, { code: 20074 }, 'an app that may not refresh', async (world) => {
    const { json } = await withCode(world)
    await world.control('app', { allowRefreshToken: false })
    const answer = await refresh(world, json.refresh_token)
    await world.control('app', { allowRefreshToken: true })
    return answer
  }),
  refuses(`POST ${token}`, { code: 20010 }, 'a person the app is not for', async (world) => {
    const given = await code(world)
    await world.control('app', { visibleTo: { users: [] } })
    const answer = await exchange(world, { grant_type: 'authorization_code', code: given })
    await world.control('app', { visibleTo: 'all' })
    return answer
  }),
  refuses(`POST ${token}`, { code: 20069 }, 'an app that is switched off', async (world) => {
    const given = await code(world)
    await world.control('app', { isEnabled: false })
    const answer = await exchange(world, { grant_type: 'authorization_code', code: given })
    await world.control('app', { isEnabled: true })
    return answer
  }),
]

const oidc = '/open-apis/authen/v1/oidc'

const olderCalls = [
  works(`POST ${oidc}/access_token`, 'the older call', async (sdk, world) =>
    sdk.authen.v1.oidcAccessToken.create({
      data: { grant_type: 'authorization_code', code: await code(world) },
    }),
  ),
  refuses(`POST ${oidc}/access_token`, { code: 20014, status: 200 }, 'no token of the app', (world) =>
    world.call('POST', `${oidc}/access_token`, { token: null, body: { grant_type: 'authorization_code' } }),
  ),
  refuses(`POST ${oidc}/access_token`, { code: 20003, status: 200 }, 'a code of its own making', (world) =>
    world.call('POST', `${oidc}/access_token`, { body: { grant_type: 'authorization_code', code: 'x' } }),
  ),
  works(`POST ${oidc}/refresh_access_token`, 'the older refresh', async (sdk, world) => {
    const first: Loose = await sdk.authen.v1.oidcAccessToken.create({
      data: { grant_type: 'authorization_code', code: await code(world) },
    })
    return sdk.authen.v1.oidcRefreshAccessToken.create({
      data: { grant_type: 'refresh_token', refresh_token: first.data.refresh_token },
    })
  }),
  refuses(
    `POST ${oidc}/refresh_access_token`,
    { code: 20026, status: 200 },
    'a made-up refresh token',
    (world) =>
      world.call('POST', `${oidc}/refresh_access_token`, {
        body: { grant_type: 'refresh_token', refresh_token: 'ur-x' },
      }),
  ),
]

const userInfo = 'GET /open-apis/authen/v1/user_info'

const whoCalls = [
  works(
    userInfo,
    'all fields the person allowed',
    (sdk, world) => sdk.authen.v1.userInfo.get({}, asUser(userToken(world, '林小夏', knownScopes()))),
    (data) => expect(data).toMatchObject({ mobile: '+8613800000001', email: '13800000001@example.com' }),
  ),
  refuses(userInfo, { code: 20005, status: 200 }, 'a token of its own making', (world) =>
    world.call('GET', '/open-apis/authen/v1/user_info', { token: 'u-x' }),
  ),
  refuses(
    'GET /open-apis/task/v2/tasks',
    { code: 99991677 },
    'a user token older than two hours',
    async (world) => {
      const old = userToken(world)
      await world.advance(minutes(121))
      return world.call('GET', '/open-apis/task/v2/tasks', { token: old })
    },
  ),
  {
    endpoint: 'GET /open-apis/authen/v1/authorize',
    kind: 'happy',
    title: 'leads to the page where a person chooses',
    async run(world) {
      const answer = await fetch(`${world.url}/open-apis/authen/v1/authorize?client_id=x`, {
        redirect: 'manual',
      })
      expect(answer.headers.get('location')).toBe('/login?client_id=x')
    },
  },
  {
    endpoint: 'GET /open-apis/authen/v1/authorize',
    kind: 'error',
    title: '20027, 20028, 20029: the page says what is wrong with the request',
    async run(world) {
      await world.control('app', { redirectUrls: [back] })
      const client_id = world.sandbox.kernel.identity().appId
      const ask = async (query: Record<string, string>) =>
        (await world.call('GET', '/_web/login/request', { query })).json.code
      expect(await ask({ client_id: 'cli_x', redirect_uri: back })).toBe(20028)
      expect(await ask({ client_id, redirect_uri: `${back}/more` })).toBe(20029)
      expect(await ask({ client_id, redirect_uri: back, scope: 'moon:walk' })).toBe(20027)
    },
  },
] satisfies ConformanceCase[]

const appTokens: ConformanceCase[] = (['tenant_access_token', 'app_access_token'] as const).flatMap(
  (name) => {
    const path = `/open-apis/auth/v3/${name}/internal`
    const call = (world: ConformanceWorld, secret?: string) => {
      const { appId, appSecret } = world.sandbox.kernel.identity()
      return world.call('POST', path, {
        token: null,
        body: { app_id: appId, app_secret: secret ?? appSecret },
      })
    }
    return [
      {
        endpoint: `POST ${path}`,
        kind: 'happy' as const,
        title: 'the same token while half an hour of it is left',
        async run(world) {
          const first = (await call(world)).json
          expect(String(first[name])).toMatch(/^t-/)
          await world.advance(minutes(60))
          expect((await call(world)).json[name]).toBe(first[name])
          await world.advance(minutes(31))
          expect((await call(world)).json[name]).not.toBe(first[name])
        },
      },
      refuses(`POST ${path}`, { code: 10015, status: 200 }, 'a wrong secret', (world) => call(world, 'x')),
    ]
  },
)

const registration = 'POST /oauth/v1/app/registration'

/** Form encoded, as the SDK sends it. */
async function register(world: ConformanceWorld, form: Record<string, string>): Promise<Loose> {
  const answer = await fetch(`${world.url}/oauth/v1/app/registration`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
  return { status: answer.status, ...((await answer.json()) as object) }
}

const begin = (world: ConformanceWorld) =>
  register(world, {
    action: 'begin',
    archetype: 'PersonalAgent',
    auth_method: 'client_secret',
    request_user_info: 'open_id',
  })
const poll = (world: ConformanceWorld, device_code: string) =>
  register(world, { action: 'poll', device_code })
const answerDevice = (world: ConformanceWorld, user_code: string, accept: boolean) =>
  world.call('POST', '/_web/device/answer', {
    body: { query: { user_code }, open_id: person(world).open_id, accept },
  })

const registrations: ConformanceCase[] = [
  {
    endpoint: registration,
    kind: 'happy',
    title: 'begin, pending, confirmed by a person, credentials once',
    async run(world) {
      const { device_code, user_code } = await begin(world)
      expect(await poll(world, device_code)).toMatchObject({ status: 400, error: 'authorization_pending' })
      await answerDevice(world, user_code, true)
      await world.advance(5_000)
      const { appId, appSecret } = world.sandbox.kernel.identity()
      expect(await poll(world, device_code)).toMatchObject({
        client_id: appId,
        client_secret: appSecret,
        user_info: { open_id: person(world).open_id, tenant_brand: 'feishu' },
      })
      await world.advance(5_000)
      expect(await poll(world, device_code)).toMatchObject({ error: 'invalid_grant' })
    },
  },
  {
    endpoint: registration,
    kind: 'error',
    title: 'slow_down, access_denied, expired_token',
    async run(world) {
      const first = await begin(world)
      await poll(world, first.device_code)
      expect(await poll(world, first.device_code)).toMatchObject({ error: 'slow_down' })
      await answerDevice(world, first.user_code, false)
      await world.advance(10_000)
      expect(await poll(world, first.device_code)).toMatchObject({ error: 'access_denied' })
      const second = await begin(world)
      await world.advance(minutes(10))
      expect(await poll(world, second.device_code)).toMatchObject({ error: 'expired_token' })
    },
  },
]

/** auth/v3, authen and one-scan registration. */
export const authCases: ConformanceArea = {
  area: 'auth',
  cases: [...appTokens, happyLogin, ...refusals, ...olderCalls, ...whoCalls, ...registrations],
}
