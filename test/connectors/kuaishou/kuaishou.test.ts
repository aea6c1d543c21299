/** The connector against the sandbox's Kuaishou, which signs and seals with code of its own. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { order, refund } from '#src/contracts/canonical.ts'
import type { ConnectorDeps, PushRequest } from '#src/contracts/connector.ts'
import type { KuaishouConfig } from '../../../connectors/kuaishou/config.ts'
import { kuaishou } from '../../../connectors/kuaishou/index.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'
import { readSample } from '../read-sample.ts'

let sandbox: Sandbox
let url: string
let config: KuaishouConfig
let deps: ConnectorDeps<KuaishouConfig>
let sellerId: string
let code: string

// biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
async function control(path: string, body: object = {}): Promise<any> {
  const answer = await fetch(`${url}/_control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return answer.json()
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
const look = async (path: string): Promise<any> => (await fetch(`${url}/_control/${path}`)).json()

const now = () => sandbox.kernel.clock.now()
const window = () => ({ from: now() - 3_600_000, to: now() + 1_000 })
const context = () => ({ shop: deps.shop, config })
const ordersOf = async (given = deps) => {
  const records = await recordsOf(kuaishou.pull('orders', window(), given))
  return records.map((record) => kuaishou.normalize('orders', record, context()))
}
const refundsOf = async () => {
  const records = await recordsOf(kuaishou.pull('refunds', window(), deps))
  return records.map((record) => kuaishou.normalize('refunds', record, context()))
}

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  const opened = await control('channels/kuaishou/shops')
  const { kuaishou: app } = await look('state')
  config = kuaishou.config.parse({
    appKey: app.appKey,
    appSecret: app.appSecret,
    signSecret: app.signSecret,
    privateKey: app.privateKey,
    baseUrl: app.baseUrl,
    sellerId: opened.seller_id,
    accessToken: opened.access_token,
    refreshToken: opened.refresh_token,
    returnAddressId: opened.return_address_id,
    rejectReasonCode: '101',
  })
  deps = depsFor(kuaishou, { config, now })
  sellerId = opened.seller_id
  code = opened.code
})

describe('pulling', () => {
  it('brings every order of the window once, in canonical shape, following the cursor until nomore', async () => {
    const { oids } = await control('channels/kuaishou/orders', {
      ...{ seller_id: sellerId, count: 130, amount: 9_990, words: '电话 13800001111' },
    })
    const orders = await ordersOf()
    expect(orders.map((one) => one.orderNo).toSorted()).toEqual(oids.toSorted())
    expect(order.parse(orders[0])).toMatchObject({
      platform: 'kuaishou',
      status: 'paid',
      amounts: { total: 9_990, paid: 9_990 },
      buyer: { name: '李**', phone: '138****2046', words: '电话 138****1111' },
      lines: [{ amount: 9_990, paid: 9_990 }],
    })
  })

  it('misses nothing when orders change, and so move, while the pages are read', async () => {
    const { oids } = await control('channels/kuaishou/orders', { seller_id: sellerId, count: 130 })
    const seen = new Set<string>()
    const range = { from: now() - 3_600_000, to: now() + 120_000 }
    let moved = 0
    for await (const page of kuaishou.pull('orders', range, deps)) {
      for (const record of page.records) seen.add(kuaishou.normalize('orders', record, context()).orderNo)
      await sandbox.kernel.clock.advance(1_000)
      for (const oid of oids.slice(moved, moved + 20))
        await control('channels/kuaishou/orders/advance', { oid })
      moved += 20
    }
    expect([...seen].toSorted()).toEqual(oids.toSorted())
  })

  it('shows a status nobody knows as it is, and reads one record by its number', async () => {
    const { oids } = await control('channels/kuaishou/orders', { seller_id: sellerId })
    await control('channels/kuaishou/orders/advance', { oid: oids[0], status: 77 })
    const record = await kuaishou.fetch('orders', oids[0], deps)
    expect(kuaishou.normalize('orders', record, context())).toMatchObject({
      status: 'unknown',
      statusText: 'status 77',
    })
    expect(await kuaishou.fetch('orders', '1', deps)).toBeNull()
    expect(await kuaishou.fetch('refunds', '1', deps)).toBeNull()
    expect(await kuaishou.fetch('refunds', 'not a number', deps)).toBeNull()
  })

  it('brings refunds of every kind, also over windows longer than the platform answers at once', async () => {
    const { oids } = await control('channels/kuaishou/orders', { seller_id: sellerId, count: 3 })
    for (const [at, way] of [10, 1, 3].entries())
      await control('channels/kuaishou/refunds', { oid: oids[at], way, amount: 1_234 })
    const range = { from: now() - 3 * 86_400_000, to: now() + 1_000 }
    const records = await recordsOf(kuaishou.pull('refunds', range, deps))
    const refunds = records.map((record) => refund.parse(kuaishou.normalize('refunds', record, context())))
    expect(refunds.map((one) => one.kind).toSorted()).toEqual([
      'exchange',
      'refund-only',
      'return-and-refund',
    ])
    expect(refunds.every((one) => one.stage === 'requested' && one.amount === 1_234)).toBe(true)
    expect(refunds[0]?.times.deadline).toBeGreaterThan(now())
    const orders = { from: now() - 20 * 86_400_000, to: now() + 1_000 }
    expect(await recordsOf(kuaishou.pull('orders', orders, deps))).toHaveLength(3)
  })
})

describe('what is kept', () => {
  it('is masked: sealed receivers are dropped, numbers in words are hidden', () => {
    const record = readSample('kuaishou', 'orders.paid.json')
    const kept = kuaishou.scrub(record)
    expect(JSON.stringify(kept)).not.toMatch(/sealed|13800001111|小李爱旅行/)
    expect(kuaishou.normalize('orders', kept, context())).toEqual(
      kuaishou.normalize('orders', record, context()),
    )
  })
})

describe('the token', () => {
  it('is refreshed once per refresh token, ends no later than the first, and a dead one is refused by code', async () => {
    const previous = { accessToken: 'x', refreshToken: config.refreshToken ?? '', expiresAt: 0 }
    const refreshed = await kuaishou.authorize?.(deps, previous)
    expect(refreshed?.expiresAt).toBe(now() + 48 * 3_600_000)
    expect(refreshed?.refreshExpiresAt).toBeLessThanOrEqual(now() + 180 * 86_400_000)
    await expect(ordersOf()).rejects.toMatchObject({ code: 'connector_token_rejected', retry: 'backoff' })
    const fresh = depsFor(kuaishou, { config, now, token: refreshed?.accessToken ?? '' })
    expect(await ordersOf(fresh)).toEqual([])
    await expect(kuaishou.authorize?.(deps, previous)).rejects.toMatchObject({
      code: 'connector_authorization_lost',
    })
  })

  it('comes from a code once', async () => {
    const { accessToken: _a, refreshToken: _r, ...bare } = config
    const first = depsFor(kuaishou, { config: { ...bare, authorizationCode: code }, now })
    expect(await ordersOf(first)).toEqual([])
    await expect(kuaishou.authorize?.(first)).rejects.toMatchObject({ code: 'connector_authorization_lost' })
  })

  it('with a wrong secret or a wrong clock is a signature matter, and check tells the shop name', async () => {
    expect(await kuaishou.check(deps)).toMatchObject({ shopName: '山海行快手小店' })
    const wrong = depsFor(kuaishou, { config: { ...config, signSecret: 'other' }, now })
    const rejected = { code: 'connector_signature_rejected', retry: 'never' }
    await expect(kuaishou.check(wrong)).rejects.toMatchObject(rejected)
    const late = depsFor(kuaishou, { config, now: () => 1_500_000_000_000 })
    await expect(kuaishou.check(late)).rejects.toMatchObject(rejected)
  })
})

describe('pushes', () => {
  const bodies: Buffer[] = []
  let receiver: Server
  const requestOf = (raw: Buffer): PushRequest => ({ headers: {}, query: {}, path: '/', raw })

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const raw = Buffer.concat(chunks)
        const answer = kuaishou.push?.reply(kuaishou.push.verify(requestOf(raw), config))
        response.writeHead(answer?.status ?? 500, { 'content-type': answer?.contentType ?? '' })
        response.end(answer?.body)
        bodies.push(raw)
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const { port } = receiver.address() as AddressInfo
    await control('settings', { pushUrls: { kuaishou: `http://127.0.0.1:${port}/` } })
  })
  afterAll(async () => {
    await control('settings', { pushUrls: {} })
    receiver.close()
  })

  const nextBodies = async (count: number): Promise<Buffer[]> => {
    await expect.poll(() => bodies.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(count)
    return bodies.splice(0)
  }

  it('open with the key of the app and name order, refund, version and shop', async () => {
    bodies.splice(0)
    const { oids } = await control('channels/kuaishou/orders', { seller_id: sellerId })
    const { refund_id } = await control('channels/kuaishou/refunds', { oid: oids[0] })
    const inbound = (await nextBodies(2)).flatMap((raw) => kuaishou.push?.parse(requestOf(raw), config) ?? [])
    const shop = { kind: 'changed', channelShopId: sellerId }
    expect(inbound).toContainEqual(
      expect.objectContaining({ ...shop, resource: 'orders', externalId: oids[0] }),
    )
    expect(inbound).toContainEqual(
      expect.objectContaining({ ...shop, resource: 'refunds', externalId: refund_id, version: now() }),
    )
    expect(new Set(inbound.map((one) => one.dedupeKey)).size).toBe(inbound.length)
  })

  it('that check the address are answered and change nothing', async () => {
    await control('channels/kuaishou/push/check')
    const [raw] = await nextBodies(1)
    const check = requestOf(raw ?? Buffer.alloc(0))
    expect(kuaishou.push?.verify(check, config)).toEqual({ ok: true })
    expect(kuaishou.push?.parse(check, config)).toMatchObject([{ kind: 'ignore' }])
    expect(kuaishou.push?.reply({ ok: true })).toMatchObject({ status: 200, body: '{"result":1}' })
  })

  it('are refused when they are plain, sealed with another key, or of another app', async () => {
    const { oids } = await control('channels/kuaishou/orders', { seller_id: sellerId })
    expect(oids).toHaveLength(1)
    const [raw = Buffer.alloc(0)] = await nextBodies(1)
    const verify = (given: Buffer, changed: Partial<KuaishouConfig> = {}) =>
      kuaishou.push?.verify(requestOf(given), { ...config, ...changed }).ok
    expect(verify(raw)).toBe(true)
    expect(verify(Buffer.from('{"test":true}'))).toBe(false)
    expect(verify(raw, { privateKey: Buffer.alloc(16, 7).toString('base64') })).toBe(false)
    expect(verify(raw, { privateKey: undefined })).toBe(false)
    expect(verify(raw, { appKey: 'ks-of-somebody-else' })).toBe(false)
  })
})

describe('decisions', () => {
  const ask = async (wanted: object = {}) => {
    const { oids } = await control('channels/kuaishou/orders', { seller_id: sellerId, amount: 268_000 })
    const { refund_id: ref, amount } = await control('channels/kuaishou/refunds', { oid: oids[0], ...wanted })
    return { ...refundCommand, ref, refundNo: ref, orderNo: oids[0], amount }
  }
  const executions = async (ref: string) => {
    const { refundsExecuted } = await look('effects?only=refundsExecuted')
    return refundsExecuted.filter((one: { refund_no: string }) => one.refund_no === ref)
  }

  it.each(['approve', 'direct-refund'] as const)(
    'agreeing by %s pays once, however often it is called, also when the answer was lost',
    async (agreeWith) => {
      const shop = depsFor(kuaishou, { config: { ...config, agreeWith }, now })
      const command = await ask()
      await control('faults', { kind: 'reset_after_apply', family: 'kuaishou', times: 1 })
      await kuaishou.commands.agreeRefund?.(shop, command).catch(() => undefined)
      expect(await kuaishou.commands.agreeRefund?.(shop, command)).toMatchObject({ outcome: 'done' })
      expect(await kuaishou.commands.agreeRefund?.(shop, command)).toMatchObject({ already: true })
      expect(await executions(command.ref)).toMatchObject([{ system: 'kuaishou', amount: 268_000, times: 1 }])
      const record = await kuaishou.fetch('refunds', command.ref, deps)
      expect(kuaishou.normalize('refunds', record, context())).toMatchObject({
        ...{ stage: 'refunded', refundedAmount: 268_000 },
      })
      const paidBack = await kuaishou.fetch('orders', command.orderNo, deps)
      expect(kuaishou.normalize('orders', paidBack, context())).toMatchObject({ status: 'refunded' })
    },
  )

  it('refusing and agreeing to a return reach their state, and a second call finds it reached', async () => {
    const refusal = await ask()
    const { refuseRefund, agreeReturn } = kuaishou.commands
    expect(await refuseRefund?.(deps, refusal)).toMatchObject({
      ...{ outcome: 'done', already: false, detail: { stage: 'refused' } },
    })
    expect(await refuseRefund?.(deps, refusal)).toMatchObject({ already: true })
    const returning = await ask({ way: 1 })
    expect(await agreeReturn?.(deps, returning)).toMatchObject({ detail: { stage: 'waiting-return' } })
    expect(await agreeReturn?.(deps, returning)).toMatchObject({ already: true })
    expect(await executions(returning.ref)).toEqual([])
    expect((await refundsOf()).map((one) => one.stage).toSorted()).toEqual(['refused', 'waiting-return'])
  })

  it('is refused for good, with words, when amount, stage, kind or a missing setting stand against it', async () => {
    const { agreeRefund, agreeReturn, refuseRefund } = kuaishou.commands
    const changed = { ...(await ask()), amount: 1 }
    expect(await agreeRefund?.(deps, changed)).toMatchObject({ code: 'refund_amount_changed' })
    const gone = await ask()
    await control('channels/kuaishou/refunds/advance', { refund_id: gone.ref })
    expect(await agreeRefund?.(deps, gone)).toMatchObject({ code: 'refund_stage_not_open' })
    const judged = await ask()
    await control('channels/kuaishou/refunds/advance', { refund_id: judged.ref, status: 20 })
    expect(await agreeRefund?.(deps, judged)).toMatchObject({ code: 'refund_stage_not_open' })
    expect(await agreeRefund?.(deps, await ask({ way: 1 }))).toMatchObject({
      code: 'refund_type_not_supported',
    })
    const { returnAddressId: _address, rejectReasonCode: _reason, ...without } = config
    const bare = depsFor(kuaishou, { config: without, now })
    expect(await agreeReturn?.(bare, gone)).toMatchObject({ code: 'refund_address_missing' })
    expect(await refuseRefund?.(bare, gone)).toMatchObject({ code: 'refund_reject_reason_missing' })
    expect(await agreeRefund?.(deps, { ...gone, ref: '1' })).toMatchObject({ code: 'refund_unknown' })
  })
})
