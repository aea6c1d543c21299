/** Both connectors against the sandbox's servers, which verify signatures and were written without their code. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { order, refund } from '#src/contracts/canonical.ts'
import type { ConnectorDeps } from '#src/contracts/connector.ts'
import type { DouyinShopConfig } from '../../connectors/douyin-shop/config.ts'
import { douyinShop } from '../../connectors/douyin-shop/index.ts'
import type { JushuitanConfig } from '../../connectors/jushuitan/config.ts'
import { jushuitan } from '../../connectors/jushuitan/index.ts'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from './connector-deps.ts'

interface State {
  channels: {
    'douyin-shop': { baseUrl: string; appKey: string; appSecret: string; shops: { shopId: string }[] }
  }
  erp: { jushuitan: { baseUrl: string; appKey: string; appSecret: string; shops: { shopId: number }[] } }
}

let sandbox: Sandbox
let url: string
let shop: ConnectorDeps<DouyinShopConfig>
let erp: ConnectorDeps<JushuitanConfig>
let erpShopIds: number[]

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 11 })
  url = await sandbox.listen(0)
  const { channels, erp: erps } = (await (await fetch(`${url}/_control/state`)).json()) as State
  const { baseUrl, appKey, appSecret, shops } = channels['douyin-shop']
  const now = () => sandbox.kernel.clock.now()
  const shopId = shops[0]?.shopId ?? ''
  shop = depsFor(douyinShop, { config: douyinShop.config.parse({ baseUrl, appKey, appSecret, shopId }), now })
  const { shops: erpShops, ...account } = erps.jushuitan
  erpShopIds = erpShops.map((one) => one.shopId)
  const mapped = erpShopIds.map((id) => [
    String(id),
    { shopId: `our-${id}`, platform: 'douyin', connector: 'douyin-shop' },
  ])
  const config = jushuitan.config.parse({
    ...{ baseUrl: account.baseUrl, appKey: account.appKey, appSecret: account.appSecret },
    shops: Object.fromEntries(mapped),
  })
  erp = depsFor(jushuitan, { config, now })
})

afterAll(() => sandbox.close())

async function control(path: string, body: object = {}): Promise<Record<string, string | number>> {
  const answer = await fetch(`${url}/_control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as Record<string, string | number>
}

interface Effects {
  refundsExecuted: { refund_no: string; times: number }[]
}

/** How often the money of a refund really left, whoever paid it. */
async function executionsOf(refundNo: string): Promise<number> {
  const effects = (await (await fetch(`${url}/_control/effects`)).json()) as Effects
  const executed = effects.refundsExecuted.filter((one) => one.refund_no === refundNo)
  return executed.reduce((sum, one) => sum + one.times, 0)
}

function window() {
  const now = sandbox.kernel.clock.now()
  return { from: now - 4 * 86_400_000, to: now + 1000 }
}

describe('douyin-shop', () => {
  const context = () => ({ shop: shop.shop, config: shop.config })

  it('authorises itself, checks out, and pulls every order of the window in canonical shape', async () => {
    const report = await douyinShop.check(shop)
    expect(report.shopName).not.toBe('')
    expect(Math.abs(report.clockSkewMs)).toBeLessThan(60_000)
    const records = await recordsOf(douyinShop.pull('orders', window(), shop))
    const orders = records.map((record) => order.parse(douyinShop.normalize('orders', record, context())))
    expect(orders.length).toBeGreaterThan(20)
    expect(new Set(orders.map((one) => one.orderNo)).size).toBe(orders.length)
    const paidVouchers = orders.filter((one) => one.kind === 'voucher' && one.times.paid !== undefined)
    expect(paidVouchers.length).toBeGreaterThan(0)
    for (const one of paidVouchers) expect(one.vouchers.length).toBeGreaterThan(0)
    for (const one of orders) expect(one.status).not.toBe('unknown')
  })

  it('sees the same order through pulling and through fetching', async () => {
    const [record] = await recordsOf(douyinShop.pull('orders', window(), shop))
    const pulled = douyinShop.normalize('orders', record, context())
    const fetched = await douyinShop.fetch('orders', pulled.orderNo, shop)
    expect(douyinShop.normalize('orders', fetched, context())).toEqual(pulled)
    expect(await douyinShop.fetch('orders', '1', shop)).toBeNull()
    expect(await douyinShop.fetch('refunds', '1', shop)).toBeNull()
  })

  it('agrees to a refund once, however often it is asked, and sees 退款中 before 已退款', async () => {
    const made = await control('channels/douyin-shop/refunds', { shop_id: shop.config.shopId, type: 2 })
    const ref = String(made.aftersale_id)
    const command = { ...refundCommand, ref, amount: Number(made.amount) }
    const deps = forShop(String(made.shop_id))
    const first = await douyinShop.commands.agreeRefund?.(deps, command)
    expect(first).toMatchObject({ outcome: 'done', already: false, detail: { stage: 'refunding' } })
    const second = await douyinShop.commands.agreeRefund?.(deps, command)
    expect(second).toMatchObject({ outcome: 'done', already: true })
    expect(await executionsOf(ref)).toBe(1)
    const record = await douyinShop.fetch('refunds', ref, deps)
    expect(refund.parse(douyinShop.normalize('refunds', record, context()))).toMatchObject({ refundNo: ref })
  })

  it('refuses a refund with a reason the platform offers, and never pays a changed amount', async () => {
    const made = await control('channels/douyin-shop/refunds', { type: 2 })
    const deps = forShop(String(made.shop_id))
    const command = { ...refundCommand, ref: String(made.aftersale_id), amount: Number(made.amount) }
    const wrong = await douyinShop.commands.agreeRefund?.(deps, { ...command, amount: command.amount + 1 })
    expect(wrong).toMatchObject({ outcome: 'refused', code: 'refund_amount_changed' })
    const result = await douyinShop.commands.refuseRefund?.(deps, command)
    expect(result).toMatchObject({ outcome: 'done', already: false, detail: { stage: 'refused' } })
    expect(await executionsOf(command.ref)).toBe(0)
  })

  it('agrees to a return, and leaves paying for it to a person', async () => {
    const made = await control('channels/douyin-shop/refunds', { type: 0 })
    const deps = forShop(String(made.shop_id))
    const command = { ...refundCommand, ref: String(made.aftersale_id), amount: Number(made.amount) }
    const paid = await douyinShop.commands.agreeRefund?.(deps, command)
    expect(paid).toMatchObject({ outcome: 'refused', code: 'refund_type_not_supported' })
    const result = await douyinShop.commands.agreeReturn?.(deps, command)
    expect(result).toMatchObject({ outcome: 'done', already: false, detail: { stage: 'waiting-return' } })
  })

  function forShop(shopId: string): ConnectorDeps<DouyinShopConfig> {
    return depsFor(douyinShop, { config: { ...shop.config, shopId }, now: shop.now })
  }
})

describe('jushuitan', () => {
  const context = () => ({ shop: erp.shop, config: erp.config })

  it('pulls orders under their platform identity', async () => {
    expect((await jushuitan.check(erp)).shopName).toBe('示例店铺')
    const records = await recordsOf(jushuitan.pull('orders', window(), erp))
    expect(records.length).toBeGreaterThan(20)
    const orders = records.map((record) => order.parse(jushuitan.normalize('orders', record, context())))
    expect(new Set(orders.map((one) => one.platform))).toEqual(new Set(['douyin']))
    expect(orders.every((one) => one.shopId.startsWith('our-'))).toBe(true)
  })

  it('reads only the shops the configuration maps', async () => {
    const some = String(erpShopIds[0])
    const shops = Object.fromEntries(Object.entries(erp.config.shops).filter(([id]) => id === some))
    const deps = depsFor(jushuitan, { config: { ...erp.config, shops }, now: erp.now })
    const records = await recordsOf(jushuitan.pull('orders', window(), deps))
    expect(new Set(records.map((record) => String((record as { shop_id: number }).shop_id)))).toEqual(
      new Set([some]),
    )
  })

  it('finds a refund started in the ERP, pays it once, and shows agreed before refunded', async () => {
    const made = await control('erp/jushuitan/refunds', { creator: '王芳' })
    const records = await recordsOf(jushuitan.pull('refunds', window(), erp))
    const found = records
      .map((record) => refund.parse(jushuitan.normalize('refunds', record, context())))
      .find((one) => one.refs.jushuitan === String(made.as_id))
    expect(found).toMatchObject({ stage: 'requested', amount: made.amount, operator: { name: '王芳' } })
    const ref = String(made.as_id)
    const command = {
      ...refundCommand,
      ref,
      amount: Number(made.amount),
      decision: 'approved',
      execute: true,
    } as const
    const first = await jushuitan.commands.writeBackRefund?.(erp, command)
    expect(first).toMatchObject({ outcome: 'done', already: false, detail: { stage: 'agreed' } })
    const second = await jushuitan.commands.writeBackRefund?.(erp, command)
    expect(second).toMatchObject({ outcome: 'done', already: true })
    expect(await executionsOf(String(made.outer_as_id))).toBe(1)
  })

  it.each([
    ['rejected', false, 'refused'],
    ['approved', false, 'requested'],
  ] as const)('writes back %s without paying', async (decision, execute, stage) => {
    const made = await control('erp/jushuitan/refunds')
    const command = {
      ...refundCommand,
      ref: String(made.as_id),
      amount: Number(made.amount),
      decision,
      execute,
    }
    const first = await jushuitan.commands.writeBackRefund?.(erp, command)
    expect(first).toMatchObject({ outcome: 'done', already: false, detail: { stage } })
    const second = await jushuitan.commands.writeBackRefund?.(erp, command)
    expect(second).toMatchObject({ outcome: 'done', already: true })
    expect(await executionsOf(String(made.outer_as_id))).toBe(0)
  })

  it('answers null for a refund the ERP does not have', async () => {
    expect(await jushuitan.fetch('refunds', '999999', erp)).toBeNull()
    expect(
      await jushuitan.commands.writeBackRefund?.(erp, {
        ...{ ...refundCommand, ref: '999999' },
        ...({ decision: 'approved', execute: true } as const),
      }),
    ).toMatchObject({ outcome: 'refused', code: 'refund_unknown' })
  })
})
