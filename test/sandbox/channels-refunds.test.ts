import { describe, expect, it } from 'vitest'
import { callShop, type Loose, startWorld, tokenOfShop, type WorldSandbox } from './world-sandbox.ts'

const shopId = '48213377'

interface Case {
  world: WorldSandbox
  token: string
  orderId: string
  id: string
  amount: number
}

async function openCase(wish: Record<string, unknown> = {}): Promise<Case> {
  const world = await startWorld()
  const [orderId] = (await world.control('channels/douyin-shop/orders', { shop_id: shopId })).body.order_ids
  const { body } = await world.control('channels/douyin-shop/refunds', {
    order_id: orderId,
    reason: '行程有变',
    ...wish,
  })
  return {
    world,
    token: await tokenOfShop(world, shopId),
    orderId,
    id: body.aftersale_id,
    amount: body.amount,
  }
}

async function info({ world, token, id }: Case): Promise<Loose> {
  const { data } = await callShop(world, '/afterSale/Detail', { after_sale_id: id }, { token })
  return data.process_info.after_sale_info
}

function operate({ world, token, id }: Case, type: number, item: Record<string, unknown> = {}) {
  return callShop(world, '/afterSale/operate', { type, items: [{ aftersale_id: id, ...item }] }, { token })
}

async function executions(world: WorldSandbox): Promise<Loose[]> {
  return (await world.effects()).refundsExecuted
}

describe('Doudian refunds', () => {
  it('are listed with their order, and the detail writes ids as bare integers', async () => {
    const one = await openCase()
    const param = { update_start_time: 1, order_by: ['update_time asc'], page: 0, size: 100 }
    const { data } = await callShop(one.world, '/afterSale/List', param, { token: one.token })
    const item = data.items.find((entry: Loose) => entry.aftersale_info.aftersale_id === one.id)
    expect(item.aftersale_info).toMatchObject({
      aftersale_type: 2,
      aftersale_status: 6,
      refund_status: 1,
      refund_amount: one.amount,
    })
    expect(item.order_info).toMatchObject({ shop_order_id: one.orderId })
    expect(item.text_part.reason_text).toBe('行程有变')
    const detail = await callShop(
      one.world,
      '/afterSale/Detail',
      { after_sale_id: one.id },
      { token: one.token },
    )
    expect(detail.raw).toContain(`"after_sale_id":${one.id}`)
    expect(detail.raw).toContain(`"shop_order_id":${one.orderId}`)
  })

  it('agreed: money leaves at once, arrives seconds later, and is counted once however often we ask', async () => {
    const one = await openCase()
    expect((await operate(one, 201)).code).toBe(10000)
    expect(await info(one)).toMatchObject({ refund_status: 2, real_refund_amount: 0 })
    const again = await operate(one, 201)
    expect(again).toMatchObject({ code: 50002, sub_code: 'isv.business-failed:20309541' })
    const before = (await info(one)).update_time
    await one.world.kernel.clock.advance(10_000)
    const done = await info(one)
    expect(done).toMatchObject({ refund_status: 3, real_refund_amount: one.amount })
    expect(done.update_time).toBeGreaterThan(before)
    expect(await executions(one.world)).toEqual([
      { system: 'douyin-shop', refund_no: one.id, order_no: one.orderId, amount: one.amount, times: 1 },
    ])
    const order = await callShop(
      one.world,
      '/order/orderDetail',
      { shop_order_id: one.orderId },
      { token: one.token },
    )
    const [line] = order.data.shop_order_detail.sku_order_list
    expect(line.after_sale_info.refund_status).toBe(3)
    expect(line.writeoff_info[0].writeoff_status_desc).toBe('已退款')
  })

  it('refused only with a reason, a remark and a code', async () => {
    const one = await openCase()
    expect((await operate(one, 202)).sub_code).toBe('isv.parameter-invalid:11000')
    const answer = await operate(one, 202, {
      reason: '已履约',
      remark: '已与买家沟通',
      reject_reason_code: 101,
    })
    expect(answer.code).toBe(10000)
    expect(await info(one)).toMatchObject({ after_sale_status: 27, refund_status: 1 })
    expect(await executions(one.world)).toEqual([])
  })

  it('with a return need 101 first; 201 does not fit them, and nothing is paid', async () => {
    const one = await openCase({ type: 0 })
    expect((await operate(one, 201)).sub_code).toBe('isv.business-failed:11005')
    expect((await operate(one, 101)).code).toBe(10000)
    expect(await info(one)).toMatchObject({ after_sale_status: 7, refund_status: 1 })
    expect(await executions(one.world)).toEqual([])
    expect((await operate(one, 302)).sub_code).toBe('isv.business-failed:11001')
  })

  it('decided on an outdated version are refused when the version is named', async () => {
    const one = await openCase()
    const seen = (await info(one)).update_time
    await one.world.control(`channels/douyin-shop/refunds/${one.id}/amount`, { amount: 100 })
    expect((await operate(one, 201, { update_time: seen })).sub_code).toBe('isv.business-failed:11005')
    const now = await info(one)
    expect(now).toMatchObject({ refund_total_amount: 100 })
    expect((await operate(one, 201, { update_time: now.update_time })).code).toBe(10000)
  })

  it('withdrawn by the buyer keep refund_status 1, get status 28 and cannot be paid any more', async () => {
    const one = await openCase()
    await one.world.control(`channels/douyin-shop/refunds/${one.id}/withdraw`)
    expect(await info(one)).toMatchObject({ after_sale_status: 28, refund_status: 1 })
    expect((await operate(one, 201)).sub_code).toBe('isv.business-failed:20309541')
    expect(await executions(one.world)).toEqual([])
  })

  it('decide all items of a call or none', async () => {
    const one = await openCase()
    const items = [{ aftersale_id: one.id }, { aftersale_id: '1' }]
    const answer = await callShop(one.world, '/afterSale/operate', { type: 201, items }, { token: one.token })
    expect(answer).toMatchObject({ code: 20000, sub_code: 'isp.service-error:10000' })
    expect(await executions(one.world)).toEqual([])
  })

  it('arrive even when the sandbox was reset or asked for too much in between', async () => {
    const one = await openCase()
    const tooMuch = await one.world.control(`channels/douyin-shop/refunds`, {
      order_id: one.orderId,
      amount: 99_999_999,
    })
    expect(tooMuch.status).toBe(400)
    await operate(one, 201)
    await one.world.kernel.reset(9)
    expect(await executions(one.world)).toEqual([])
    await one.world.kernel.clock.advance(60_000)
    expect(await executions(one.world)).toEqual([])
  })
})
