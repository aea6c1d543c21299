/** What leaves the connector, byte for byte, and what each answer of the platform is turned into. */
import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { douyinShop } from '../../../connectors/douyin-shop/index.ts'
import { depsFor, recordsOf, refundCommand } from '../connector-deps.ts'
import { recordingHttp, type SentRequest } from '../recording-http.ts'

const now = Date.UTC(2026, 10, 21, 2, 0, 0)
const host = 'https://openapi-fxg.jinritemai.com'
const config = douyinShop.config.parse({
  appKey: '3409409348479354011',
  appSecret: '2ad2355c-01d0-11f8-91dc-05a8cd1054b1',
  shopId: '4463798',
})
let sent: SentRequest[] = []
const http = recordingHttp((request) => sent.push(request))
const deps = depsFor(douyinShop, { config, now: () => now, token: 'token-1', http })

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

/** Answers the next POST to a path. */
function answer(
  path: string,
  data: unknown,
  reply: { status?: number; headers?: Record<string, string> } = {},
): void {
  nock(host)
    .post((uri) => uri.startsWith(`${path}?`))
    .reply(reply.status ?? 200, typeof data === 'string' ? data : JSON.stringify(data), reply.headers ?? {})
}

const ok = (data: unknown) => ({ code: 10000, msg: 'success', sub_code: '', sub_msg: '', log_id: 'L1', data })
const failure = (code: number, sub_code: string, sub_msg = '原因') => ({
  code,
  msg: 'x',
  sub_code,
  sub_msg,
  log_id: 'L2',
})

function detail(state: { status: number; refund: number; update?: number; type?: number }) {
  return ok({
    process_info: {
      after_sale_info: {
        after_sale_id: 1,
        after_sale_status: state.status,
        after_sale_type: state.type ?? 2,
        refund_status: state.refund,
        refund_total_amount: 19800,
        apply_time: 1763777000,
        update_time: state.update ?? 1763777005,
      },
    },
    order_info: { shop_order_id: '6932876041925000101' },
  })
}

describe('a signed call', () => {
  it('sends exactly the bytes it signed, the token unsigned', async () => {
    answer('/order/searchList', ok({ shop_order_list: [], total: 0, page: 0, size: 100 }))
    await recordsOf(douyinShop.pull('orders', { from: 1763690400000, to: 1763694000500 }, deps))
    expect(sent).toEqual([
      {
        method: 'POST',
        contentType: 'application/json;charset=UTF-8',
        idempotent: true,
        path: '/order/searchList',
        query: {
          app_key: '3409409348479354011',
          method: 'order.searchList',
          access_token: 'token-1',
          timestamp: '1795226400',
          v: '2',
          sign_method: 'hmac-sha256',
          sign: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        body: '{"order_asc":true,"order_by":"update_time","page":0,"size":100,"update_time_end":1763694001,"update_time_start":1763690400}',
      },
    ])
  })

  it('has the signature the published samples have', async () => {
    answer('/afterSale/rejectReasonCodeList', failure(60000, 'isv.flow-limit'))
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    await expect(
      douyinShop.commands.refuseRefund?.(deps, { ...refundCommand, ref: '1' }),
    ).rejects.toMatchObject({
      code: 'connector_rate_limited',
    })
    // Independent: openssl over secret + app_key… + param_json… + timestamp… + v2 + secret.
    const { createHmac } = await import('node:crypto')
    for (const { query, body } of sent) {
      const text = `${config.appSecret}app_key${query.app_key}method${query.method}param_json${body}timestamp${query.timestamp}v2${config.appSecret}`
      expect(query.sign).toBe(createHmac('sha256', config.appSecret).update(text).digest('hex'))
    }
    expect(sent.map((one) => one.body)).toEqual([
      '{"after_sale_id":"1","need_operation_record":false}',
      '{"aftersale_id":1}',
    ])
  })
})

describe('pulling', () => {
  const order = (id: number, update_time: number, more: object = {}) => ({
    order_id: String(id),
    update_time,
    ...more,
  })

  it('goes on from the last update time and yields a record moved between pages only once', async () => {
    const first = Array.from({ length: 100 }, (_, index) => order(index, 1763690400 + index))
    answer('/order/searchList', ok({ shop_order_list: first, total: 101 }))
    answer('/order/searchList', ok({ shop_order_list: [first[99], order(100, 1763690600)], total: 2 }))
    const records = await recordsOf(
      douyinShop.pull('orders', { from: 1763690400000, to: 1763699999000 }, deps),
    )
    expect(records).toHaveLength(101)
    expect(JSON.parse(sent[1]?.body ?? '')).toMatchObject({ page: 0, update_time_start: 1763690499 })
  })

  it('asks for the detail of paid voucher orders, where the certificates are', async () => {
    const list = [
      order(1, 10, { order_type: 4, pay_time: 9 }),
      order(2, 10, { order_type: 4, pay_time: 0 }),
      order(3, 10),
    ]
    answer('/order/searchList', ok({ shop_order_list: list, total: 3 }))
    answer('/order/orderDetail', ok({ shop_order_detail: { order_id: '1', detailed: true } }))
    const records = await recordsOf(douyinShop.pull('orders', { from: 0, to: 20_000 }, deps))
    expect(records).toEqual([{ order_id: '1', detailed: true }, list[1], list[2]])
    expect(sent[1]?.body).toBe('{"shop_order_id":"1"}')
  })

  it('keeps records it cannot even name, so that they are parked and not lost', async () => {
    answer('/order/searchList', ok({ shop_order_list: [{ strange: 1 }, null, 'x', order(1, 10)] }))
    expect(await recordsOf(douyinShop.pull('orders', { from: 0, to: 20_000 }, deps))).toHaveLength(4)
  })

  it('asks for refunds by update time, oldest first', async () => {
    answer('/afterSale/List', ok({ items: [], has_more: false, total: 0 }))
    await recordsOf(douyinShop.pull('refunds', { from: 1000, to: 2000 }, deps))
    expect(sent[0]?.body).toBe(
      '{"order_by":["update_time asc"],"page":0,"size":100,"update_end_time":2,"update_start_time":1}',
    )
  })
})

describe('refusals', () => {
  it.each([
    [failure(40003, 'isv.access-token-expired'), 'connector_token_rejected', 'backoff', 'refused'],
    [failure(40003, 'isv.access-token-no-existed'), 'connector_token_rejected', 'backoff', 'refused'],
    [failure(30001, 'dop.authorization-closed'), 'connector_authorization_lost', 'never', 'refused'],
    [failure(40003, 'isv.signature-invalid'), 'connector_signature_rejected', 'never', 'refused'],
    [failure(60000, 'isv.flow-limit'), 'connector_rate_limited', 'backoff', 'refused'],
    [failure(20000, 'isp.service-error'), 'connector_unavailable', 'backoff', 'unknown'],
    [failure(30001, 'isv.app-permissions-insufficient'), 'connector_permission_missing', 'never', 'refused'],
    [failure(40004, 'isv.parameter-invalid:1'), 'connector_request_refused', 'never', 'refused'],
    ['<html>502</html>', 'connector_bad_reply', 'backoff', 'unknown'],
    ['{"code":100', 'connector_bad_reply', 'backoff', 'unknown'],
    ['{}', 'connector_bad_reply', 'backoff', 'unknown'],
  ])('turns %j into %s', async (reply, code, retry, outcome) => {
    answer('/order/searchList', reply)
    await expect(douyinShop.check(deps)).rejects.toMatchObject({ code, retry, outcome })
  })

  it.each([
    [500, 'connector_unavailable', 'unknown'],
    [503, 'connector_unavailable', 'unknown'],
    [429, 'connector_rate_limited', 'refused'],
    [403, 'connector_request_refused', 'refused'],
  ])('turns HTTP %i into %s', async (status, code, outcome) => {
    answer('/order/searchList', 'oops', { status })
    await expect(douyinShop.check(deps)).rejects.toMatchObject({ code, outcome })
  })

  it('waits as long as HTTP 429 asks for', async () => {
    answer('/order/searchList', '', { status: 429, headers: { 'retry-after': '30' } })
    await expect(douyinShop.check(deps)).rejects.toMatchObject({ retry: { after: new Date(now + 30_000) } })
  })

  it('keeps keys, secrets and tokens out of its errors', async () => {
    answer('/order/searchList', failure(40003, 'isv.signature-invalid'))
    const error = await douyinShop.check(deps).catch((caught: unknown) => caught)
    const text = JSON.stringify(error) + String(error)
    for (const secret of [config.appSecret, 'token-1']) expect(text).not.toContain(secret)
  })
})

describe('checking', () => {
  it('reports how far the clocks are apart and the name of the shop', async () => {
    const date = new Date(now + 90_000).toUTCString()
    answer('/order/searchList', ok({ shop_order_list: [{ shop_name: '山海旅行旗舰店' }] }), {
      headers: { date },
    })
    expect(await douyinShop.check(deps)).toEqual({ shopName: '山海旅行旗舰店', clockSkewMs: 90_000 })
  })
})

describe('authorising', () => {
  const token = ok({ access_token: 'a', expires_in: 604800, refresh_token: 'r', shop_id: 4463798 })
  const expected = {
    ...{ accessToken: 'a', refreshToken: 'r' },
    ...{ expiresAt: now + 604_800_000, refreshExpiresAt: now + 14 * 86_400_000 },
  }

  it('asks for the token of a self-built app without any token', async () => {
    answer('/token/create', token)
    expect(await douyinShop.authorize?.(deps)).toEqual(expected)
    expect(sent[0]?.body).toBe('{"code":"","grant_type":"authorization_self","shop_id":"4463798"}')
    expect(sent[0]?.query).not.toHaveProperty('access_token')
  })

  it('refreshes a token, and asks for a new one when the platform forgot it', async () => {
    answer('/token/refresh', failure(50001, 'dop.token-generate-failed:token-invalid'))
    answer('/token/create', token)
    const previous = { accessToken: 'old', refreshToken: 'r0', expiresAt: 0, refreshExpiresAt: now + 1 }
    expect(await douyinShop.authorize?.(deps, previous)).toEqual(expected)
    expect(sent[0]?.body).toBe('{"grant_type":"refresh_token","refresh_token":"r0"}')
  })

  it('does not throw a refresh token away because the platform was down', async () => {
    answer('/token/refresh', '', { status: 502 })
    const previous = { accessToken: 'old', refreshToken: 'r0', expiresAt: 0, refreshExpiresAt: now + 1 }
    await expect(douyinShop.authorize?.(deps, previous)).rejects.toMatchObject({
      code: 'connector_unavailable',
    })
  })

  it('understands an expiry given as a unix time', async () => {
    answer('/token/create', ok({ access_token: 'a', expires_in: now / 1000 + 60 }))
    expect(await douyinShop.authorize?.(deps)).toEqual({ accessToken: 'a', expiresAt: now + 60_000 })
  })
})

describe('deciding', () => {
  const agree = () => douyinShop.commands.agreeRefund?.(deps, { ...refundCommand, ref: '1' })
  const operated = ok({ items: [{ aftersale_id: 1, status_code: 0, status_msg: 'success' }] })

  it('sends the version it read, so that an outdated decision is refused by the platform', async () => {
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    answer('/afterSale/operate', operated)
    answer('/afterSale/Detail', detail({ status: 12, refund: 1, update: 1763777009 }))
    expect(await agree()).toMatchObject({ outcome: 'done', already: false, detail: { stage: 'agreed' } })
    expect(JSON.parse(sent[1]?.body ?? '')).toEqual({
      type: 201,
      items: [{ aftersale_id: '1', update_time: 1763777005, reason: '行程有变', remark: '审批通过：王芳' }],
    })
  })

  it.each([
    [12, 1],
    [12, 2],
    [12, 3],
  ])(
    'does nothing when status %i and refund status %i say that it was agreed before',
    async (status, refund) => {
      answer('/afterSale/Detail', detail({ status, refund }))
      expect(await agree()).toMatchObject({ outcome: 'done', already: true })
    },
  )

  it.each([7, 11, 27, 28, 29])('acts on nothing that no longer waits (status %i)', async (status) => {
    answer('/afterSale/Detail', detail({ status, refund: 1 }))
    expect(await agree()).toMatchObject({ outcome: 'refused', code: 'refund_stage_not_open' })
  })

  it('finds out by reading whether a decision with a lost answer was applied', async () => {
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    answer('/afterSale/operate', '', { status: 502 })
    answer('/afterSale/Detail', detail({ status: 12, refund: 2 }))
    expect(await agree()).toMatchObject({ outcome: 'done', already: false })
  })

  it('asks to be called again when a lost answer left no trace', async () => {
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    answer('/afterSale/operate', '', { status: 502 })
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    await expect(agree()).rejects.toMatchObject({ code: 'connector_unavailable', outcome: 'unknown' })
  })

  it('asks to be called again when the after-sale changed between reading and deciding', async () => {
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    answer('/afterSale/operate', failure(50002, 'isv.business-failed:11005', '售后单已变更'))
    answer('/afterSale/Detail', detail({ status: 6, refund: 1, update: 1763777099 }))
    await expect(agree()).rejects.toMatchObject({ code: 'douyin_shop_refund_unsettled', retry: 'backoff' })
  })

  it.each([
    failure(50002, 'isv.business-failed:7', '保证金不足'),
    ok({ items: [{ aftersale_id: 1, status_code: 7, status_msg: '保证金不足' }] }),
  ])('reports a refusal for good in the words of the platform', async (reply) => {
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    answer('/afterSale/operate', reply)
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    expect(await agree()).toMatchObject({ outcome: 'refused', message: '保证金不足' })
  })

  it('refuses with the chosen reason when the platform offers it', async () => {
    const items = [
      { reject_reason_code: 101, reason: '需要凭证', evidence_need: 'Y' },
      { reject_reason_code: 102, reason: '已履约', evidence_need: 'N' },
      { reject_reason_code: 103, reason: '协商一致', evidence_need: 'N' },
    ]
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    answer('/afterSale/rejectReasonCodeList', ok({ items }))
    answer('/afterSale/operate', operated)
    answer('/afterSale/Detail', detail({ status: 27, refund: 1 }))
    const command = { ...refundCommand, ref: '1', rejectReasonCode: '103' }
    expect(await douyinShop.commands.refuseRefund?.(deps, command)).toMatchObject({
      outcome: 'done',
      already: false,
    })
    expect(JSON.parse(sent[2]?.body ?? '')).toMatchObject({ type: 202, items: [{ reject_reason_code: 103 }] })
  })

  it('tells people to refuse by hand when every reason needs evidence', async () => {
    answer('/afterSale/Detail', detail({ status: 6, refund: 1 }))
    answer('/afterSale/rejectReasonCodeList', ok({ items: [{ reject_reason_code: 1, evidence_need: 'Y' }] }))
    const result = await douyinShop.commands.refuseRefund?.(deps, { ...refundCommand, ref: '1' })
    expect(result).toMatchObject({ outcome: 'refused', code: 'reject_reason_missing' })
  })

  it('sends the return address when one is configured', async () => {
    const returning = depsFor(douyinShop, {
      ...{
        config: { ...config, returnAddressId: '90071992547409931' },
        now: () => now,
        token: 'token-1',
        http,
      },
    })
    answer('/afterSale/Detail', detail({ status: 6, refund: 1, type: 0 }))
    answer('/afterSale/operate', operated)
    answer('/afterSale/Detail', detail({ status: 7, refund: 1, type: 0 }))
    const result = await douyinShop.commands.agreeReturn?.(returning, { ...refundCommand, ref: '1' })
    expect(result).toMatchObject({ outcome: 'done', already: false, detail: { stage: 'waiting-return' } })
    expect(sent[1]?.body).toContain('"logistics":{"receiver_address_id":90071992547409931}')
  })
})
