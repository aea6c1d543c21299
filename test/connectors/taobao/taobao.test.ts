/** The connector against the sandbox's TOP, which verifies signatures with code of its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectorDeps } from '#src/contracts/connector.ts'
import type { TaobaoConfig } from '../../../connectors/taobao/config.ts'
import { taobao } from '../../../connectors/taobao/index.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'

let sandbox: Sandbox
let url: string
let config: TaobaoConfig
let deps: ConnectorDeps<TaobaoConfig>

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
const ordersOf = async (given = deps) => {
  const context = { shop: given.shop, config: given.config }
  const records = await recordsOf(taobao.pull('orders', window(), given))
  return records.map((record) => taobao.normalize('orders', record, context))
}
const refundsOf = async () => {
  const context = { shop: deps.shop, config }
  const records = await recordsOf(taobao.pull('refunds', window(), deps))
  return records.map((record) => taobao.normalize('refunds', record, context))
}

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  const opened = await control('channels/taobao/shops', {})
  const { taobao: top } = await look('state')
  config = taobao.config.parse({
    appKey: top.appKey,
    appSecret: top.appSecret,
    baseUrl: top.baseUrl,
    tokenUrl: top.tokenUrl,
    sessionKey: opened.session,
    refreshToken: opened.refresh_token,
  })
  deps = depsFor(taobao, { config, now })
  shopId = opened.shop_id
})
let shopId: string

describe('pulling', () => {
  it('brings every trade of the window once, in canonical shape, whatever the number of pages', async () => {
    const { tids } = await control('channels/taobao/trades', {
      shop_id: shopId,
      count: 250,
      words: '电话 13800001111',
    })
    const orders = await ordersOf()
    expect(orders.map((order) => order.orderNo).toSorted()).toEqual(tids.toSorted())
    expect(orders[0]).toMatchObject({
      platform: 'taobao',
      status: 'paid',
      amounts: { paid: orders[0]?.amounts.total },
      buyer: { phone: '138****2046', words: '电话 138****1111' },
    })
    expect(orders.every((order) => Number.isSafeInteger(order.amounts.total))).toBe(true)
  })

  it('misses nothing when trades change, and so move, while the pages are read', async () => {
    const { tids } = await control('channels/taobao/trades', { shop_id: shopId, count: 230 })
    const seen = new Set<string>()
    const range = { from: now() - 3_600_000, to: now() + 120_000 }
    let moved = 0
    for await (const page of taobao.pull('orders', range, deps)) {
      for (const record of page.records)
        seen.add(taobao.normalize('orders', record, { shop: deps.shop, config }).orderNo)
      await sandbox.kernel.clock.advance(1_000)
      for (const tid of tids.slice(moved, moved + 20))
        await control('channels/taobao/trades/advance', { tid })
      moved += 20
    }
    expect([...seen].toSorted()).toEqual(tids.toSorted())
  })

  it('shows a status nobody knows as it is, and reads one record by its number', async () => {
    const { tids } = await control('channels/taobao/trades', { shop_id: shopId })
    await control('channels/taobao/trades/advance', { tid: tids[0], status: 'WAIT_FOR_THE_MOON' })
    const record = await taobao.fetch('orders', tids[0], deps)
    expect(taobao.normalize('orders', record, { shop: deps.shop, config })).toMatchObject({
      status: 'unknown',
      statusText: 'WAIT_FOR_THE_MOON',
    })
    expect(await taobao.fetch('orders', '1', deps)).toBeNull()
    expect(await taobao.fetch('refunds', '1', deps)).toBeNull()
  })
})

describe('the session', () => {
  it('is refreshed with the refresh token, and the old one is then refused by code', async () => {
    const refreshed = await taobao.authorize?.(deps, {
      accessToken: 'x',
      refreshToken: config.refreshToken ?? '',
      expiresAt: 0,
    })
    expect(refreshed?.accessToken).not.toBe(config.sessionKey)
    expect(refreshed?.expiresAt).toBe(now() + 30 * 86_400_000)
    await expect(ordersOf()).rejects.toMatchObject({ code: 'connector_token_rejected', retry: 'backoff' })
    const fresh = depsFor(taobao, { config, now, token: refreshed?.accessToken ?? '' })
    expect(await ordersOf(fresh)).toEqual([])
    await expect(
      taobao.authorize?.(deps, { accessToken: 'x', refreshToken: 'spent', expiresAt: 0 }),
    ).rejects.toMatchObject({ code: 'connector_authorization_lost' })
  })

  it('with a wrong secret is a signature matter, and check proves the whole way', async () => {
    expect(await taobao.check(deps)).toMatchObject({ shopName: '示例店铺' })
    const wrong = depsFor(taobao, { config: { ...config, appSecret: 'other' }, now })
    await expect(taobao.check(wrong)).rejects.toMatchObject({
      code: 'connector_signature_rejected',
      retry: 'never',
    })
  })
})

describe('decisions', () => {
  const ask = async (wanted: object = {}) => {
    const { tids } = await control('channels/taobao/trades', { shop_id: shopId, amount: 268_000 })
    const { refund_id: ref, amount } = await control('channels/taobao/refunds', { tid: tids[0], ...wanted })
    return { ...refundCommand, ref, refundNo: ref, orderNo: tids[0], amount }
  }
  const executions = async (ref: string) => {
    const { refundsExecuted } = await look('effects?only=refundsExecuted')
    return refundsExecuted.filter((one: { refund_no: string }) => one.refund_no === ref)
  }

  it('agreeing pays once, however often it is called, also when the answer was lost', async () => {
    const command = await ask()
    await control('faults', { kind: 'reset_after_apply', family: 'taobao', times: 1 })
    await taobao.commands.agreeRefund?.(deps, command).catch(() => undefined)
    const again = await taobao.commands.agreeRefund?.(deps, command)
    expect(again).toMatchObject({ outcome: 'done' })
    expect(await executions(command.ref)).toMatchObject([{ system: 'taobao', amount: 268_000, times: 1 }])
    expect(await refundsOf()).toMatchObject([{ stage: 'refunded', refundedAmount: 268_000 }])
  })

  it('refusing and agreeing to a return reach their state, and a second call finds it reached', async () => {
    const refusal = await ask()
    const first = await taobao.commands.refuseRefund?.(deps, refusal)
    expect(first).toMatchObject({ outcome: 'done', already: false, detail: { stage: 'refused' } })
    expect(await taobao.commands.refuseRefund?.(deps, refusal)).toMatchObject({
      outcome: 'done',
      already: true,
    })
    const returning = await ask({ has_return: true })
    expect(await taobao.commands.agreeReturn?.(deps, returning)).toMatchObject({
      detail: { stage: 'waiting-return' },
    })
    expect(await executions(returning.ref)).toEqual([])
  })

  it('is refused for good, with words, when amount, stage, kind, limit or a phone code stand against it', async () => {
    const changed = await ask()
    expect(await taobao.commands.agreeRefund?.(deps, { ...changed, amount: 1 })).toMatchObject({
      outcome: 'refused',
      code: 'refund_amount_changed',
    })
    const gone = await ask()
    await control('channels/taobao/refunds/withdraw', { refund_id: gone.ref })
    expect(await taobao.commands.agreeRefund?.(deps, gone)).toMatchObject({ code: 'refund_stage_not_open' })
    const returning = await ask({ has_return: true })
    expect(await taobao.commands.agreeRefund?.(deps, returning)).toMatchObject({
      code: 'refund_type_not_supported',
    })
    const large = await ask({ amount: 700_000 })
    expect(await taobao.commands.agreeRefund?.(deps, large)).toMatchObject({
      code: 'refund_over_platform_limit',
    })
    const codes = await control('channels/taobao/shops', { needs_code: true })
    const guarded = depsFor(taobao, {
      config: { ...config, sessionKey: codes.session, refreshToken: undefined },
      now,
    })
    const { tids } = await control('channels/taobao/trades', { shop_id: codes.shop_id, amount: 100 })
    const { refund_id: ref } = await control('channels/taobao/refunds', { tid: tids[0] })
    const answer = await taobao.commands.agreeRefund?.(guarded, { ...refundCommand, ref, amount: 100 })
    expect(answer).toMatchObject({ outcome: 'refused', code: 'RP_NEED_CODE', message: '需要短信验证码' })
  })
})
