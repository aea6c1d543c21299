/** The connector against the sandbox's Pinduoduo, which verifies signatures with code of its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { order, refund } from '#src/contracts/canonical.ts'
import type { ConnectorDeps } from '#src/contracts/connector.ts'
import type { PinduoduoConfig } from '../../../connectors/pinduoduo/config.ts'
import { pinduoduo } from '../../../connectors/pinduoduo/index.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'
import { readSample } from '../read-sample.ts'

let sandbox: Sandbox
let url: string
let config: PinduoduoConfig
let deps: ConnectorDeps<PinduoduoConfig>
let shopId: string
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
/** Whole seconds, as the platform's times are: a second cut in two would be read in both halves. */
const window = () => {
  const second = Math.floor(now() / 1_000) * 1_000
  return { from: second - 3_600_000, to: second + 1_000 }
}
const context = () => ({ shop: deps.shop, config })
const ordersOf = async (given = deps) => {
  const records = await recordsOf(pinduoduo.pull('orders', window(), given))
  return records.map((record) => pinduoduo.normalize('orders', record, context()))
}
const refundsOf = async () => {
  const records = await recordsOf(pinduoduo.pull('refunds', window(), deps))
  return records.map((record) => pinduoduo.normalize('refunds', record, context()))
}

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  const opened = await control('channels/pinduoduo/shops')
  const { pinduoduo: app } = await look('state')
  config = pinduoduo.config.parse({
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    baseUrl: app.baseUrl,
    accessToken: opened.access_token,
    refreshToken: opened.refresh_token,
    returnAddressId: opened.return_address_id,
  })
  deps = depsFor(pinduoduo, { config, now })
  shopId = opened.shop_id
  code = opened.code
})

describe('pulling', () => {
  it('brings every order of the window once, in canonical shape, whatever the number of pages', async () => {
    const { order_sns } = await control('channels/pinduoduo/orders', {
      ...{ shop_id: shopId, count: 250, amount: 9_990, discount: 1_005, words: '电话 13800001111' },
    })
    const orders = await ordersOf()
    expect(orders.map((one) => one.orderNo).toSorted()).toEqual(order_sns.toSorted())
    expect(order.parse(orders[0])).toMatchObject({
      platform: 'pinduoduo',
      status: 'paid',
      amounts: { total: 9_990, paid: 8_985, platformDiscount: 1_005, sellerDiscount: 0 },
      buyer: { name: '李**', phone: '138****2046', words: '电话 138****1111' },
      lines: [{ amount: 9_990, paid: 8_985 }],
    })
  })

  it('misses nothing when orders change, and so move, while the pages are read', async () => {
    const { order_sns } = await control('channels/pinduoduo/orders', { shop_id: shopId, count: 230 })
    const seen = new Set<string>()
    const range = { from: now() - 1_500_000, to: now() + 120_000 }
    let moved = 0
    for await (const page of pinduoduo.pull('orders', range, deps)) {
      for (const record of page.records) seen.add(pinduoduo.normalize('orders', record, context()).orderNo)
      await sandbox.kernel.clock.advance(1_000)
      for (const order_sn of order_sns.slice(moved, moved + 20))
        await control('channels/pinduoduo/orders/advance', { order_sn })
      moved += 20
    }
    expect([...seen].toSorted()).toEqual(order_sns.toSorted())
  })

  it('shows a status nobody knows as it is, and reads one record by its number', async () => {
    const { order_sns } = await control('channels/pinduoduo/orders', { shop_id: shopId })
    await control('channels/pinduoduo/orders/advance', { order_sn: order_sns[0], status: 77 })
    const record = await pinduoduo.fetch('orders', order_sns[0], deps)
    expect(pinduoduo.normalize('orders', record, context())).toMatchObject({
      status: 'unknown',
      statusText: 'order_status 77',
    })
    expect(await pinduoduo.fetch('orders', '261120-1', deps)).toBeNull()
    expect(await pinduoduo.fetch('refunds', '261120-1/1', deps)).toBeNull()
    expect(await pinduoduo.fetch('refunds', `${order_sns[0]}/1`, deps)).toBeNull()
    expect(await pinduoduo.fetch('refunds', '1', deps)).toBeNull()
  })

  it('finds refunds of every status, and reads the same from list and detail though they count differently', async () => {
    const { order_sns } = await control('channels/pinduoduo/orders', { shop_id: shopId, count: 4 })
    const refunds = []
    for (const [at, type] of [2, 3, 4, 2].entries())
      refunds.push(
        await control('channels/pinduoduo/refunds', { order_sn: order_sns[at], type, amount: 1_234 + at }),
      )
    await control('channels/pinduoduo/refunds/advance', { refund_id: refunds[3].refund_id })
    const pulled = await refundsOf()
    const byNo = Object.fromEntries(pulled.map((one) => [one.refundNo, refund.parse(one)]))
    expect(Object.keys(byNo)).toHaveLength(4)
    expect(byNo[refunds[0].refund_id]).toMatchObject({
      kind: 'refund-only',
      stage: 'requested',
      amount: 1_234,
    })
    expect(byNo[refunds[1].refund_id]).toMatchObject({ kind: 'return-and-refund', stage: 'requested' })
    expect(byNo[refunds[2].refund_id]).toMatchObject({ kind: 'exchange', stage: 'requested' })
    expect(byNo[refunds[3].refund_id]).toMatchObject({ stage: 'withdrawn', amount: 1_237 })
    const listed = byNo[refunds[0].refund_id]
    const detail = await pinduoduo.fetch('refunds', listed?.refs.pinduoduo ?? '', deps)
    const fetched = pinduoduo.normalize('refunds', detail, context())
    expect({ ...fetched, times: { ...fetched.times, deadline: undefined } }).toEqual({
      ...listed,
      times: { ...listed?.times, deadline: undefined },
    })
    expect(fetched.times.deadline).toBeGreaterThan(now())
  })

  it('is refused a window longer than half an hour, which the pull never asks for', async () => {
    const seen: string[] = []
    const counting = {
      ...deps,
      http: {
        request: (request: Parameters<typeof deps.http.request>[0]) => {
          seen.push(String(request.body))
          return deps.http.request(request)
        },
      },
    }
    await recordsOf(pinduoduo.pull('orders', window(), counting))
    const spans = seen.map((body) => {
      const form = new URLSearchParams(body)
      return Number(form.get('end_updated_at')) - Number(form.get('start_updated_at'))
    })
    expect(spans.length).toBeGreaterThan(1)
    expect(Math.max(...spans)).toBeLessThanOrEqual(1_800)
  })
})

describe('what is kept', () => {
  it('is masked: sealed receivers are dropped, numbers in words are hidden', () => {
    const record = readSample('pinduoduo', 'orders.paid.json')
    const kept = pinduoduo.scrub(record)
    expect(JSON.stringify(kept)).not.toMatch(/sealed|13800001111/)
    expect(pinduoduo.normalize('orders', kept, context())).toEqual(
      pinduoduo.normalize('orders', record, context()),
    )
  })

  it('shares what was paid among lines to the fen', () => {
    const { lines, amounts } = pinduoduo.normalize(
      'orders',
      readSample('pinduoduo', 'orders.paid.json'),
      context(),
    )
    expect(lines.reduce((sum, line) => sum + line.paid, 0)).toBe(amounts.paid - amounts.freight)
    expect(amounts).toEqual({
      ...{ total: 20_980, paid: 18_990, freight: 1_000, platformDiscount: 990, sellerDiscount: 1_000 },
    })
  })
})

describe('the token', () => {
  it('is refreshed with the refresh token, and the old one is then refused by code', async () => {
    const previous = { accessToken: 'x', refreshToken: config.refreshToken ?? '', expiresAt: 0 }
    const refreshed = await pinduoduo.authorize?.(deps, previous)
    expect(refreshed?.accessToken).not.toBe(config.accessToken)
    expect(refreshed?.expiresAt).toBe(now() + 86_400_000)
    await expect(ordersOf()).rejects.toMatchObject({ code: 'connector_token_rejected', retry: 'backoff' })
    const fresh = depsFor(pinduoduo, { config, now, token: refreshed?.accessToken ?? '' })
    expect(await ordersOf(fresh)).toEqual([])
    await expect(
      pinduoduo.authorize?.(deps, { accessToken: 'x', refreshToken: 'spent', expiresAt: 0 }),
    ).rejects.toMatchObject({ code: 'connector_authorization_lost' })
  })

  it('comes from a code once', async () => {
    const { accessToken: _a, refreshToken: _r, ...bare } = config
    const first = depsFor(pinduoduo, { config: { ...bare, authorizationCode: code }, now })
    expect(await ordersOf(first)).toEqual([])
    await expect(pinduoduo.authorize?.(first)).rejects.toMatchObject({ code: 'connector_authorization_lost' })
  })

  it('with a wrong secret or a wrong clock is a signature matter, and check proves the whole way', async () => {
    expect(await pinduoduo.check(deps)).toMatchObject({ shopName: '示例店铺' })
    const wrong = depsFor(pinduoduo, { config: { ...config, clientSecret: 'other' }, now })
    const rejected = { code: 'connector_signature_rejected', retry: 'never' }
    await expect(pinduoduo.check(wrong)).rejects.toMatchObject(rejected)
    const late = depsFor(pinduoduo, { config, now: () => now() - 11 * 60_000 - 10 * 86_400_000 })
    await expect(pinduoduo.check(late)).rejects.toMatchObject(rejected)
  })
})

describe('decisions', () => {
  const ask = async (wanted: object = {}, shop_id = shopId) => {
    const { order_sns } = await control('channels/pinduoduo/orders', { shop_id, amount: 268_000 })
    const asked = await control('channels/pinduoduo/refunds', { order_sn: order_sns[0], ...wanted })
    const ref = `${asked.order_sn}/${asked.refund_id}`
    return { ...refundCommand, ref, refundNo: asked.refund_id, orderNo: asked.order_sn, amount: asked.amount }
  }
  const executions = async (refundNo: string) => {
    const { refundsExecuted } = await look('effects?only=refundsExecuted')
    return refundsExecuted.filter((one: { refund_no: string }) => one.refund_no === refundNo)
  }

  it('agreeing pays once, however often it is called, also when the answer was lost', async () => {
    const command = await ask()
    await control('faults', { kind: 'reset_after_apply', family: 'pinduoduo', times: 1 })
    await pinduoduo.commands.agreeRefund?.(deps, command).catch(() => undefined)
    expect(await pinduoduo.commands.agreeRefund?.(deps, command)).toMatchObject({ outcome: 'done' })
    expect(await pinduoduo.commands.agreeRefund?.(deps, command)).toMatchObject({ already: true })
    expect(await executions(command.refundNo)).toMatchObject([
      { system: 'pinduoduo', amount: 268_000, times: 1 },
    ])
    expect(await refundsOf()).toMatchObject([{ stage: 'refunded', refundedAmount: 268_000 }])
    expect((await ordersOf())[0]).toMatchObject({ status: 'refunded' })
  })

  it('agreeing to a return needs an address, moves no money, and a second call finds it reached', async () => {
    const command = await ask({ type: 3 })
    const { returnAddressId: _address, ...without } = config
    const bare = depsFor(pinduoduo, { config: without, now })
    expect(await pinduoduo.commands.agreeReturn?.(bare, command)).toMatchObject({
      code: 'refund_address_missing',
    })
    expect(await pinduoduo.commands.agreeReturn?.(deps, command)).toMatchObject({
      ...{ outcome: 'done', already: false, detail: { stage: 'waiting-return' } },
    })
    expect(await pinduoduo.commands.agreeReturn?.(deps, command)).toMatchObject({ already: true })
    expect(await executions(command.refundNo)).toEqual([])
  })

  it('is refused for good, with words, when amount, stage, kind or the platform stand against it', async () => {
    const agree = pinduoduo.commands.agreeRefund
    expect(await agree?.(deps, { ...(await ask()), amount: 1 })).toMatchObject({
      code: 'refund_amount_changed',
    })
    const gone = await ask()
    await control('channels/pinduoduo/refunds/advance', { refund_id: gone.refundNo })
    expect(await agree?.(deps, gone)).toMatchObject({ code: 'refund_stage_not_open' })
    const judged = await ask()
    await control('channels/pinduoduo/refunds/advance', { refund_id: judged.refundNo, status: 8 })
    expect(await agree?.(deps, judged)).toMatchObject({ code: 'refund_stage_not_open' })
    expect(await agree?.(deps, await ask({ type: 3 }))).toMatchObject({ code: 'refund_type_not_supported' })
    expect(await agree?.(deps, { ...(await ask()), ref: '1' })).toMatchObject({ code: 'refund_unknown' })
    const strict = await control('channels/pinduoduo/shops', { refuses_agreeing: true })
    const guarded = depsFor(pinduoduo, { config, now, token: strict.access_token })
    const answer = await agree?.(guarded, await ask({}, strict.shop_id))
    expect(answer).toMatchObject({ outcome: 'refused', message: '店铺保证金不足，请到商家后台处理' })
  })
})
