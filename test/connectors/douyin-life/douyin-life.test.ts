/** The connector against the sandbox's Douyin life, which keeps tokens, pages and signs with code of its own. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { order, refund } from '#src/contracts/canonical.ts'
import type { ConnectorDeps, PushRequest } from '#src/contracts/connector.ts'
import type { DouyinLifeConfig } from '../../../connectors/douyin-life/config.ts'
import { douyinLife } from '../../../connectors/douyin-life/index.ts'
import { signLifeSpi } from '../../../connectors/kit/schemes/douyin-life.ts'
import { buildSandbox, type Sandbox } from '../../../sandbox/server.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'
import { readSample } from '../read-sample.ts'

let sandbox: Sandbox
let url: string
let config: DouyinLifeConfig
let deps: ConnectorDeps<DouyinLifeConfig>
let accountId: string

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
// biome-ignore lint/suspicious/noExplicitAny: a test reads many answer shapes
const life = (path: string, body: object = {}): Promise<any> => control(`channels/douyin-life/${path}`, body)

const now = () => sandbox.kernel.clock.now()
const context = () => ({ shop: deps.shop, config })
const window = () => {
  const second = Math.floor(now() / 1_000) * 1_000
  return { from: second - 3_600_000, to: second + 1_000 }
}
const ordersOf = async (given = deps) => {
  const records = await recordsOf(douyinLife.pull('orders', window(), given))
  return records.map((record) => douyinLife.normalize('orders', record, context()))
}
const refundsOf = async (given = window()) => {
  const records = await recordsOf(douyinLife.pull('refunds', given, deps))
  return records.map((record) => douyinLife.normalize('refunds', record, context()))
}
const place = (wanted: object = {}) => life('orders', { account_id: accountId, ...wanted })

beforeAll(async () => {
  sandbox = await buildSandbox({ seed: 5, statePath: null, frozen: true })
  url = await sandbox.listen(0)
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  accountId = (await life('accounts')).account_id
  const { douyinLife: app } = await look('state')
  config = douyinLife.config.parse({
    ...{ clientKey: app.clientKey, clientSecret: app.clientSecret, accountId, baseUrl: app.baseUrl },
    ...{ certificateStatuses: app.certificateStatuses, refundDecisions: true },
  })
  deps = depsFor(douyinLife, { config, now })
})

describe('pulling', () => {
  it('brings every order of the window once, whatever the number of pages', async () => {
    const { order_ids } = await place({ count: 450, vouchers: 2, amount: 60_000, discount: 1_000 })
    const orders = await ordersOf()
    expect(orders.map((one) => one.orderNo).toSorted()).toEqual(order_ids.toSorted())
    expect(order.parse(orders[0])).toMatchObject({
      ...{ platform: 'douyin-life', kind: 'voucher', status: 'paid' },
      amounts: { total: 60_000, paid: 59_000, platformDiscount: 1_000, sellerDiscount: 0 },
      vouchers: [{ state: 'paid' }, { state: 'paid' }],
    })
  })

  it('misses nothing when orders change, and so leave the window, while pages are read', async () => {
    const { order_ids } = await place({ count: 500 })
    const range = { from: now() - 60_000, to: Math.floor(now() / 1_000) * 1_000 + 1_000 }
    const seen = new Set<string>()
    let moved = 0
    for await (const page of douyinLife.pull('orders', range, deps)) {
      for (const record of page.records) seen.add(douyinLife.normalize('orders', record, context()).orderNo)
      await sandbox.kernel.clock.advance(2_000)
      for (const order_id of order_ids.slice(moved, moved + 60))
        await life('orders/status', { order_id, status: 2 })
      moved += 60
    }
    const changed = (await ordersOf()).map((one) => one.orderNo)
    expect([...new Set([...seen, ...changed])].toSorted()).toEqual(order_ids.toSorted())
    expect(seen.size).toBeGreaterThan(300)
  })

  it('reads one record by its number, and numbers nobody named stay visible', async () => {
    const { order_ids } = await place()
    await life('orders/status', { order_id: order_ids[0], status: 77 })
    const record = await douyinLife.fetch('orders', order_ids[0], deps)
    const unnamed = { ...config, certificateStatuses: {} }
    expect(douyinLife.normalize('orders', record, { ...context(), config: unnamed })).toMatchObject({
      statusText: '已支付 · order_status 77 · item_status 100',
    })
    const named = { ...config, orderStatuses: { 77: 'cancelled' as const } }
    expect(douyinLife.normalize('orders', record, { ...context(), config: named }).status).toBe('cancelled')
    for (const ref of ['1/2', '1/c:2', 'nothing', `${order_ids[0]}/c:1`])
      expect(await douyinLife.fetch('refunds', ref, deps)).toBeNull()
    expect(await douyinLife.fetch('orders', '1', deps)).toBeNull()
  })
})

describe('the life of a certificate', () => {
  it('goes from unpaid over paid to verified, back, and to expired', async () => {
    const { order_ids, certificate_ids } = await place({ unpaid: true })
    const [order_id, certificate_id] = [order_ids[0], certificate_ids[0]]
    const standing = async () => {
      const record = await douyinLife.fetch('orders', order_id, deps)
      const one = douyinLife.normalize('orders', record, context())
      return [one.status, one.vouchers[0]?.state, one.amounts.paid]
    }
    expect(await standing()).toEqual(['unpaid', 'unpaid', 0])
    await life('orders/pay', { order_id })
    expect(await standing()).toEqual(['paid', 'paid', 30_000])
    await life('certificates/verify', { certificate_id })
    expect(await standing()).toEqual(['completed', 'verified', 30_000])
    await life('certificates/cancel', { certificate_id })
    expect(await standing()).toEqual(['paid', 'paid', 30_000])
    await life('certificates/expire', { certificate_id })
    expect(await standing()).toEqual(['paid', 'expired', 30_000])
  })

  it('keeps what was refunded apart from what was used, and stores no code', () => {
    const record = readSample('douyin-life', 'orders.partly-refunded.json')
    const sampleConfig = douyinLife.config.parse(readSample('douyin-life', 'config.json'))
    const given = { shop: deps.shop, config: sampleConfig }
    expect(douyinLife.normalize('orders', record, given)).toMatchObject({
      status: 'booked',
      lines: [{ refundState: '已退 1/3 张', quantity: 3 }],
      vouchers: [
        { state: 'verified' },
        { state: 'booked' },
        { state: 'refunded', refundedAt: 1_763_780_000_000 },
      ],
    })
    const kept = douyinLife.scrub({ ...record, contacts: [{ name: '李四', phone: '13800002046' }] })
    expect(JSON.stringify(kept)).not.toMatch(/880011223344|李四|13800002046/)
  })
})

describe('the token', () => {
  it('is replaced: the one before works for five minutes more, then is refused by code', async () => {
    const first = await douyinLife.authorize?.(deps)
    expect(first?.expiresAt).toBe(now() + 7_200_000)
    const old = depsFor(douyinLife, { config, now, token: first?.accessToken ?? '' })
    const second = await douyinLife.authorize?.(deps, first)
    expect(second?.accessToken).not.toBe(first?.accessToken)
    expect(await ordersOf(old)).toEqual([])
    await sandbox.kernel.clock.advance(5 * 60_000)
    await expect(ordersOf(old)).rejects.toMatchObject({ code: 'connector_token_rejected', retry: 'backoff' })
    expect(await ordersOf(depsFor(douyinLife, { config, now, token: second?.accessToken ?? '' }))).toEqual([])
  })

  it('with a wrong secret or another account is said as such; check proves the whole way', async () => {
    await place()
    expect(await douyinLife.check(deps)).toMatchObject({ shopName: '山海行来客店' })
    const wrong = depsFor(douyinLife, { config: { ...config, clientSecret: 'other' }, now })
    await expect(douyinLife.check(wrong)).rejects.toMatchObject({ code: 'connector_signature_rejected' })
    const stranger = depsFor(douyinLife, { config: { ...config, accountId: '1' }, now })
    await expect(douyinLife.check(stranger)).rejects.toMatchObject({ code: 'connector_permission_missing' })
  })

  it('asked for too often is a limit', async () => {
    const calls = Array.from({ length: 500 }, () => douyinLife.authorize?.(deps).catch(() => undefined))
    await Promise.all(calls)
    await expect(douyinLife.authorize?.(deps)).rejects.toMatchObject({ code: 'connector_rate_limited' })
    await sandbox.kernel.clock.advance(5 * 60_000)
  })
})

describe('refunds', () => {
  const ask = async (wanted: object = {}) => {
    const { certificate_ids } = await place({ vouchers: 2, amount: 60_000 })
    const [certificate_id] = certificate_ids
    await life('certificates/verify', { certificate_id })
    const asked = await life('refunds', { certificate_id, ...wanted })
    const ref = `${asked.order_id}/${asked.after_sale_id}`
    const command = { ...refundCommand, ref, refundNo: asked.after_sale_id, orderNo: asked.order_id }
    return { certificate_id, command: { ...command, amount: asked.amount as number } }
  }
  const executions = async (refundNo: string) => {
    const { refundsExecuted } = await look('effects?only=refundsExecuted')
    return refundsExecuted.filter((one: { refund_no: string }) => one.refund_no === refundNo)
  }

  it('are found by pulling, by their number and by the certificate a notice names', async () => {
    const { certificate_id, command } = await ask()
    const [pulled] = await refundsOf()
    expect(refund.parse(pulled)).toMatchObject({
      ...{
        refundNo: command.refundNo,
        stage: 'requested',
        amount: 30_000,
        refs: { 'douyin-life': command.ref },
      },
      times: { deadline: (pulled?.times.requested ?? 0) + 72 * 3_600_000 },
    })
    for (const ref of [command.ref, `${command.orderNo}/c:${certificate_id}`])
      expect(
        douyinLife.normalize('refunds', await douyinLife.fetch('refunds', ref, deps), context()),
      ).toEqual(pulled)
  })

  it('nobody decides within 72 hours are paid back by the platform and still met by a pull', async () => {
    const { command } = await ask()
    await sandbox.kernel.clock.advance(72 * 3_600_000)
    const found = await refundsOf()
    expect(found).toMatchObject([{ refundNo: command.refundNo, stage: 'refunded', refundedAmount: 30_000 }])
  })

  it('agreed to are paid once, however often it is called, also when the answer was lost', async () => {
    const { command } = await ask()
    await deps.token()
    await control('faults', { kind: 'reset_after_apply', family: 'douyin-life', times: 1 })
    await douyinLife.commands.agreeRefund?.(deps, command).catch(() => undefined)
    expect(await douyinLife.commands.agreeRefund?.(deps, command)).toMatchObject({ outcome: 'done' })
    expect(await douyinLife.commands.agreeRefund?.(deps, command)).toMatchObject({ already: true })
    expect(await executions(command.refundNo)).toMatchObject([
      { system: 'douyin-life', amount: 30_000, times: 1 },
    ])
    const record = await douyinLife.fetch('orders', command.orderNo, deps)
    expect(douyinLife.normalize('orders', record, context()).vouchers[0]).toMatchObject({ state: 'refunded' })
  })

  it('are refused, or not decided at all, with words', async () => {
    const { command } = await ask()
    const off = depsFor(douyinLife, { config: { ...config, refundDecisions: false }, now })
    const agree = douyinLife.commands.agreeRefund
    expect(await agree?.(off, command)).toMatchObject({ code: 'refund_decisions_off' })
    expect(await agree?.(deps, { ...command, amount: 1 })).toMatchObject({ code: 'refund_amount_changed' })
    expect(await agree?.(deps, { ...command, ref: '1/2' })).toMatchObject({ code: 'refund_unknown' })
    expect(await douyinLife.commands.refuseRefund?.(deps, command)).toMatchObject({
      detail: { stage: 'refused' },
    })
    expect(await agree?.(deps, command)).toMatchObject({ code: 'refund_stage_not_open' })
    expect(await executions(command.refundNo)).toEqual([])
  })
})

describe('messages', () => {
  const received: PushRequest[] = []
  let server: Server
  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const headers = request.headers as Record<string, string>
        const push = { headers, query: {}, path: '/', raw: Buffer.concat(chunks) }
        received.push(push)
        const answer = douyinLife.push?.reply(douyinLife.push.verify(push, config), push)
        response.writeHead(answer?.status ?? 500).end(answer?.body)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it('are verified, answered (the address check with its number) and name what changed', async () => {
    const { port } = server.address() as AddressInfo
    sandbox.kernel.settings.pushUrls['douyin-life'] = `http://127.0.0.1:${port}/`
    const { certificate_ids, order_ids } = await place()
    const [certificate_id] = certificate_ids
    await life('certificates/verify', { certificate_id })
    await life('certificates/cancel', { certificate_id })
    await life('refunds', { certificate_id })
    await life('address-check')
    await expect.poll(() => received.length).toBe(5)
    delete sandbox.kernel.settings.pushUrls['douyin-life']
    for (const push of received) expect(douyinLife.push?.verify(push, config)).toEqual({ ok: true })
    const inbound = received.flatMap((push) => douyinLife.push?.parse(push, config) ?? [])
    expect(new Set(inbound.map((one) => one.dedupeKey)).size).toBe(inbound.length)
    const changed = inbound.filter((one) => one.kind === 'changed')
    expect(changed.every((one) => one.channelShopId === accountId)).toBe(true)
    expect(changed.filter((one) => one.resource === 'orders').map((one) => one.externalId)).toEqual(
      Array(4).fill(order_ids[0]),
    )
    expect(changed.find((one) => one.resource === 'refunds')?.externalId).toBe(
      `${order_ids[0]}/c:${certificate_id}`,
    )
    const check = received.find(({ raw }) => raw.includes('verify_webhook'))
    expect(douyinLife.push?.reply({ ok: true }, check).body).toMatch(/^\{"challenge":\d{5}\}$/)
    expect(douyinLife.push?.reply({ ok: false, reason: 'x' }, check)).toMatchObject({ status: 401 })
  })

  it('over SPI are verified with their query and never decide anything by the answer', () => {
    const raw = Buffer.from('{"order_id":"1","after_sale_id":"2","refund_reason":"行程有变"}')
    const query = { client_key: config.clientKey, timestamp: '1700000000000' }
    const sign = signLifeSpi(query, raw, config.clientSecret)
    const headers = { 'x-life-clientkey': config.clientKey, 'x-life-sign': sign }
    const call = { headers, query, path: '/', raw }
    expect(douyinLife.push?.verify(call, config)).toEqual({ ok: true })
    expect(douyinLife.push?.verify({ ...call, query: { ...query, timestamp: '1' } }, config).ok).toBe(false)
    expect(douyinLife.push?.verify({ ...call, headers: { 'x-life-sign': sign } }, config).ok).toBe(false)
    expect(douyinLife.push?.parse(call, config)).toMatchObject([
      { resource: 'refunds', externalId: '1/2' },
      { resource: 'orders', externalId: '1' },
    ])
    expect(douyinLife.push?.reply({ ok: true }, call).body).toBe(
      '{"data":{"error_code":0,"description":"success"}}',
    )
  })
})
