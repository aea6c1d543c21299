import { describe, expect, it } from 'vitest'
import { callErp, callShop, type Loose, startWorld, tokenOfShop, type WorldSandbox } from './world-sandbox.ts'

const shop_id = '48213377'

/** A world whose ERP copies platform after-sales, with one that is asked for. */
async function withCase(wish: Record<string, unknown> = {}) {
  const world = await startWorld({ settings: { ordersPerMinute: 0 } })
  await world.control('erp/jushuitan/options', { mirror_after_sales: true })
  const [order_id] = (await world.control('channels/douyin-shop/orders', { shop_id })).body.order_ids
  const id: string = (await world.control('channels/douyin-shop/refunds', { order_id, ...wish })).body
    .aftersale_id
  await world.kernel.clock.advance(4_000)
  return { world, order_id, id, copy: () => copyOf(world, order_id) }
}

async function copyOf(world: WorldSandbox, orderId: string): Promise<Loose> {
  const { data } = await callErp(world, '/open/refund/single/query', { so_ids: [orderId] })
  expect(data.datas.length).toBeLessThanOrEqual(1)
  return data.datas[0]
}

describe('platform after-sales in the ERP', () => {
  it('are not copied unless asked for, and the option takes nothing but true and false', async () => {
    const world = await startWorld({ settings: { ordersPerMinute: 0 } })
    expect((await world.control('erp/jushuitan/options', { mirror_after_sales: 'yes' })).status).toBe(400)
    const [order_id] = (await world.control('channels/douyin-shop/orders', { shop_id })).body.order_ids
    await world.control('channels/douyin-shop/refunds', { order_id })
    await world.kernel.clock.advance(10_000)
    expect(await copyOf(world, order_id)).toBeUndefined()
  })

  it('are copied under the platform’s number and follow its changes', async () => {
    const { world, id, copy } = await withCase({ amount: 1_200, reason: '不想要了' })
    expect(await copy()).toMatchObject({
      outer_as_id: id,
      refund: '12.00',
      question_type: '不想要了',
      status: 'WaitConfirm',
      shop_status: 'WAIT_SELLER_AGREE',
    })
    await world.control(`channels/douyin-shop/refunds/${id}/amount`, { amount: 900 })
    await world.kernel.clock.advance(4_000)
    expect((await copy()).refund).toBe('9.00')
    await world.control(`channels/douyin-shop/refunds/${id}/withdraw`)
    await world.kernel.clock.advance(4_000)
    expect(await copy()).toMatchObject({ status: 'Cancelled', shop_status: 'CLOSED' })
  })

  it('are paid once, by the platform, when the ERP confirms', async () => {
    const { world, id, copy } = await withCase({ amount: 1_200 })
    const { as_id } = await copy()
    const answer = await callErp(world, '/open/webapi/aftersaleapi/open/confirm', { as_ids: [as_id] })
    expect(answer.code).toBe(0)
    await world.kernel.clock.advance(10_000)
    expect(await copy()).toMatchObject({ status: 'Confirmed', shop_status: 'SUCCESS' })
    expect((await world.effects()).refundsExecuted).toMatchObject([
      { system: 'douyin-shop', refund_no: id, amount: 1_200, times: 1 },
    ])
  })

  it('are refused on the platform when the ERP refuses', async () => {
    const { world, order_id, id, copy } = await withCase()
    const { shop_id: erpShop } = await copy()
    const entry = {
      shop_id: erpShop,
      outer_as_id: id,
      so_id: order_id,
      type: '仅退款',
      shop_status: 'SELLER_REFUSE_BUYER',
      remark: '主管已拒绝',
    }
    expect((await callErp(world, '/open/aftersale/upload', [entry])).code).toBe(0)
    const [item] = (await world.effects()).platformRefunds.filter((one: Loose) => one.refund_no === id)
    expect(item).toMatchObject({ status: 27, refund_status: 1 })
  })

  it('that the platform agreed to first are not paid again', async () => {
    const { world, id, copy } = await withCase()
    const token = await tokenOfShop(world, shop_id)
    await callShop(world, '/afterSale/operate', { type: 201, items: [{ aftersale_id: id }] }, { token })
    const { as_id } = await copy()
    await callErp(world, '/open/webapi/aftersaleapi/open/confirm', { as_ids: [as_id] })
    await world.kernel.clock.advance(10_000)
    expect((await world.effects()).refundsExecuted).toMatchObject([{ refund_no: id, times: 1 }])
    expect((await copy()).shop_status).toBe('SUCCESS')
  })
})
