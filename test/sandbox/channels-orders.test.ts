import { describe, expect, it } from 'vitest'
import { callShop, type Loose, startWorld, tokenOfShop, type WorldSandbox } from './world-sandbox.ts'

const voucherShop = '48213377'
const goodsShop = '48213462'

async function order(world: WorldSandbox, wish: Record<string, unknown> = {}): Promise<string> {
  const { body } = await world.control('channels/douyin-shop/orders', { shop_id: voucherShop, ...wish })
  return body.order_ids[0]
}

async function detail(world: WorldSandbox, id: string, shopId = voucherShop): Promise<Loose> {
  const token = await tokenOfShop(world, shopId)
  return (await callShop(world, '/order/orderDetail', { shop_order_id: id }, { token })).data
    .shop_order_detail
}

describe('Doudian order list', () => {
  it('pages through all orders of the token’s shop by update time, each once', async () => {
    const world = await startWorld()
    const token = await tokenOfShop(world, voucherShop)
    const seen: string[] = []
    const window = { update_time_start: 1, update_time_end: Math.floor(Date.now() / 1000) + 60 }
    const base = { ...window, order_by: 'update_time', order_asc: true, size: 20 }
    let total = 1
    for (let page = 0; page * 20 < total; page++) {
      const { data } = await callShop(world, '/order/searchList', { ...base, page }, { token })
      total = data.total
      for (const one of data.shop_order_list) {
        expect(one.shop_name).toBe('海岛假期旗舰店')
        seen.push(`${String(one.update_time).padStart(12, '0')} ${one.order_id}`)
      }
    }
    expect(total).toBeGreaterThan(40)
    expect(new Set(seen).size).toBe(total)
    expect(seen).toEqual([...seen].sort())
  })

  it('turns newest first by default and filters by status', async () => {
    const world = await startWorld()
    const token = await tokenOfShop(world, goodsShop)
    const { data } = await callShop(
      world,
      '/order/searchList',
      { create_time_start: 1, size: 100, page: 0 },
      { token },
    )
    const times = data.shop_order_list.map((one: Loose) => one.create_time)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    const combined = { create_time_start: 1, size: 100, page: 0, combine_status: [{ order_status: '3,5' }] }
    const filtered = (await callShop(world, '/order/searchList', combined, { token })).data
    expect(filtered.total).toBeLessThan(data.total)
    for (const one of filtered.shop_order_list) expect([3, 5]).toContain(one.order_status)
  })

  it('refuses what the platform refuses', async () => {
    const world = await startWorld()
    const token = await tokenOfShop(world, voucherShop)
    const refusals = {
      'isv.parameter-invalid:20011': { page: 0, size: 10 },
      'isv.parameter-invalid:20008': { create_time_start: 1, page: 0, size: 101 },
      'isv.parameter-invalid:10035': { create_time_start: 1, page: -1, size: 10 },
      'isv.parameter-invalid:20013': { create_time_start: 1, page: 500, size: 100 },
      'isv.parameter-invalid:20012': {
        create_time_start: 1,
        combine_status: [{ order_status: '1' }, { order_status: '2' }],
      },
      'isv.parameter-invalid:11000': { create_time_start: 'soon' },
    }
    for (const [subCode, param] of Object.entries(refusals)) {
      expect((await callShop(world, '/order/searchList', param, { token })).sub_code).toBe(subCode)
    }
  })

  it('looks back about 90 days and no further', async () => {
    const world = await startWorld()
    await world.kernel.clock.advance(91 * 86_400_000)
    const token = await tokenOfShop(world, voucherShop)
    const { data } = await callShop(
      world,
      '/order/searchList',
      { create_time_start: 1, size: 10, page: 0 },
      { token },
    )
    expect(data.total).toBe(0)
  })

  it('answers windows over 100,000 orders made in bulk', async () => {
    const world = await startWorld()
    const made = await world.control('channels/douyin-shop/bulk', {
      count: 100_000,
      shop_id: goodsShop,
      days: 10,
    })
    expect(made.body.created).toBe(100_000)
    const token = await tokenOfShop(world, goodsShop)
    const window = {
      update_time_start: made.body.update_time_start,
      update_time_end: made.body.update_time_end,
      order_by: 'update_time',
      order_asc: true,
      size: 100,
    }
    const first = (await callShop(world, '/order/searchList', { ...window, page: 0 }, { token })).data
    const last = (await callShop(world, '/order/searchList', { ...window, page: 499 }, { token })).data
    expect(first.total).toBeGreaterThanOrEqual(100_000)
    expect(last.shop_order_list).toHaveLength(100)
    expect(last.shop_order_list[0].update_time).toBeGreaterThan(first.shop_order_list[99].update_time)
  })
})

describe('a Doudian order', () => {
  it('has 64-bit integers, fen, unix seconds, a masked buyer and its live room', async () => {
    const world = await startWorld()
    await world.control('channels/douyin-shop/orders', { count: 20, shop_id: voucherShop })
    const token = await tokenOfShop(world, voucherShop)
    const param = { create_time_start: 1, size: 20, page: 0 }
    const { raw, data } = await callShop(world, '/order/searchList', param, { token })
    expect(raw).toMatch(/"product_id":3512\d{15},/)
    expect(raw).toMatch(/"room_id":7291\d{15},/)
    for (const one of data.shop_order_list) {
      const [line] = one.sku_order_list
      expect(one.order_id).toMatch(/^\d{19}$/)
      expect(one.order_amount - one.promotion_amount).toBe(one.pay_amount)
      expect(line.sum_amount).toBe(line.origin_amount * line.item_num)
      expect(one.create_time).toBeLessThan(1e10)
      expect(one.mask_post_tel).toMatch(/^1\d{2}\*{4}\d{4}$/)
      expect([one.post_receiver, one.post_tel]).toEqual(['', ''])
      expect(line.room_id_str === '' ? line.author_name : 'live').toBe(line.room_id_str === '' ? '' : 'live')
    }
  })

  it('carries its certificates only in the detail, and each step of its life moves update_time', async () => {
    const world = await startWorld()
    const id = await order(world)
    const paid = await detail(world, id)
    expect(paid).toMatchObject({ order_status: 2, order_type: 4 })
    const listed = await callShop(
      world,
      '/order/searchList',
      { create_time_start: paid.create_time, size: 1, page: 0 },
      { token: await tokenOfShop(world, voucherShop) },
    )
    expect(listed.data.shop_order_list[0].sku_order_list[0]).not.toHaveProperty('writeoff_info')
    expect(listed.data.shop_order_list[0].sku_order_list[0].card_voucher.valid_end).toBeGreaterThan(0)

    const descriptions = [paid.sku_order_list[0].writeoff_info[0].writeoff_status_desc]
    let version = paid.update_time
    for (const to of ['booked', 'verified']) {
      await world.control('channels/douyin-shop/advance', { order_id: id, to })
      const now = await detail(world, id)
      expect(now.update_time).toBeGreaterThan(version)
      version = now.update_time
      descriptions.push(now.sku_order_list[0].writeoff_info[0].writeoff_status_desc)
    }
    expect(descriptions).toEqual(['未使用', '已预约', '已使用'])
    const done = await detail(world, id)
    expect(done.order_status).toBe(5)
    expect(done.finish_time).toBeGreaterThan(0)
    expect(done.sku_order_list[0].writeoff_info[0].writeoff_no_mask).toMatch(/^\d\d\*{4}\d{4}$/)
  })

  it('cannot take an impossible step, and other shops cannot read it', async () => {
    const world = await startWorld()
    const id = await order(world)
    const refused = await world.control('channels/douyin-shop/advance', { order_id: id, to: 'shipped' })
    expect(refused.status).toBe(400)
    const token = await tokenOfShop(world, goodsShop)
    const answer = await callShop(world, '/order/orderDetail', { shop_order_id: id }, { token })
    expect(answer.code).toBe(50002)
  })
})
