/** The connector against the sandbox's TOP gateway, which verifies signatures with code of its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FliggyConfig } from '../../../connectors/fliggy/config.ts'
import { fliggy } from '../../../connectors/fliggy/index.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf } from '../connector-deps.ts'

let sandbox: Sandbox
let url: string
let config: FliggyConfig
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

const now = () => sandbox.kernel.clock.now()
const depsOf = (hotel: boolean) => depsFor(fliggy, { config: { ...config, hotel }, now })
const pulled = async <K extends 'orders' | 'refunds'>(kind: K, hotel = false) => {
  const deps = depsOf(hotel)
  const second = Math.floor(now() / 1_000) * 1_000
  const window = { from: second - 3_600_000, to: second + 1_000 }
  const records = await recordsOf(fliggy.pull(kind, window, deps))
  return records.map((record) => fliggy.normalize(kind, record, { shop: deps.shop, config }))
}

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  const opened = await control('channels/taobao/shops')
  const { taobao: top } = (await (await fetch(`${url}/_control/state`)).json()) as {
    taobao: Record<string, string>
  }
  const { appKey, appSecret, baseUrl, tokenUrl } = top
  config = fliggy.config.parse({
    ...{ appKey, appSecret, baseUrl, tokenUrl },
    sessionKey: opened.session,
    refreshToken: opened.refresh_token,
  })
  shopId = opened.shop_id
})

describe('pulling', () => {
  it.each([
    { name: 'travel', hotel: false, count: 120 },
    { name: 'hotel', hotel: true, count: 45 },
  ])('brings every $name order of the window once, in fen as sent', async ({ hotel, count }) => {
    const { ids } = await control('channels/fliggy/orders', {
      shop_id: shopId,
      count,
      hotel,
      amount: 128_801,
    })
    const orders = await pulled('orders', hotel)
    expect(orders.map((order) => order.orderNo).toSorted()).toEqual(ids.toSorted())
    expect(orders[0]).toMatchObject({
      platform: 'fliggy',
      status: 'paid',
      amounts: { total: 128_801, paid: 128_801 },
      buyer: {},
    })
    expect(await pulled('orders', !hotel)).toEqual([])
  })

  it('shows a status nobody knows as it is, and answers null for numbers nobody knows', async () => {
    for (const hotel of [false, true]) {
      const { ids } = await control('channels/fliggy/orders', { shop_id: shopId, hotel })
      await control('channels/fliggy/orders/advance', { id: ids[0], status: 'WAIT_FOR_THE_MOON' })
      const deps = depsOf(hotel)
      const record = await fliggy.fetch('orders', ids[0], deps)
      expect(fliggy.normalize('orders', record, { shop: deps.shop, config })).toMatchObject({
        status: 'unknown',
        statusText: 'WAIT_FOR_THE_MOON',
      })
      expect(JSON.stringify(fliggy.scrub(record))).not.toMatch(/小明|13800001111/)
      expect(await fliggy.fetch('orders', '1', deps)).toBeNull()
      expect(await fliggy.fetch('refunds', '1', deps)).toBeNull()
    }
  })

  it('brings refunds by their time of change', async () => {
    const { ids } = await control('channels/fliggy/orders', { shop_id: shopId })
    const { refund_id } = await control('channels/fliggy/refunds', { id: ids[0], amount: 268_001 })
    expect(await pulled('refunds')).toMatchObject([
      { platform: 'fliggy', refundNo: refund_id, orderNo: ids[0], stage: 'requested', amount: 268_001 },
    ])
  })
})

it('checks the whole way, and a wrong secret is a signature matter', async () => {
  const deps = depsOf(false)
  expect(await fliggy.check(deps)).toMatchObject({ shopName: '示例店铺' })
  const wrong = depsFor(fliggy, { config: { ...config, appSecret: 'other' }, now })
  await expect(fliggy.check(wrong)).rejects.toMatchObject({ code: 'connector_signature_rejected' })
})
