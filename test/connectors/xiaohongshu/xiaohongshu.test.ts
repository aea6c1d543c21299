/** The connector against the sandbox's Xiaohongshu, which verifies and signs with code of its own. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectorDeps, PushRequest } from '#src/contracts/connector.ts'
import type { XiaohongshuConfig } from '../../../connectors/xiaohongshu/config.ts'
import { xiaohongshu } from '../../../connectors/xiaohongshu/index.ts'
import { parse } from '../../../connectors/xiaohongshu/push.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'

let sandbox: Sandbox
let url: string
let sellerId: string
let config: XiaohongshuConfig
let deps: ConnectorDeps<XiaohongshuConfig>

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

const xhs = 'channels/xiaohongshu'
const now = () => sandbox.kernel.clock.now()
const lastHour = () => ({ from: now() - 3_600_000, to: now() + 1_000 })
const context = () => ({ shop: deps.shop, config })
const ordersOf = async (given = deps, window = lastHour()) =>
  (await recordsOf(xiaohongshu.pull('orders', window, given))).map((record) =>
    xiaohongshu.normalize('orders', record, context()),
  )
const refundsOf = async () =>
  (await recordsOf(xiaohongshu.pull('refunds', lastHour(), deps))).map((record) =>
    xiaohongshu.normalize('refunds', record, context()),
  )

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  const shop = await control(`${xhs}/shops`)
  sellerId = shop.sellerId
  const { xiaohongshu: state } = await look('state')
  config = xiaohongshu.config.parse({
    appId: state.appId,
    appSecret: state.appSecret,
    baseUrl: state.baseUrl,
    accessToken: shop.accessToken,
    refreshToken: shop.refreshToken,
    returnAddressId: String(shop.returnAddressId),
    sellerId,
  })
  deps = depsFor(xiaohongshu, { config, now })
})

const place = async (wanted: object = {}): Promise<string[]> =>
  (await control(`${xhs}/orders`, { seller_id: sellerId, ...wanted })).order_ids

describe('pulling', () => {
  it('brings every order of the window once with its lines and money, whatever the number of pages', async () => {
    const ids = await place({ count: 230, words: '电话 13800001111' })
    const orders = await ordersOf()
    expect(orders.map((order) => order.orderNo).toSorted()).toEqual(ids.toSorted())
    expect(orders[0]).toMatchObject({
      platform: 'xiaohongshu',
      status: 'paid',
      statusText: '待发货',
      amounts: { total: 9_900, paid: 9_900 },
      buyer: { words: '电话 138****1111' },
      lines: [{ title: '山货礼盒', quantity: 1, paid: 9_900 }],
    })
  })

  it('misses nothing when orders change, and so move, while the pages are read', async () => {
    const ids = await place({ count: 330 })
    const first = lastHour()
    const seen = new Set<string>()
    let moved = 0
    for await (const page of xiaohongshu.pull('orders', first, deps)) {
      for (const record of page.records) seen.add(xiaohongshu.normalize('orders', record, context()).orderNo)
      await sandbox.kernel.clock.advance(5_000)
      for (const order_id of ids.slice(moved, moved + 30))
        await control(`${xhs}/orders/advance`, { order_id })
      moved += 30
    }
    for (const order of await ordersOf(deps, { from: first.to, to: now() + 1_000 })) seen.add(order.orderNo)
    expect([...seen].toSorted()).toEqual(ids.toSorted())
  })

  it('reads a window in halves that holds more than the platform pages through', async () => {
    await place({ count: 6_000 })
    await sandbox.kernel.clock.advance(600_000)
    await place({ count: 6_000 })
    const numbers = new Set<string>()
    const withoutDetails: typeof deps = {
      ...deps,
      http: {
        request: async (request) => {
          const { method, orderId } = JSON.parse(String(request.body))
          if (method !== 'order.getOrderDetail') return deps.http.request(request)
          const body = JSON.stringify({ success: true, error_code: 0, data: { orderId } })
          return { status: 200, headers: {}, body }
        },
      },
    }
    for (const record of await recordsOf(xiaohongshu.pull('orders', lastHour(), withoutDetails)))
      numbers.add((record as { orderId: string }).orderId)
    expect(numbers.size).toBe(12_000)
  })

  it('shows a status nobody knows as it is, and reads one record by its number', async () => {
    const [id = ''] = await place()
    await control(`${xhs}/orders/advance`, { order_id: id, status: 77 })
    const record = await xiaohongshu.fetch('orders', id, deps)
    expect(xiaohongshu.normalize('orders', record, context())).toMatchObject({
      status: 'unknown',
      statusText: '77',
    })
    expect(await xiaohongshu.fetch('orders', 'P1', deps)).toBeNull()
    expect(await xiaohongshu.fetch('refunds', 'R1', deps)).toBeNull()
  })
})

describe('the token', () => {
  it('is refreshed with the refresh token, and the old one is then refused', async () => {
    const previous = { accessToken: 'x', refreshToken: config.refreshToken ?? '', expiresAt: 0 }
    const refreshed = await xiaohongshu.authorize?.(deps, previous)
    expect(refreshed).toMatchObject({ expiresAt: now() + 7 * 86_400_000 })
    await expect(ordersOf()).rejects.toMatchObject({ code: 'connector_token_rejected', retry: 'backoff' })
    const fresh = depsFor(xiaohongshu, { config, now, token: refreshed?.accessToken ?? '' })
    expect(await ordersOf(fresh)).toEqual([])
    await expect(xiaohongshu.authorize?.(deps, previous)).rejects.toMatchObject({
      code: 'connector_authorization_lost',
    })
    await control(`${xhs}/tokens/expire`)
    await expect(ordersOf(fresh)).rejects.toMatchObject({ code: 'connector_token_rejected' })
  })

  it('with a wrong secret is a signature matter, and check proves the whole way', async () => {
    expect(await xiaohongshu.check(deps)).toMatchObject({ shopName: '示例店铺' })
    const wrong = depsFor(xiaohongshu, { config: { ...config, appSecret: 'other' }, now })
    await expect(xiaohongshu.check(wrong)).rejects.toMatchObject({
      code: 'connector_signature_rejected',
      retry: 'never',
    })
  })
})

describe('decisions', () => {
  const ask = async (wanted: object = {}) => {
    const [id] = await place({ amount: 26_800 })
    const { returns_id: ref, amount } = await control(`${xhs}/after-sales`, { order_id: id, ...wanted })
    return { ...refundCommand, ref, refundNo: ref, orderNo: String(id), amount }
  }
  const executions = async (ref: string) =>
    (await look('effects?only=refundsExecuted')).refundsExecuted.filter(
      (one: { refund_no: string }) => one.refund_no === ref,
    )

  it('agreeing pays once, however often it is called, also when the answer was lost', async () => {
    const command = await ask()
    await control('faults', { kind: 'reset_after_apply', family: 'xiaohongshu', skip: 1, times: 1 })
    await xiaohongshu.commands.agreeRefund?.(deps, command).catch(() => undefined)
    expect(await xiaohongshu.commands.agreeRefund?.(deps, command)).toMatchObject({ outcome: 'done' })
    expect(await executions(command.ref)).toMatchObject([{ system: 'xiaohongshu', amount: 26_800, times: 1 }])
    expect(await refundsOf()).toMatchObject([{ stage: 'refunding' }])
    await sandbox.kernel.clock.advance(5_000)
    expect(await refundsOf()).toMatchObject([{ stage: 'refunded', refundedAmount: 26_800 }])
  })

  it('refusing and agreeing to a return reach their state, and a second call finds it reached', async () => {
    const refusal = await ask()
    expect(await xiaohongshu.commands.refuseRefund?.(deps, refusal)).toMatchObject({
      outcome: 'done',
      already: false,
      detail: { stage: 'refused' },
    })
    expect(await xiaohongshu.commands.refuseRefund?.(deps, refusal)).toMatchObject({ already: true })
    const returning = await ask({ type: 1 })
    expect(await xiaohongshu.commands.agreeReturn?.(deps, returning)).toMatchObject({
      detail: { stage: 'waiting-return' },
    })
    expect(await executions(returning.ref)).toEqual([])
  })

  it('is refused for good, with words, when amount, stage, kind or a missing address stand against it', async () => {
    const changed = await ask()
    await control(`${xhs}/after-sales/change`, { returns_id: changed.ref, amount: 1 })
    expect(await xiaohongshu.commands.agreeRefund?.(deps, changed)).toMatchObject({
      outcome: 'refused',
      code: 'refund_amount_changed',
    })
    await control(`${xhs}/after-sales/change`, { returns_id: changed.ref, status: 5 })
    expect(await xiaohongshu.commands.agreeRefund?.(deps, changed)).toMatchObject({
      code: 'refund_stage_not_open',
    })
    const returning = await ask({ type: 1 })
    expect(await xiaohongshu.commands.agreeRefund?.(deps, returning)).toMatchObject({
      code: 'refund_type_not_supported',
    })
    const { returnAddressId: _none, ...without } = config
    const homeless = depsFor(xiaohongshu, { config: without, now })
    expect(await xiaohongshu.commands.agreeReturn?.(homeless, returning)).toMatchObject({
      code: 'refund_return_address_missing',
    })
  })
})

describe('pushes', () => {
  const received: PushRequest[] = []
  let receiver: Server

  beforeAll(async () => {
    receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
      const push = {
        headers: request.headers as Record<string, string>,
        query: Object.fromEntries(searchParams),
        path: pathname,
        raw: Buffer.concat(chunks),
      }
      received.push(push)
      const answer = xiaohongshu.push?.reply(xiaohongshu.push.verify(push, config))
      response
        .writeHead(answer?.status ?? 500, { 'content-type': answer?.contentType ?? '' })
        .end(answer?.body)
    })
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening))
    const { port } = receiver.address() as AddressInfo
    await control('settings', {
      pushUrls: { xiaohongshu: `http://127.0.0.1:${port}/cb/小红书?a=1&Z=中文 &` },
    })
  })
  afterAll(async () => {
    await control('settings', { pushUrls: {} })
    receiver.close()
  })
  const pushed = (count: number) => expect.poll(() => received.length, { timeout: 5_000 }).toBe(count)
  const inboundOf = (push: PushRequest | undefined) => (push === undefined ? undefined : parse(push))

  it('are verified as signed, say which record changed, and are not accepted when anything signed differs', async () => {
    received.length = 0
    const [id = ''] = await place()
    await pushed(1)
    const { returns_id: ref } = await control(`${xhs}/after-sales`, { order_id: id })
    await pushed(2)
    const [first, second] = received
    expect(first && xiaohongshu.push?.verify(first, config)).toEqual({ ok: true })
    expect(inboundOf(first)).toMatchObject([
      { kind: 'changed', resource: 'orders', externalId: id, channelShopId: sellerId },
    ])
    expect(inboundOf(second)).toMatchObject([{ kind: 'changed', resource: 'refunds', externalId: ref }])
    if (first === undefined) return
    for (const forged of [
      { ...first, path: '/other' },
      { ...first, query: { ...first.query, more: '1' } },
      { ...first, headers: { ...first.headers, timestamp: '1' } },
      { ...first, headers: { ...first.headers, 'app-key': 'other' } },
      { ...first, headers: { ...first.headers, sign: undefined } },
    ])
      expect(xiaohongshu.push?.verify(forged, config).ok).toBe(false)
  })

  it('that only test the address are acknowledged and change nothing', async () => {
    received.length = 0
    await control(`${xhs}/push-test`)
    await pushed(1)
    expect(inboundOf(received[0])).toMatchObject([{ kind: 'ignore', reason: 'test message' }])
    expect(xiaohongshu.push?.reply({ ok: true }).body).toBe('{"success":true,"error_code":0,"error_msg":""}')
  })

  it('tell later changes of one order apart, and a repeated push by its key', async () => {
    received.length = 0
    const [id = ''] = await place()
    await pushed(1)
    await sandbox.kernel.clock.advance(2_000)
    await control(`${xhs}/orders/advance`, { order_id: id })
    await pushed(2)
    const keys = received.flatMap((push) => inboundOf(push)?.map((one) => one.dedupeKey) ?? [])
    expect(new Set(keys).size).toBe(2)
    expect(inboundOf(received[0])).toEqual(inboundOf(received[0]))
  })
})
