/** The connector against the sandbox's JD, which verifies signatures with code of its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectorDeps } from '#src/contracts/connector.ts'
import type { JdConfig } from '../../../connectors/jd/config.ts'
import { jd } from '../../../connectors/jd/index.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'

let sandbox: Sandbox
let url: string
let config: JdConfig
let deps: ConnectorDeps<JdConfig>
let shopId: string

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
const window = () => {
  const second = Math.floor(now() / 1_000) * 1_000
  return { from: second - 3_600_000, to: second + 1_000 }
}
const context = () => ({ shop: deps.shop, config })
const ordersOf = async (given = deps, range = window()) => {
  const records = await recordsOf(jd.pull('orders', range, given))
  return records.map((record) => jd.normalize('orders', record, context()))
}
const refundsOf = async () => {
  const records = await recordsOf(jd.pull('refunds', window(), deps))
  return records.map((record) => jd.normalize('refunds', record, context()))
}

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  const opened = await control('channels/jd/shops')
  const { jd: platform } = await look('state')
  config = jd.config.parse({
    appKey: platform.appKey,
    appSecret: platform.appSecret,
    baseUrl: platform.baseUrl,
    tokenUrl: platform.tokenUrl,
    accessToken: opened.access_token,
    refreshToken: opened.refresh_token,
    refundCommands: true,
  })
  deps = depsFor(jd, { config, now })
  shopId = opened.shop_id
})

describe('pulling', () => {
  it('brings every order of the window once, in canonical shape, whatever the number of pages', async () => {
    const { order_ids } = await control('channels/jd/orders', {
      shop_id: shopId,
      count: 250,
      discount: 33,
      words: '电话 13800001111',
    })
    const orders = await ordersOf()
    expect(orders.map((order) => order.orderNo).toSorted()).toEqual(order_ids.toSorted())
    expect(orders[0]).toMatchObject({
      platform: 'jd',
      status: 'paid',
      amounts: { sellerDiscount: 33, paid: (orders[0]?.amounts.total ?? 0) - 33 },
      buyer: { phone: '138****2046', words: '电话 138****1111' },
      lines: [{ paid: orders[0]?.amounts.paid }],
    })
  })

  it('reads more than a month in parts, and no part twice', async () => {
    const { order_ids } = await control('channels/jd/orders', { shop_id: shopId, count: 3 })
    const { to } = window()
    const orders = await ordersOf(deps, { from: to - 80 * 86_400_000, to })
    expect(orders.map((order) => order.orderNo).toSorted()).toEqual(order_ids.toSorted())
  })

  it('takes the year 0001 for never: such an order is not paid', async () => {
    await control('channels/jd/orders', { shop_id: shopId, paid: false })
    const [order] = await ordersOf()
    expect(order).toMatchObject({ status: 'unpaid', amounts: { paid: 0 } })
    expect(order?.times).not.toHaveProperty('paid')
    expect(order?.times).not.toHaveProperty('completed')
  })

  it('misses nothing when orders change, and so leave the window, while the pages are read', async () => {
    const { order_ids } = await control('channels/jd/orders', { shop_id: shopId, count: 230 })
    const seen = new Set<string>()
    const range = window()
    let moved = 0
    const take = async (from: number, to: number) => {
      for await (const page of jd.pull('orders', { from, to }, deps)) {
        for (const record of page.records) seen.add(jd.normalize('orders', record, context()).orderNo)
        await sandbox.kernel.clock.advance(1_000)
        for (const order_id of order_ids.slice(moved, moved + 20))
          await control('channels/jd/orders/advance', { order_id })
        moved += 20
      }
    }
    await take(range.from, range.to)
    // What changed during the scan belongs to the next window.
    await take(range.to, window().to)
    expect([...seen].toSorted()).toEqual(order_ids.toSorted())
  })

  it('shows a status nobody knows as it is, and answers null for numbers nobody knows', async () => {
    const { order_ids } = await control('channels/jd/orders', { shop_id: shopId })
    await control('channels/jd/orders/advance', { order_id: order_ids[0], status: 'WAIT_FOR_THE_MOON' })
    const record = await jd.fetch('orders', order_ids[0], deps)
    expect(jd.normalize('orders', record, context())).toMatchObject({
      status: 'unknown',
      statusText: 'WAIT_FOR_THE_MOON',
    })
    expect(await jd.fetch('orders', '1', deps)).toBeNull()
    expect(await jd.fetch('refunds', '1', deps)).toBeNull()
  })

  it('brings a refund once when it was both asked for and checked in the window, later states being newer', async () => {
    const { order_ids } = await control('channels/jd/orders', { shop_id: shopId, amount: 12_345 })
    const { refund_id } = await control('channels/jd/refunds', { order_id: order_ids[0] })
    const [asked] = await refundsOf()
    expect(asked).toMatchObject({ refundNo: refund_id, stage: 'requested', amount: 12_345 })
    const versions = [asked?.version ?? 0]
    for (const [status, stage] of [
      [1, 'agreed'],
      [3, 'refunded'],
    ] as const) {
      await control('channels/jd/refunds/advance', { refund_id, status })
      const found = await refundsOf()
      expect(new Set(found.map((one) => one.refundNo)).size).toBe(1)
      expect(found[0]).toMatchObject({ stage })
      versions.push(found[0]?.version ?? 0)
    }
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b))
  })
})

describe('the token', () => {
  it('is refreshed with the refresh token, and the old one is then refused by code', async () => {
    const refreshed = await jd.authorize?.(deps, {
      accessToken: 'x',
      refreshToken: config.refreshToken ?? '',
      expiresAt: 0,
    })
    expect(refreshed?.accessToken).not.toBe(config.accessToken)
    await expect(ordersOf()).rejects.toMatchObject({ code: 'connector_token_rejected', retry: 'backoff' })
    const fresh = depsFor(jd, { config, now, token: refreshed?.accessToken ?? '' })
    expect(await ordersOf(fresh)).toEqual([])
    await expect(
      jd.authorize?.(deps, { accessToken: 'x', refreshToken: 'spent', expiresAt: 0 }),
    ).rejects.toMatchObject({ code: 'connector_authorization_lost' })
  })

  it('with a wrong secret is a signature matter, and check proves the whole way', async () => {
    expect(await jd.check(deps)).toMatchObject({ shopName: '示例店铺' })
    const wrong = depsFor(jd, { config: { ...config, appSecret: 'other' }, now })
    await expect(jd.check(wrong)).rejects.toMatchObject({
      code: 'connector_signature_rejected',
      retry: 'never',
    })
  })
})

describe('decisions', () => {
  const ask = async () => {
    const { order_ids } = await control('channels/jd/orders', { shop_id: shopId, amount: 268_000 })
    const { refund_id: ref, amount } = await control('channels/jd/refunds', { order_id: order_ids[0] })
    return { ...refundCommand, ref, refundNo: ref, orderNo: order_ids[0], amount }
  }

  it('agreeing pays once, however often it is called, also when the answer was lost', async () => {
    const command = await ask()
    await control('faults', { kind: 'reset_after_apply', family: 'jd', times: 1 })
    await jd.commands.agreeRefund?.(deps, command).catch(() => undefined)
    expect(await jd.commands.agreeRefund?.(deps, command)).toMatchObject({ outcome: 'done' })
    const { refundsExecuted } = await look('effects?only=refundsExecuted')
    const own = refundsExecuted.filter((one: { refund_no: string }) => one.refund_no === command.ref)
    expect(own).toMatchObject([{ system: 'jd', amount: 268_000, times: 1 }])
    expect((await refundsOf())[0]).toMatchObject({ stage: 'refunded', refundedAmount: 268_000 })
  })

  it('refusing reaches its state, and a second call finds it reached', async () => {
    const refusal = await ask()
    expect(await jd.commands.refuseRefund?.(deps, refusal)).toMatchObject({ outcome: 'done', already: false })
    expect(await jd.commands.refuseRefund?.(deps, refusal)).toMatchObject({ outcome: 'done', already: true })
  })

  it('is refused for good, with words, when amount, stage or the switch stand against it', async () => {
    const command = await ask()
    expect(await jd.commands.agreeRefund?.(deps, { ...command, amount: 1 })).toMatchObject({
      code: 'refund_amount_changed',
    })
    const off = depsFor(jd, { config: { ...config, refundCommands: false }, now })
    expect(await jd.commands.agreeRefund?.(off, command)).toMatchObject({
      outcome: 'refused',
      code: 'refund_command_off',
    })
    await control('channels/jd/refunds/advance', { refund_id: command.ref, status: 2 })
    expect(await jd.commands.agreeRefund?.(deps, command)).toMatchObject({ code: 'refund_stage_not_open' })
  })
})

it('keeps no address, account or invoice of a buyer', () => {
  const stored = jd.scrub({
    orderId: '1',
    pin: 'jd_buyer',
    consigneeInfo: { fullname: '李小明', mobile: '13800001111', fullAddress: '上海浦东新区世纪大道1号' },
    vatInfo: { userName: '李小明', bankAccount: '6222020000001' },
  })
  expect(JSON.stringify(stored)).not.toMatch(/小明|0000|世纪大道|jd_buyer|6222/)
})
