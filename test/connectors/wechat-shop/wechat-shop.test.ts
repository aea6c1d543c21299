/** The connector against the sandbox's WeChat shops, which check tokens, windows and decisions with code of their own. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { order, refund } from '#src/contracts/canonical.ts'
import type { ConnectorDeps, PushRequest } from '#src/contracts/connector.ts'
import type { WechatShopConfig } from '../../../connectors/wechat-shop/config.ts'
import { wechatShop } from '../../../connectors/wechat-shop/index.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'
import { readSample } from '../read-sample.ts'

let sandbox: Sandbox
let url: string
let config: WechatShopConfig
let deps: ConnectorDeps<WechatShopConfig>

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

const now = () => sandbox.kernel.clock.now()
/** Whole seconds, as the platform's times are. */
const window = () => {
  const second = Math.floor(now() / 1_000) * 1_000
  return { from: second - 3_600_000, to: second + 1_000 }
}
const context = () => ({ shop: deps.shop, config })
const ordersOf = async (given = deps) => {
  const records = await recordsOf(wechatShop.pull('orders', window(), given))
  return records.map((record) => wechatShop.normalize('orders', record, context()))
}
const refundsOf = async () => {
  const records = await recordsOf(wechatShop.pull('refunds', window(), deps))
  return records.map((record) => wechatShop.normalize('refunds', record, context()))
}
const place = async (wanted: object = {}): Promise<string[]> =>
  (await control('channels/wechat-shop/orders', { app_id: config.appId, ...wanted })).order_ids

async function openShop(wanted: object = {}): Promise<WechatShopConfig> {
  const opened = await control('channels/wechat-shop/shops', wanted)
  return wechatShop.config.parse({
    appId: opened.app_id,
    appSecret: opened.app_secret,
    baseUrl: `${url}/wechat-shop`,
    pushToken: opened.push_token,
    encodingAesKey: opened.encoding_aes_key,
    returnAddressId: opened.return_address_id,
    rejectReasonType: '1',
  })
}

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  config = await openShop()
  deps = depsFor(wechatShop, { config, now })
})

describe('pulling', () => {
  it('brings every order of the window once, in canonical shape, whatever the number of pages', async () => {
    const ids = await place({ count: 230, amount: 9_990, discount: 1_005, words: '电话 13800001111' })
    const orders = await ordersOf()
    expect(orders.map((one) => one.orderNo).toSorted()).toEqual(ids.toSorted())
    expect(order.parse(orders[0])).toMatchObject({
      platform: 'wechat-shop',
      status: 'paid',
      amounts: { total: 9_990, paid: 8_985, platformDiscount: 0, sellerDiscount: 1_005 },
      buyer: { words: '电话 138****1111' },
      lines: [{ amount: 9_990, paid: 8_985 }],
    })
  })

  it('misses nothing when orders change, and so move, while the pages are read', async () => {
    const ids = await place({ count: 210 })
    const seen = new Set<string>()
    let moved = 0
    for await (const page of wechatShop.pull('orders', { ...window(), to: now() + 120_000 }, deps)) {
      for (const record of page.records) seen.add(wechatShop.normalize('orders', record, context()).orderNo)
      await sandbox.kernel.clock.advance(1_000)
      for (const order_id of ids.slice(moved, moved + 20))
        await control('channels/wechat-shop/orders/advance', { order_id })
      moved += 20
    }
    expect([...seen].toSorted()).toEqual(ids.toSorted())
  })

  it('shows a status nobody knows as it is, and what the platform does not know as nothing', async () => {
    const [order_id = ''] = await place()
    await control('channels/wechat-shop/orders/advance', { order_id, status: 77 })
    const record = await wechatShop.fetch('orders', order_id, deps)
    expect(wechatShop.normalize('orders', record, context())).toMatchObject({
      status: 'unknown',
      statusText: 'status 77',
    })
    expect(await wechatShop.fetch('orders', '1', deps)).toBeNull()
    expect(await wechatShop.fetch('refunds', '1', deps)).toBeNull()
  })

  it.each([
    ['USER_CANCELD', 'withdrawn'],
    ['MERCHANT_PROCESSING', 'requested'],
    ['MERCHANT_REJECT_REFUND', 'refused'],
    ['MERCHANT_REJECT_RETURN', 'refused'],
    ['USER_WAIT_RETURN', 'waiting-return'],
    ['RETURN_CLOSED', 'failed'],
    ['MERCHANT_WAIT_RECEIPT', 'waiting-return'],
    ['MERCHANT_OVERDUE_REFUND', 'refunding'],
    ['MERCHANT_REFUND_SUCCESS', 'refunded'],
    ['MERCHANT_RETURN_SUCCESS', 'refunded'],
    ['PLATFORM_REFUNDING', 'refunding'],
    ['PLATFORM_REFUND_FAIL', 'failed'],
    ['USER_WAIT_CONFIRM', 'requested'],
    ['MERCHANT_REFUND_RETRY_FAIL', 'failed'],
    ['MERCHANT_FAIL', 'failed'],
    ['constructor', 'unknown'],
  ])('reads the after-sale status %s as %s', (status, stage) => {
    const record = { ...readSample('wechat-shop', 'refunds.requested.json'), status }
    expect(wechatShop.normalize('refunds', record, context())).toMatchObject({ stage })
  })

  it('finds after-sales over several pages, in fen', async () => {
    const ids = await place({ count: 45 })
    for (const [at, order_id] of ids.entries())
      await control('channels/wechat-shop/refunds', { order_id, amount: 1_000 + at, type: 'RETURN' })
    const refunds = await refundsOf()
    expect(refunds.map((one) => one.amount).toSorted()).toEqual(ids.map((_id, at) => 1_000 + at))
    expect(refund.parse(refunds[0])).toMatchObject({ kind: 'return-and-refund', stage: 'requested' })
  })

  it('cuts long windows into what the platform allows', async () => {
    const day = 86_400_000
    await place()
    const long = { from: window().to - 15 * day, to: window().to }
    expect(await recordsOf(wechatShop.pull('orders', long, deps))).toHaveLength(1)
    expect(await recordsOf(wechatShop.pull('refunds', long, deps))).toEqual([])
  })
})

describe('what is kept', () => {
  it('has no receiver in it, hides numbers in words, and reads the same', () => {
    const record = readSample('wechat-shop', 'orders.paid.json')
    const kept = wechatShop.scrub(record)
    expect(JSON.stringify(kept)).not.toMatch(/王小明|13900005521|文三路|13800001111/)
    const normal = wechatShop.normalize('orders', kept, context())
    expect(normal).toEqual(wechatShop.normalize('orders', record, context()))
    expect(normal.lines.reduce((sum, line) => sum + line.paid, 0)).toBe(24_991 - 1_000)
  })
})

describe('the token', () => {
  it('is the one in use, and a new one after it ended, which is told by code', async () => {
    const first = await wechatShop.authorize?.(deps)
    expect(first?.expiresAt).toBe(now() + 7_200_000)
    expect((await wechatShop.authorize?.(deps))?.accessToken).toBe(first?.accessToken)
    await control('channels/wechat-shop/tokens/expire')
    const rejected = { code: 'connector_token_rejected', retry: 'backoff' }
    const old = depsFor(wechatShop, { config, now, token: first?.accessToken ?? '' })
    await expect(ordersOf(old)).rejects.toMatchObject(rejected)
    await expect(ordersOf(depsFor(wechatShop, { config, now, token: 'x' }))).rejects.toMatchObject(rejected)
    expect((await wechatShop.authorize?.(deps))?.accessToken).not.toBe(first?.accessToken)
    expect(await ordersOf()).toEqual([])
  })

  it('is refused to a wrong secret, and check proves the whole way', async () => {
    expect(await wechatShop.check(deps)).toMatchObject({ shopName: '示例店铺' })
    const wrong = depsFor(wechatShop, { config: { ...config, appSecret: 'other' }, now })
    await expect(wechatShop.check(wrong)).rejects.toMatchObject({
      ...{ code: 'connector_signature_rejected', retry: 'never' },
    })
  })

  it('names an address that is not on the list', async () => {
    const http = { request: async () => ({ status: 403, headers: {}, body: '' }) }
    await expect(wechatShop.check(depsFor(wechatShop, { config, now, http }))).rejects.toMatchObject({
      code: 'connector_permission_missing',
    })
  })
})

describe('pushes', () => {
  const pushed: PushRequest[] = []
  let receiver: Server

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
        const query = Object.fromEntries(searchParams)
        pushed.push({ headers: {}, query, path: '/', raw: Buffer.concat(chunks) })
        response.end(wechatShop.push?.reply({ ok: true }).body)
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const { port } = receiver.address() as AddressInfo
    await control('settings', { pushUrls: { 'wechat-shop': `http://127.0.0.1:${port}/` } })
  })
  afterAll(async () => {
    await control('settings', { pushUrls: {} })
    receiver.close()
  })

  const next = async (count: number): Promise<PushRequest[]> => {
    await expect.poll(() => pushed.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(count)
    return pushed.splice(0)
  }

  it('open with the key of the shop, name order and refund, and count as taken', async () => {
    const [order_id] = await place()
    const { after_sale_order_id } = await control('channels/wechat-shop/refunds', { order_id })
    const requests = await next(2)
    for (const one of requests) expect(wechatShop.push?.verify(one, config)).toEqual({ ok: true })
    const inbound = requests.flatMap((one) => wechatShop.push?.parse(one, config) ?? [])
    const changed = (resource: string, externalId?: string) =>
      expect.objectContaining({ kind: 'changed', resource, externalId })
    expect(inbound).toHaveLength(3)
    expect(inbound).toContainEqual(changed('orders', order_id))
    expect(inbound).toContainEqual(changed('refunds', after_sale_order_id))
    expect(new Set(inbound.map((one) => one.dedupeKey)).size).toBe(3)
  })

  it('are refused without a signature, with another key, for another app, or without configuration', async () => {
    await place()
    const [one] = await next(1)
    if (one === undefined) throw new Error('nothing was pushed')
    const verify = (changed: Partial<WechatShopConfig> = {}, request = one) =>
      wechatShop.push?.verify(request, { ...config, ...changed }).ok
    expect(verify()).toBe(true)
    expect(verify({}, { ...one, query: {} })).toBe(false)
    expect(verify({}, { ...one, query: { ...one.query, msg_signature: one.query.signature } })).toBe(false)
    expect(verify({ pushToken: 'other' })).toBe(false)
    expect(verify({ encodingAesKey: 'A'.repeat(43) })).toBe(false)
    expect(verify({ appId: 'wx-other' })).toBe(false)
    expect(verify({ pushToken: undefined })).toBe(false)
    expect(wechatShop.push?.reply({ ok: true })).toMatchObject({ status: 200, body: 'success' })
  })
})

describe('decisions', () => {
  const ask = async (wanted: object = {}) => {
    const [order_id = ''] = await place({ amount: 268_000 })
    const asked = await control('channels/wechat-shop/refunds', { order_id, ...wanted })
    const ref = asked.after_sale_order_id
    return { ...refundCommand, ref, refundNo: ref, orderNo: order_id, amount: asked.amount }
  }
  const executions = async (ref: string) => {
    const answer = await fetch(`${url}/_control/effects?only=refundsExecuted`)
    const { refundsExecuted } = (await answer.json()) as { refundsExecuted: { refund_no: string }[] }
    return refundsExecuted.filter((one) => one.refund_no === ref)
  }
  const { agreeRefund, agreeReturn, refuseRefund } = wechatShop.commands

  it('agreeing pays once, however often it is called, also when the answer was lost', async () => {
    const command = await ask()
    await deps.token()
    await control('faults', { kind: 'reset_after_apply', family: 'wechat-shop', times: 1 })
    await agreeRefund?.(deps, command).catch(() => undefined)
    expect(await agreeRefund?.(deps, command)).toMatchObject({ outcome: 'done' })
    expect(await agreeRefund?.(deps, command)).toMatchObject({ already: true })
    expect(await executions(command.ref)).toMatchObject([
      { system: 'wechat-shop', amount: 268_000, times: 1 },
    ])
    expect(await refundsOf()).toMatchObject([{ stage: 'refunded', refundedAmount: 268_000 }])
    expect(await ordersOf()).toMatchObject([{ status: 'refunded' }])
  })

  it('agreeing to a return needs the address and moves no money', async () => {
    const command = await ask({ type: 'RETURN' })
    const bare = depsFor(wechatShop, { config: { ...config, returnAddressId: undefined }, now })
    expect(await agreeReturn?.(bare, command)).toMatchObject({ code: 'refund_address_missing' })
    expect(await agreeReturn?.(deps, command)).toMatchObject({
      ...{ outcome: 'done', already: false, detail: { stage: 'waiting-return' } },
    })
    expect(await agreeReturn?.(deps, command)).toMatchObject({ already: true })
    expect(await executions(command.ref)).toEqual([])
  })

  it('refusing needs a reason of the platform, and is done once', async () => {
    const command = await ask()
    const bare = depsFor(wechatShop, { config: { ...config, rejectReasonType: undefined }, now })
    expect(await refuseRefund?.(bare, command)).toMatchObject({ code: 'refund_reject_reason_missing' })
    expect(await refuseRefund?.(deps, command)).toMatchObject({
      already: false,
      detail: { stage: 'refused' },
    })
    expect(await refuseRefund?.(deps, command)).toMatchObject({ already: true })
    expect(await agreeRefund?.(deps, command)).toMatchObject({ code: 'refund_stage_not_open' })
  })

  it('is refused for good, with words, when amount, stage, kind or the platform stand against it', async () => {
    expect(await agreeRefund?.(deps, { ...(await ask()), amount: 1 })).toMatchObject({
      code: 'refund_amount_changed',
    })
    const gone = await ask()
    await control('channels/wechat-shop/refunds/advance', { after_sale_order_id: gone.ref })
    expect(await agreeRefund?.(deps, gone)).toMatchObject({ code: 'refund_stage_not_open' })
    const returning = await ask({ type: 'RETURN' })
    expect(await agreeRefund?.(deps, returning)).toMatchObject({ code: 'refund_type_not_supported' })
    expect(await agreeRefund?.(deps, { ...gone, ref: '1' })).toMatchObject({ code: 'refund_unknown' })
    config = await openShop({ refuses_decisions: true })
    deps = depsFor(wechatShop, { config, now })
    expect(await agreeRefund?.(deps, await ask())).toMatchObject({
      ...{ outcome: 'refused', message: '店铺保证金不足，请到小店后台处理' },
    })
  })
})
