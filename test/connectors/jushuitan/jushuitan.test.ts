/** What leaves the connector, what its answers are turned into, and how records read. */
import { createHash } from 'node:crypto'
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jushuitan } from '../../../connectors/jushuitan/index.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'
import { readSample } from '../read-sample.ts'
import { recordingHttp, type SentRequest } from '../recording-http.ts'

const now = Date.UTC(2026, 10, 21, 2, 0, 0)
const host = 'https://openapi.jushuitan.com'
const config = jushuitan.config.parse(readSample('jushuitan', 'config.json'))
const context = { shop: { id: 'shop-a', name: '示例店铺' }, config }
let sent: SentRequest[] = []
const http = recordingHttp((request) => sent.push(request))
const deps = depsFor(jushuitan, { config, now: () => now, token: 'token-1', http })

beforeEach(() => {
  nock.disableNetConnect()
  sent = []
})
afterEach(() => {
  const open = nock.pendingMocks()
  nock.cleanAll()
  nock.enableNetConnect()
  expect(open).toEqual([])
})

function answer(path: string, data: unknown, status = 200): void {
  nock(host)
    .post(path)
    .reply(status, typeof data === 'string' ? data : JSON.stringify(data))
}

const ok = (data: unknown) => ({ code: 0, msg: 'success', data })
const orders = '/open/orders/single/query'
const refunds = '/open/refund/single/query'
const confirm = '/open/webapi/aftersaleapi/open/confirm'
const upload = '/open/aftersale/upload'
const formOf = (request: SentRequest | undefined) => Object.fromEntries(new URLSearchParams(request?.body))
const bizOf = (request: SentRequest | undefined) => JSON.parse(formOf(request).biz ?? 'null')

describe('a signed call', () => {
  it('posts a form whose signature covers everything in it', async () => {
    answer(orders, ok({ orders: [], has_next: false, data_count: 0 }))
    await recordsOf(jushuitan.pull('orders', { from: now - 3_600_000, to: now }, deps))
    const { sign, ...form } = formOf(sent[0])
    expect(sent[0]).toMatchObject({
      contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
      idempotent: true,
    })
    expect(form).toEqual({
      app_key: config.appKey,
      access_token: 'token-1',
      timestamp: '1795226400',
      version: '2',
      charset: 'utf-8',
      biz: '{"modified_begin":"2026-11-21 09:00:00","modified_end":"2026-11-21 10:00:00","page_index":1,"page_size":100}',
    })
    const text = Object.keys(form)
      .sort()
      .map((key) => key + form[key])
    expect(sign).toBe(
      createHash('md5')
        .update(config.appSecret + text.join(''))
        .digest('hex'),
    )
  })

  it.each([
    [{ code: 100, msg: '无效的access_token' }, 'connector_token_rejected', 'backoff'],
    [{ code: 10, msg: '无效签名' }, 'connector_signature_rejected', 'never'],
    [{ code: 140, msg: '无效的timestamp' }, 'connector_signature_rejected', 'never'],
    [{ code: 190, msg: '无API权限' }, 'connector_permission_missing', 'never'],
    [{ code: '199', msg: '频次' }, 'connector_rate_limited', 'backoff'],
    [{ code: 200, msg: '频次' }, 'connector_rate_limited', 'backoff'],
    [{ code: 1, msg: '业务错误' }, 'connector_request_refused', 'never'],
    ['<html>', 'connector_bad_reply', 'backoff'],
  ])('turns %j into %s', async (reply, code, retry) => {
    answer(orders, reply)
    await expect(jushuitan.check(deps)).rejects.toMatchObject({ code, retry })
  })

  it('turns a failing server into an error that is tried again', async () => {
    answer(orders, 'oops', 502)
    await expect(jushuitan.check(deps)).rejects.toMatchObject({
      code: 'connector_unavailable',
      outcome: 'unknown',
    })
  })
})

describe('pulling', () => {
  it('reads page after page, refunds in fifties, and splits windows above seven days', async () => {
    const row = (as_id: number) => ({ as_id, shop_id: 14001, modified: '2026-11-20 10:00:00' })
    answer(refunds, ok({ datas: [row(1), row(2)], has_next: true, data_count: 3 }))
    answer(refunds, ok({ datas: [row(2), row(3)], has_next: false, data_count: 3 }))
    answer(refunds, ok({ datas: [], has_next: false, data_count: 0 }))
    const records = await recordsOf(jushuitan.pull('refunds', { from: now - 8 * 86_400_000, to: now }, deps))
    expect(records).toHaveLength(3)
    expect(sent.map((one) => bizOf(one).page_index)).toEqual([1, 2, 1])
    expect(sent.map((one) => bizOf(one).page_size)).toEqual([50, 50, 50])
    expect(bizOf(sent[2])).toMatchObject({
      modified_begin: '2026-11-20 10:00:00',
      modified_end: '2026-11-21 10:00:00',
    })
  })
})

describe('authorising', () => {
  const token = ok({ access_token: 'a', refresh_token: 'r', expires_in: 2592000 })
  const expected = { accessToken: 'a', refreshToken: 'r', expiresAt: now + 2_592_000_000 }
  const withConfig = (more: object) =>
    depsFor(jushuitan, { config: { ...config, ...more }, now: () => now, http })

  it('asks as a self-built app when nothing was configured', async () => {
    answer('/openWeb/auth/getInitToken', token)
    expect(await jushuitan.authorize?.(deps)).toEqual(expected)
    expect(formOf(sent[0])).toMatchObject({
      grant_type: 'authorization_code',
      code: expect.stringMatching(/^[0-9a-f]{6}$/),
      charset: 'utf-8',
    })
    expect(formOf(sent[0])).not.toHaveProperty('access_token')
  })

  it('uses the configured token first, without a call', async () => {
    const given = withConfig({ accessToken: 'given', refreshToken: 'g' })
    expect(await jushuitan.authorize?.(given)).toMatchObject({ accessToken: 'given', refreshToken: 'g' })
  })

  it('exchanges the code of the authorisation page', async () => {
    answer('/openWeb/auth/getAccessToken', token)
    expect(await jushuitan.authorize?.(withConfig({ authorizationCode: 'c1' }))).toEqual(expected)
    expect(formOf(sent[0]).code).toBe('c1')
  })

  it('refreshes, and starts anew when refreshing is refused', async () => {
    answer('/openWeb/auth/refreshToken', { code: 150, msg: '禁止刷新' })
    answer('/openWeb/auth/getInitToken', token)
    expect(await jushuitan.authorize?.(deps, { accessToken: 'o', refreshToken: 'r0', expiresAt: 0 })).toEqual(
      expected,
    )
    expect(formOf(sent[0])).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'r0', scope: 'all' })
  })
})

describe('an order of the ERP', () => {
  it('has the platform identity, yuan as fen and GMT+8 as instants', () => {
    const order = jushuitan.normalize('orders', readSample('jushuitan', 'orders.sent.json'), context)
    expect(order).toMatchObject({
      platform: 'douyin',
      orderNo: '6932876041925000101',
      shopId: 'shop-a',
      status: 'shipped',
      version: Date.UTC(2025, 10, 22, 2, 0, 3),
      times: { created: Date.UTC(2025, 10, 21, 2), paid: Date.UTC(2025, 10, 21, 2, 0, 30) },
      amounts: { total: 22600, paid: 19800, freight: 800, platformDiscount: 800, sellerDiscount: 2000 },
      lines: [{ lineId: '6932876041925000102', quantity: 2, amount: 19800 }],
      live: { authorId: '98765432101234567', authorName: '小山' },
    })
  })

  it.each([
    ['WaitPay', 'WAIT_BUYER_PAY', 'unpaid'],
    ['WaitConfirm', '', 'paid'],
    ['Merged', '', 'paid'],
    ['Sent', 'TRADE_FINISHED', 'completed'],
    ['Cancelled', '', 'cancelled'],
    ['SomethingNew', 'NEW_TOO', 'unknown'],
  ])('with %s / %s is %s', (status, shop_status, expected) => {
    const record = { ...readSample('jushuitan', 'orders.sent.json'), status, shop_status }
    expect(jushuitan.normalize('orders', record, context).status).toBe(expected)
  })

  it('of a shop nobody mapped is refused by name', () => {
    const record = { ...readSample('jushuitan', 'orders.sent.json'), shop_id: 99 }
    expect(() => jushuitan.normalize('orders', record, context)).toThrow(
      expect.objectContaining({
        code: 'jushuitan_shop_unmapped',
        context: { path: 'shop_id', erpShopId: '99' },
      }),
    )
  })

  it('with an amount that is no money is refused with the path of the field', () => {
    const record = readSample('jushuitan', 'orders.sent.json')
    record.items[0].amount = '1e3'
    expect(() => jushuitan.normalize('orders', record, context)).toThrow(
      expect.objectContaining({ code: 'record_unreadable', context: { path: 'items.0.amount' } }),
    )
  })
})

describe('a refund of the ERP', () => {
  const started = () => readSample('jushuitan', 'refunds.erp-started.json')

  it('is named after the ERP until the platform knows it', () => {
    expect(jushuitan.normalize('refunds', started(), context)).toMatchObject({
      ...{ refundNo: 'jushuitan:510001', stage: 'requested', kind: 'refund-only', amount: 5050 },
      ...{ refs: { jushuitan: '510001' }, operator: { id: '王芳', name: '王芳' }, reason: '客人改期' },
    })
    const known = jushuitan.normalize(
      'refunds',
      readSample('jushuitan', 'refunds.platform-success.json'),
      context,
    )
    expect(known).toMatchObject({
      ...{ refundNo: '142456789012345678', stage: 'refunded', amount: 19800, refundedAmount: 19000 },
      ...{ refs: { jushuitan: '510002', 'douyin-shop': '142456789012345678' } },
    })
  })

  it.each([
    ['WaitConfirm', 'WAIT_SELLER_AGREE', 'requested'],
    ['WaitConfirm', 'WAIT_BUYER_RETURN_GOODS', 'waiting-return'],
    ['Confirmed', 'WAIT_SELLER_AGREE', 'agreed'],
    ['Confirmed', 'SUCCESS', 'refunded'],
    ['WaitConfirm', 'SUCCESS', 'refunded'],
    ['WaitConfirm', 'SELLER_REFUSE_BUYER', 'refused'],
    ['Cancelled', 'CLOSED', 'withdrawn'],
    ['WaitConfirm', 'CLOSED', 'withdrawn'],
    ['Merged', '', 'withdrawn'],
    ['Odd', 'ODD', 'unknown'],
  ])('with %s / %s is %s', (status, shop_status, stage) => {
    const record = { ...started(), status, shop_status }
    expect(jushuitan.normalize('refunds', record, context).stage).toBe(stage)
  })
})

describe('writing a decision back', () => {
  const row = (more: object = {}) =>
    ok({ datas: [{ ...readSample('jushuitan', 'refunds.erp-started.json'), outer_as_id: 'JST1', ...more }] })
  const command = (decision: 'approved' | 'rejected', execute: boolean) => ({
    ...{ ...refundCommand, ref: '510001', amount: 5050 },
    ...{ decision, execute },
  })
  const write = (decision: 'approved' | 'rejected', execute: boolean) =>
    jushuitan.commands.writeBackRefund?.(deps, command(decision, execute))

  it('confirms in the ERP when the ERP pays', async () => {
    answer(refunds, row())
    answer(confirm, ok({ datas: [{ as_id: 510001, issuccess: true }] }))
    answer(refunds, row({ status: 'Confirmed' }))
    expect(await write('approved', true)).toMatchObject({
      outcome: 'done',
      already: false,
      detail: { stage: 'agreed' },
    })
    expect(sent.map((one) => [one.path, one.idempotent])).toEqual([
      [refunds, true],
      [confirm, false],
      [refunds, true],
    ])
    expect(bizOf(sent[1])).toEqual({ as_ids: [510001], confirm_refund: true })
  })

  it('only leaves a remark when somebody else pays, and the refusal when it was rejected', async () => {
    answer(refunds, row())
    answer(upload, ok({}))
    answer(refunds, row({ remark: refundCommand.remark }))
    expect(await write('approved', false)).toMatchObject({ outcome: 'done', already: false })
    expect(bizOf(sent[1])).toMatchObject([
      { outer_as_id: 'JST1', shop_status: 'WAIT_SELLER_AGREE', refund: '50.50' },
    ])
    answer(refunds, row())
    answer(upload, ok({}))
    answer(refunds, row({ shop_status: 'SELLER_REFUSE_BUYER' }))
    expect(await write('rejected', false)).toMatchObject({ outcome: 'done', detail: { stage: 'refused' } })
  })

  it('pays nothing twice and nothing whose amount changed', async () => {
    answer(refunds, row({ status: 'Confirmed' }))
    expect(await write('approved', true)).toMatchObject({ outcome: 'done', already: true })
    answer(refunds, row({ refund: '50.51' }))
    expect(await write('approved', true)).toMatchObject({ outcome: 'refused', code: 'refund_amount_changed' })
    answer(refunds, row({ status: 'Cancelled' }))
    expect(await write('approved', true)).toMatchObject({ outcome: 'refused', code: 'refund_stage_not_open' })
  })

  it('finds out by reading whether a confirmation with a lost answer was applied', async () => {
    answer(refunds, row())
    answer(confirm, '', 504)
    answer(refunds, row({ status: 'Confirmed' }))
    expect(await write('approved', true)).toMatchObject({ outcome: 'done', already: false })
    answer(refunds, row())
    answer(confirm, '', 504)
    answer(refunds, row())
    await expect(write('approved', true)).rejects.toMatchObject({ outcome: 'unknown', retry: 'backoff' })
  })

  it('reports what the ERP will not do, in its words', async () => {
    for (const reply of [{ code: 1, msg: '不允许确认' }, ok({ fail: [{ message: '不允许确认' }] })]) {
      answer(refunds, row())
      answer(confirm, reply)
      answer(refunds, row())
      expect(await write('approved', true)).toMatchObject({ outcome: 'refused', message: '不允许确认' })
    }
  })

  it('leaves to a person what has no platform number to be addressed by', async () => {
    answer(refunds, row({ outer_as_id: '' }))
    expect(await write('rejected', false)).toMatchObject({ code: 'refund_without_platform_number' })
  })
})
