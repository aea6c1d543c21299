/** A listening sandbox with its seeded world, and clients that sign by themselves: no code shared with the servers. */
import { createHash, createHmac } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
export type Loose = any

export interface WorldSandbox {
  url: string
  kernel: Sandbox['kernel']
  state: Loose
  control(path: string, body?: unknown): Promise<{ status: number; body: Loose }>
  effects(): Promise<Loose>
}

export async function startWorld(options: Parameters<typeof buildSandbox>[0] = {}): Promise<WorldSandbox> {
  const sandbox = await buildSandbox({ seed: 7, ...options })
  const url = await sandbox.listen(0)
  onTestFinished(() => sandbox.close())
  return {
    url,
    kernel: sandbox.kernel,
    state: await (await fetch(`${url}/_control/state`)).json(),
    async control(path, body = {}) {
      const answer = await fetch(`${url}/_control/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: answer.status, body: await answer.json() }
    },
    effects: async () => (await fetch(`${url}/_control/effects`)).json(),
  }
}

/** Sorted by code units, compact: enough for the ASCII keys tests send. */
function sortedJson(value: Loose): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sortedJson(value[key])}`).join(',')}}`
}

export interface ShopAnswer {
  code: number
  msg: string
  sub_code: string
  sub_msg: string
  data: Loose
  /** the answer's text, for ids JavaScript cannot hold */
  raw: string
}

export interface ShopRequest {
  token?: string
  signMethod?: 'hmac-sha256' | 'md5'
  timestamp?: string
  secret?: string
  appKey?: string
  /** sent instead of the canonical text */
  body?: string
  sign?: string
}

/** Calls `/order/searchList` and the like, signed as the platform's documentation asks. */
export async function callShop(
  world: WorldSandbox,
  path: string,
  param: unknown,
  request: ShopRequest = {},
): Promise<ShopAnswer> {
  const shop = world.state.channels['douyin-shop']
  const method = path.slice(1).replaceAll('/', '.')
  const appKey = request.appKey ?? shop.appKey
  const secret = request.secret ?? shop.appSecret
  const timestamp = request.timestamp ?? String(Math.floor(Date.now() / 1000))
  const signMethod = request.signMethod ?? 'hmac-sha256'
  const body = sortedJson(param)
  const text = `${secret}app_key${appKey}method${method}param_json${body}timestamp${timestamp}v2${secret}`
  const digest =
    signMethod === 'md5'
      ? createHash('md5').update(text).digest('hex')
      : createHmac('sha256', secret).update(text).digest('hex')
  const query = new URLSearchParams({
    app_key: appKey,
    method,
    timestamp,
    v: '2',
    sign_method: signMethod,
    sign: request.sign ?? digest,
    ...(request.token === undefined ? {} : { access_token: request.token }),
  })
  const answer = await fetch(`${shop.baseUrl}${path}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: request.body ?? body,
  })
  const raw = await answer.text()
  return { ...JSON.parse(raw), raw }
}

export async function tokenOfShop(world: WorldSandbox, shopId: string): Promise<string> {
  const answer = await callShop(world, '/token/create', {
    code: '',
    grant_type: 'authorization_self',
    shop_id: shopId,
  })
  return answer.data.access_token
}

export interface ErpAnswer {
  code: number
  msg: string
  data: Loose
}

/** Posts a signed form to the ERP; `form` overrides or adds fields before signing, `sign` replaces the signature. */
export async function callErp(
  world: WorldSandbox,
  path: string,
  biz: unknown,
  change: { form?: Record<string, string>; sign?: string } = {},
): Promise<ErpAnswer> {
  const erp = world.state.erp.jushuitan
  const form: Record<string, string> = {
    app_key: erp.appKey,
    access_token: erp.accessToken,
    timestamp: String(Math.floor(Date.now() / 1000)),
    version: '2',
    charset: 'utf-8',
    biz: JSON.stringify(biz),
    ...change.form,
  }
  const pairs = Object.keys(form)
    .sort()
    .map((key) => `${key}${form[key]}`)
    .join('')
  const sign = change.sign ?? createHash('md5').update(`${erp.appSecret}${pairs}`).digest('hex')
  const answer = await fetch(`${erp.baseUrl}${path}`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, sign }),
  })
  return (await answer.json()) as ErpAnswer
}
