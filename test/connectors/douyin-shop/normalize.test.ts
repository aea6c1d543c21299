import { describe, expect, it } from 'vitest'
import { douyinShop } from '../../../connectors/douyin-shop/index.ts'
import { refundStage } from '../../../connectors/douyin-shop/refund-stage.ts'
import { readSample } from '../read-sample.ts'

const config = douyinShop.config.parse(readSample('douyin-shop', 'config.json'))
const context = { shop: { id: 'shop-a', name: '示例店铺' }, config }
const orderOf = (record: unknown) => douyinShop.normalize('orders', record, context)
const refundOf = (record: unknown) => douyinShop.normalize('refunds', record, context)

describe('a goods order', () => {
  it('keeps 64-bit ids exact, money in fen, times in ms, the buyer masked', () => {
    expect(orderOf(readSample('douyin-shop', 'orders.goods-shipped.json'))).toEqual({
      platform: 'douyin',
      orderNo: '6932876041925000101',
      shopId: 'shop-a',
      kind: 'goods',
      status: 'shipped',
      statusText: '已发货',
      version: 1763776800000,
      times: {
        created: 1763690400000,
        paid: 1763690430000,
        shipped: 1763776790000,
        updated: 1763776800000,
      },
      timeZone: 'Asia/Shanghai',
      amounts: { total: 21800, paid: 19800, freight: 800, platformDiscount: 800, sellerDiscount: 2000 },
      buyer: {
        name: '张*',
        phone: '138****0001',
        id: '1@#Op3nIdSample==',
        words: '请用纸箱 <b>急</b>',
      },
      sellerWords: '老客',
      lines: [
        {
          lineId: '6932876041925000102',
          productId: '3577890123456789012',
          title: '山货礼盒',
          sku: '双盒 / 原味',
          quantity: 2,
          amount: 21000,
          paid: 19800,
          roomId: '7301234567890123456',
          authorId: '98765432101234567',
          authorName: '小山',
        },
      ],
      vouchers: [],
      live: { roomId: '7301234567890123456', authorId: '98765432101234567', authorName: '小山' },
    })
  })

  it.each([
    [1, 'unpaid'],
    [105, 'paid'],
    [2, 'paid'],
    [101, 'partly-shipped'],
    [3, 'shipped'],
    [4, 'cancelled'],
    [5, 'completed'],
    [777, 'unknown'],
  ])('with status %i is %s', (order_status, status) => {
    const record = readSample('douyin-shop', 'orders.goods-shipped.json')
    expect(orderOf({ ...record, order_status, main_status: order_status }).status).toBe(status)
  })

  it('cancelled after payment is refunded only when the platform says that the money went back', () => {
    const record = readSample('douyin-shop', 'orders.goods-shipped.json')
    const closed = { ...record, order_status: 4, main_status: 4 }
    closed.sku_order_list[0].after_sale_info = { after_sale_status: 12, refund_status: 2 }
    expect(orderOf(closed)).toMatchObject({ status: 'cancelled', lines: [{ refundState: 'refunding' }] })
    closed.sku_order_list[0].after_sale_info = { after_sale_status: 12, refund_status: 3 }
    expect(orderOf(closed)).toMatchObject({ status: 'refunded', times: { refunded: 1763776800000 } })
    expect(orderOf({ ...record, main_status: 21 }).status).toBe('refunded')
  })

  it('stays completed when one of its lines got part of its money back', () => {
    const record = readSample('douyin-shop', 'orders.goods-shipped.json')
    record.sku_order_list[0].after_sale_info = { after_sale_status: 12, refund_status: 3 }
    expect(orderOf({ ...record, order_status: 5, main_status: 5 }).status).toBe('completed')
  })

  it('never stores a name or number the platform forgot to mask', () => {
    const record = readSample('douyin-shop', 'orders.goods-shipped.json')
    const { buyer } = orderOf({ ...record, mask_post_receiver: '张三丰', mask_post_tel: '13800000001' })
    expect(buyer).toMatchObject({ name: '张**', phone: '138****01' })
    expect(orderOf({ ...record, mask_post_tel: null, post_tel: '13800000001' }).buyer.phone).toBeUndefined()
  })
})

describe('a voucher order', () => {
  const record = () => readSample('douyin-shop', 'orders.voucher-detail.json')

  it('shows each certificate with its own state, named without its redeemable code', () => {
    const order = orderOf(record())
    expect(order).toMatchObject({ kind: 'voucher', status: 'booked', times: { booked: 1763770000000 } })
    expect(order.times).not.toHaveProperty('shipped')
    expect(order.vouchers.map((one) => [one.certificateId, one.state])).toEqual([
      ['10****2345', 'verified'],
      ['10****2345#2', 'booked'],
      ['88****3344', 'paid'],
    ])
    expect(JSON.stringify(order)).not.toContain('880011223344')
    expect(order.live).toEqual({})
  })

  it.each([
    [['已使用', '已使用', '已使用'], 'completed'],
    [['已使用', '已退款', '已过期'], 'completed'],
    [['已退款', '已退款', '已退款'], 'refunded'],
    [['未使用', '未使用', '已使用'], 'paid'],
    [['已过期', '已过期', '已过期'], 'paid'],
    [['退款中', '已预约', '已使用'], 'booked'],
  ])('with certificates %j is %s', (texts, status) => {
    const changed = record()
    for (const [index, text] of texts.entries()) {
      changed.sku_order_list[0].writeoff_info[index].writeoff_status_desc = text
    }
    expect(orderOf(changed).status).toBe(status)
  })

  it('falls back to counts and numbers when a certificate has no text', () => {
    const changed = record()
    const [first, second, third] = changed.sku_order_list[0].writeoff_info
    for (const one of [first, second, third]) one.writeoff_status_desc = ''
    first.writeoff_status = 0
    third.writeoff_status = 5
    expect(orderOf(changed).vouchers.map((one) => one.state)).toEqual(['verified', 'booked', 'expired'])
  })

  it('has no certificates before it is paid', () => {
    const unpaid = { ...record(), order_status: 1, main_status: 1, pay_time: 0 }
    expect(orderOf(unpaid)).toMatchObject({ status: 'unpaid', vouchers: [] })
  })
})

describe('a refund', () => {
  it('is the same from the list and from the detail, which adds what was really paid back', () => {
    expect(refundOf(readSample('douyin-shop', 'refunds.list-requested.json'))).toEqual({
      platform: 'douyin',
      refundNo: '142456789012345678',
      orderNo: '6932876041925000101',
      shopId: 'shop-a',
      kind: 'refund-only',
      stage: 'requested',
      statusText: '待商家同意',
      version: 1763777005000,
      amount: 19800,
      reason: '行程有变',
      times: { requested: 1763777000000, updated: 1763777005000, deadline: 1763949800000 },
      refs: { 'douyin-shop': '142456789012345678' },
    })
    expect(refundOf(readSample('douyin-shop', 'refunds.detail-refunded.json'))).toMatchObject({
      ...{ refundNo: '142456789012345678', orderNo: '6932876041925000101', stage: 'refunded' },
      ...{ amount: 19800, refundedAmount: 19000, times: { refunded: 1763778000000 } },
    })
  })

  it.each([
    [6, 1, 'requested'],
    [7, 1, 'waiting-return'],
    [11, 1, 'waiting-return'],
    [12, 1, 'agreed'],
    [12, 2, 'refunding'],
    [12, 3, 'refunded'],
    [12, 5, 'refunded'],
    [12, 4, 'failed'],
    [12, undefined, 'refunded'],
    [27, 1, 'refused'],
    [29, 1, 'refused'],
    [28, 1, 'withdrawn'],
    [28, 4, 'failed'],
    [28, 3, 'refunded'],
    [8, undefined, 'agreed'],
    [51, undefined, 'unknown'],
    [0, 0, 'unknown'],
  ])('with status %i and refund status %s is %s', (status, refundStatus, stage) => {
    expect(refundStage(status, refundStatus)).toBe(stage)
  })
})

describe('pushes', () => {
  const { push } = douyinShop
  const parse = (messages: unknown) =>
    push?.parse({ headers: {}, query: {}, path: '/', raw: Buffer.from(JSON.stringify(messages)) }, config)

  it('names the order, the shop and the version, whatever the tag', () => {
    const data = '{"p_id":6932876041925000101,"shop_id":4463798,"update_time":1763690400}'
    expect(parse([{ tag: '110', msg_id: 'm1', data }])).toEqual([
      {
        kind: 'changed',
        resource: 'orders',
        externalId: '6932876041925000101',
        dedupeKey: '110:m1',
        version: 1763690400000,
        channelShopId: '4463798',
      },
    ])
  })

  it('names the refund, and its order too once the refund has ended', () => {
    const data = '{"aftersale_id":142456789012345678,"p_id":6932876041925000101,"update_time":1763778001}'
    expect(parse([{ tag: '200', msg_id: 'm2', data }])).toMatchObject([
      { resource: 'refunds', externalId: '142456789012345678', version: 1763778001000 },
    ])
    const ended = parse([{ tag: '206', msg_id: 'm3', data }])
    expect(ended).toMatchObject([
      { resource: 'refunds' },
      { resource: 'orders', externalId: '6932876041925000101' },
    ])
    expect(ended?.[1]).not.toHaveProperty('version')
  })

  it('ignores the address check and messages about neither order nor refund, several at once', () => {
    const inbound = parse([
      { tag: '0', msg_id: '0', data: '2020-09-10T16:28:13+08:00' },
      { tag: '400', msg_id: 'm4', data: '{"product_id":1}' },
      { tag: 400, data: { product_id: 2 } },
    ])
    expect(inbound?.map((one) => one.kind)).toEqual(['ignore', 'ignore', 'ignore'])
    expect(new Set(inbound?.map((one) => one.dedupeKey)).size).toBe(3)
  })

  it('answers exactly as the platform demands', () => {
    expect(push?.reply({ ok: true })).toMatchObject({ status: 200, body: '{"code":0,"msg":"success"}' })
    expect(push?.reply({ ok: false, reason: 'event-sign does not match' })).toMatchObject({
      body: '{"code":40041,"message":"event-sign does not match"}',
    })
  })

  it('accepts the published sample and refuses another app', () => {
    const raw = Buffer.from('[{"tag":"0","msg_id":"0","data":"2020-09-10T16:28:13+08:00"}]')
    const known = {
      ...config,
      appKey: '3409409348479354011',
      appSecret: '2ad2355c-01d0-11f8-91dc-05a8cd1054b1',
    }
    const headers = { 'app-id': known.appKey, 'event-sign': '0250b9df0968d45328be9c1ca37222cd' }
    expect(push?.verify({ headers, query: {}, path: '/', raw }, known)).toEqual({ ok: true })
    const other = { ...headers, 'app-id': '1' }
    expect(push?.verify({ headers: other, query: {}, path: '/', raw }, known)).toMatchObject({ ok: false })
  })
})

describe('the order link', () => {
  it('fills the number into one address or one per device', () => {
    const order = orderOf(readSample('douyin-shop', 'orders.unpaid.json'))
    expect(douyinShop.orderUrl?.(order, config).url).toBe(
      'https://fxg.jinritemai.com/ffa/morder/order/detail?id=6932876041925000301',
    )
    const orderUrlTemplate = { url: 'https://erp.example/o/{orderNo}', iosUrl: 'app://o?no={orderNo}' }
    expect(douyinShop.orderUrl?.({ ...order, orderNo: 'a&b' }, { ...config, orderUrlTemplate })).toEqual({
      ...{ url: 'https://erp.example/o/a%26b', iosUrl: 'app://o?no=a%26b' },
    })
    expect(douyinShop.config.safeParse({ ...config, orderUrlTemplate: 'https://erp.example' }).success).toBe(
      false,
    )
  })
})
