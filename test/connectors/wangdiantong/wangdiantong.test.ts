/** The connector against the sandbox's Wangdiantong, which verifies signatures with code of its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectorDeps } from '#src/contracts/connector.ts'
import type { WangdiantongConfig } from '../../../connectors/wangdiantong/config.ts'
import { wangdiantong } from '../../../connectors/wangdiantong/index.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'
import { readSample } from '../read-sample.ts'

let sandbox: Sandbox
let url: string
let sid: string
let config: WangdiantongConfig
let deps: ConnectorDeps<WangdiantongConfig>

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

const erp = 'erp/wangdiantong'
const now = () => sandbox.kernel.clock.now()
/** Whole seconds, as the ERP's times are; a row changed twice in one second is stamped one later. */
const lastHour = () => {
  const to = Math.floor(now() / 1_000) * 1_000 + 3_000
  return { from: to - 3_600_000, to }
}
const context = () => ({ shop: deps.shop, config })
const ordersOf = async (given = deps, window = lastHour()) =>
  (await recordsOf(wangdiantong.pull('orders', window, given))).map((record) =>
    wangdiantong.normalize('orders', record, context()),
  )
const refundsOf = async () =>
  (await recordsOf(wangdiantong.pull('refunds', lastHour(), deps))).map((record) =>
    wangdiantong.normalize('refunds', record, context()),
  )

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())

async function open(edition: 'flagship' | 'enterprise') {
  const account = await control(`${erp}/accounts`, { edition, shops: ['DY01', 'OTHER'] })
  sid = account.sid
  const { wangdiantong: state } = await look('state')
  config = wangdiantong.config.parse({
    edition,
    sid,
    appKey: account.appKey,
    appSecret: edition === 'flagship' ? `${account.secret}:${account.salt}` : account.secret,
    baseUrl: edition === 'flagship' ? state.flagshipUrl : state.enterpriseUrl,
    shops: { DY01: { shopId: 'shop-a', platform: 'douyin', connector: 'douyin-shop' } },
  })
  deps = depsFor(wangdiantong, { config, now })
}

describe.each(['flagship', 'enterprise'] as const)('%s edition', (edition) => {
  beforeEach(() => open(edition))

  it('brings every order of the mapped shops once, whatever the number of pages', async () => {
    const { trades } = await control(`${erp}/trades`, { sid, count: 230, words: '电话 13800001111' })
    await control(`${erp}/trades`, { sid, shop_no: 'OTHER' })
    const orders = await ordersOf()
    const tids = trades.map((trade: { tid: string }) => trade.tid)
    expect(orders.map((order) => order.orderNo).toSorted()).toEqual(tids.toSorted())
    expect(orders[0]).toMatchObject({
      platform: 'douyin',
      shopId: 'shop-a',
      status: 'paid',
      statusText: '待客审',
      amounts: { total: 9_900, paid: 9_900, freight: 0 },
      buyer: { phone: '138****2046', words: '电话 138****1111' },
      lines: [{ quantity: 1, paid: 9_900 }],
    })
  })

  it('misses nothing when trades change, and so leave the window, while its pages are read', async () => {
    const { trades } = await control(`${erp}/trades`, { sid, count: 330 })
    const first = lastHour()
    const seen = new Set<string>()
    let moved = 0
    for await (const page of wangdiantong.pull('orders', first, deps)) {
      for (const record of page.records) seen.add(wangdiantong.normalize('orders', record, context()).orderNo)
      await sandbox.kernel.clock.advance(5_000)
      for (const { trade_no } of trades.slice(moved, moved + 30))
        await control(`${erp}/trades/status`, { trade_no, status: 55 })
      moved += 30
    }
    for (const order of await ordersOf(deps, { from: first.to, to: lastHour().to })) seen.add(order.orderNo)
    expect(seen.size).toBe(330)
  })

  it('asks at most an hour at once', async () => {
    await control(`${erp}/trades`, { sid })
    expect(await ordersOf(deps, { from: lastHour().from - 4 * 3_600_000, to: lastHour().to })).toHaveLength(1)
  })

  it('shares a merged trade out to its platform orders, and never counts the cancelled one', async () => {
    const { trades } = await control(`${erp}/trades`, { sid, count: 2 })
    await control(`${erp}/trades/merge`, {
      trade_nos: trades.map((one: { trade_no: string }) => one.trade_no),
    })
    const orders = await ordersOf()
    expect(orders.map((order) => order.orderNo).toSorted()).toEqual(
      trades.map((one: { tid: string }) => one.tid).toSorted(),
    )
    for (const order of orders)
      expect(order).toMatchObject({
        status: 'paid',
        amounts: { total: 9_900, paid: 9_900 },
        lines: [{ quantity: 1 }],
      })
  })

  it('puts a split order together again, partly shipped when one part is, also when only the part changed', async () => {
    const { trades } = await control(`${erp}/trades`, { sid, quantity: 3 })
    const part = await control(`${erp}/trades/split`, { trade_no: trades[0].trade_no })
    await sandbox.kernel.clock.advance(2 * 3_600_000)
    await control(`${erp}/trades/status`, { trade_no: part.trade_no, status: 95 })
    const orders = await ordersOf()
    expect(orders).toMatchObject([
      {
        orderNo: trades[0].tid,
        status: 'partly-shipped',
        amounts: { total: 29_700, paid: 29_700 },
        lines: [{ quantity: 3, amount: 29_700 }],
      },
    ])
    await sandbox.kernel.clock.advance(2 * 3_600_000)
    await control(`${erp}/trades/status`, { trade_no: trades[0].trade_no, status: 95 })
    const always = { ...config, wholeOrders: 'always' as const }
    expect(await ordersOf({ ...deps, config: always })).toMatchObject([
      { status: 'shipped', lines: [{ quantity: 3 }] },
    ])
  })

  it('reads one record by its number, shows an unknown state as it is, and knows what is not there', async () => {
    const { trades } = await control(`${erp}/trades`, { sid })
    await control(`${erp}/trades/status`, { trade_no: trades[0].trade_no, status: 77 })
    const record = await wangdiantong.fetch('orders', trades[0].tid, deps)
    expect(wangdiantong.normalize('orders', record, context())).toMatchObject({
      status: 'unknown',
      statusText: '77',
    })
    expect(await wangdiantong.fetch('orders', '1', deps)).toBeNull()
    expect(await wangdiantong.fetch('refunds', 'TK1', deps)).toBeNull()
  })

  it('names refusals: wrong secret, unknown account, rate; check proves the whole way', async () => {
    expect(await wangdiantong.check(deps)).toMatchObject({ shopName: '示例店铺' })
    const withConfig = (more: object) => depsFor(wangdiantong, { config: { ...config, ...more }, now })
    await expect(wangdiantong.check(withConfig({ appSecret: `x${config.appSecret}` }))).rejects.toMatchObject(
      {
        code: 'connector_signature_rejected',
        retry: 'never',
      },
    )
    await expect(wangdiantong.check(withConfig({ sid: 'nobody' }))).rejects.toMatchObject({
      code: 'connector_permission_missing',
    })
    await control(`${erp}/over-rate`, { times: 1 })
    await expect(wangdiantong.check(deps)).rejects.toMatchObject({
      code: 'connector_rate_limited',
      retry: 'backoff',
    })
  })

  describe('writing back', () => {
    const ask = async (wanted: object = {}) => {
      const { trades } = await control(`${erp}/trades`, { sid })
      const asked = await control(`${erp}/refunds`, { trade_no: trades[0].trade_no, ...wanted })
      return { ...refundCommand, ref: asked.refund_no, refundNo: asked.refund_no, amount: asked.amount }
    }
    const executions = async (refundNo: string) =>
      (await look('effects?only=refundsExecuted')).refundsExecuted.filter(
        (one: { refund_no: string }) => one.refund_no === refundNo,
      )

    it('lets the ERP pay once, however often it is called, also when the answer was lost', async () => {
      const command = { ...(await ask()), decision: 'approved', execute: true } as const
      await control('faults', { kind: 'reset_after_apply', family: 'wangdiantong', skip: 1, times: 1 })
      await wangdiantong.commands.writeBackRefund?.(deps, command).catch(() => undefined)
      expect(await wangdiantong.commands.writeBackRefund?.(deps, command)).toMatchObject({ outcome: 'done' })
      expect(await executions(command.ref)).toMatchObject([{ system: 'wangdiantong', times: 1 }])
      expect(await refundsOf()).toMatchObject([{ stage: 'agreed', operator: { id: '王芳' } }])
      await sandbox.kernel.clock.advance(5_000)
      expect(await refundsOf()).toMatchObject([{ stage: 'refunded', refundedAmount: command.amount }])
    })

    it('notes an approval somebody else pays, and a refusal; a second call finds it there', async () => {
      const noted = { ...(await ask()), decision: 'approved', execute: false } as const
      expect(await wangdiantong.commands.writeBackRefund?.(deps, noted)).toMatchObject({ already: false })
      expect(await wangdiantong.commands.writeBackRefund?.(deps, noted)).toMatchObject({ already: true })
      expect(await executions(noted.ref)).toEqual([])
      const refused = { ...(await ask()), decision: 'rejected', execute: false } as const
      expect(await wangdiantong.commands.writeBackRefund?.(deps, refused)).toMatchObject({
        detail: { stage: 'withdrawn' },
      })
      expect(await wangdiantong.commands.writeBackRefund?.(deps, refused)).toMatchObject({ already: true })
    })

    it('is refused for good when the amount changed, the refund is decided, or nobody knows it', async () => {
      const changed = { ...(await ask()), decision: 'approved', execute: true } as const
      await control(`${erp}/refunds/change`, { refund_no: changed.ref, amount: 1 })
      expect(await wangdiantong.commands.writeBackRefund?.(deps, changed)).toMatchObject({
        outcome: 'refused',
        code: 'refund_amount_changed',
      })
      await control(`${erp}/refunds/change`, { refund_no: changed.ref, status: 10 })
      expect(await wangdiantong.commands.writeBackRefund?.(deps, changed)).toMatchObject({
        code: 'refund_stage_not_open',
      })
      expect(await wangdiantong.commands.writeBackRefund?.(deps, { ...changed, ref: 'TK1' })).toMatchObject({
        code: 'refund_unknown',
      })
      expect(await executions(changed.ref)).toEqual([])
    })

    it('names a refund by the platform number where there is one, and parks one that covers several orders', async () => {
      const { trades } = await control(`${erp}/trades`, { sid, count: 2 })
      await control(`${erp}/refunds`, { trade_no: trades[0].trade_no, raw_no: '142456789012345678' })
      const [refund] = await refundsOf()
      expect(refund).toMatchObject({
        refundNo: '142456789012345678',
        orderNo: trades[0].tid,
        kind: 'refund-only',
        stage: 'requested',
        refs: { 'douyin-shop': '142456789012345678', wangdiantong: expect.stringMatching(/^TK/) },
      })
      await control(`${erp}/trades/merge`, {
        trade_nos: trades.map((one: { trade_no: string }) => one.trade_no),
      })
      await control(`${erp}/refunds`, { trade_no: trades[0].trade_no })
      await expect(refundsOf()).rejects.toMatchObject({ name: 'DataError' })
    })
  })
})

describe('samples', () => {
  const sampleConfig = () => wangdiantong.config.parse(readSample('wangdiantong', 'config.json'))
  const orderOf = (name: string) =>
    wangdiantong.normalize('orders', readSample('wangdiantong', name), {
      shop: { id: 'shop-a', name: '示例店铺' },
      config: sampleConfig(),
    })

  it('take only their own lines and money from a merged trade', () => {
    expect(orderOf('orders.merged.json')).toMatchObject({
      orderNo: '6932876041925000101',
      amounts: { total: 22_600, paid: 20_600, freight: 800, sellerDiscount: 2_000 },
      lines: [{ title: '山货礼盒', quantity: 2 }],
    })
  })

  it('add split trades up', () => {
    expect(orderOf('orders.split.json')).toMatchObject({
      status: 'partly-shipped',
      statusText: '已发货、待客审',
      amounts: { total: 19_800, paid: 19_800 },
      lines: [{ quantity: 2, paid: 19_800 }],
    })
  })

  it('need secret and salt in the flagship edition', () => {
    const given = { sid: 's', appKey: 'k', appSecret: 'no-salt', shops: {} }
    expect(wangdiantong.config.safeParse(given).error?.issues[0]?.path).toEqual(['appSecret'])
    expect(wangdiantong.config.safeParse({ ...given, edition: 'enterprise' }).success).toBe(true)
  })
})
