import { describe, expect, it } from 'vitest'
import { historyOrders } from '../../sandbox/world/history.ts'
import { callErp, type Loose, startWorld, type WorldSandbox } from './world-sandbox.ts'

const dayMs = 86_400_000

/** `yyyy-MM-dd HH:mm:ss`, GMT+8 */
function erpTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

function lastDay(world: WorldSandbox): Record<string, string> {
  const now = world.kernel.clock.now()
  return { modified_begin: erpTime(now - dayMs), modified_end: erpTime(now + 5_000) }
}

async function refundsOf(world: WorldSandbox, biz: Record<string, unknown>): Promise<Loose[]> {
  return (await callErp(world, '/open/refund/single/query', { page_index: 1, page_size: 50, ...biz })).data
    .datas
}

describe('the Jushuitan gateway', () => {
  it('refuses wrong signatures, tokens, applications and mistyped biz with a code', async () => {
    const world = await startWorld()
    const ask = (change: Parameters<typeof callErp>[3], biz: unknown = lastDay(world)) =>
      callErp(world, '/open/orders/single/query', biz, change)
    expect((await ask({})).code).toBe(0)
    const changes: Parameters<typeof callErp>[3][] = [
      { sign: 'f'.repeat(32) },
      { form: { access_token: 'nobody' } },
      { form: { app_key: 'nobody' } },
      { form: { timestamp: '1600000000' } },
      { form: { biz: '{"page_index":' } },
      { form: { version: '1' } },
    ]
    for (const change of changes) {
      const answer = await ask(change)
      expect(answer.code).not.toBe(0)
      expect(answer.data).toBeNull()
      expect(answer.msg).not.toBe('')
    }
    expect((await ask({ form: { app_key: 'nobody' } })).code).toBe(190)
  })

  it('refuses windows above 7 days, half a window and large pages', async () => {
    const world = await startWorld()
    const now = world.kernel.clock.now()
    const tooLong = { modified_begin: erpTime(now - 8 * dayMs), modified_end: erpTime(now) }
    for (const biz of [
      tooLong,
      { modified_begin: erpTime(now) },
      {},
      { ...lastDay(world), page_size: 101 },
    ]) {
      expect((await callErp(world, '/open/orders/single/query', biz)).code).not.toBe(0)
    }
    expect(
      (await callErp(world, '/open/refund/single/query', { ...lastDay(world), page_size: 51 })).code,
    ).not.toBe(0)
  })

  it('renews tokens', async () => {
    const world = await startWorld()
    const { refreshToken } = world.state.erp.jushuitan
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, scope: 'all' }
    const renewed = await callErp(world, '/openWeb/auth/refreshToken', {}, { form })
    expect(renewed.code).toBe(0)
    const answer = await callErp(world, '/open/orders/single/query', lastDay(world), {
      form: { access_token: renewed.data.access_token },
    })
    expect(answer.code).toBe(0)
    await world.kernel.clock.advance(11 * 60_000)
    expect((await callErp(world, '/open/orders/single/query', lastDay(world))).code).not.toBe(0)
    expect((await callErp(world, '/openWeb/auth/refreshToken', {}, { form })).code).not.toBe(0)
  })
})

describe('Jushuitan orders', () => {
  it('mirror the platform’s a few seconds later, in yuan and GMT+8', async () => {
    const world = await startWorld()
    const [soId] = (await world.control('channels/douyin-shop/orders', {})).body.order_ids
    const ask = async () =>
      (await callErp(world, '/open/orders/single/query', { so_ids: [soId] })).data.orders
    expect(await ask()).toEqual([])
    await world.kernel.clock.advance(5_000)
    const [order] = await ask()
    expect(order).toMatchObject({ so_id: soId, status: 'WaitConfirm' })
    expect(order.pay_amount).toMatch(/^\d+\.\d\d$/)
    expect(order.order_date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    await world.control('channels/douyin-shop/advance', { order_id: soId })
    await world.kernel.clock.advance(5_000)
    const [sent] = await ask()
    expect(sent).toMatchObject({ o_id: order.o_id, status: 'Sent' })
    expect(sent.modified > order.modified).toBe(true)
  })

  it('page without gaps', async () => {
    const world = await startWorld()
    const seen = new Set<string>()
    let has_next = true
    for (let page_index = 1; has_next; page_index++) {
      const { data } = await callErp(world, '/open/orders/single/query', {
        ...lastDay(world),
        page_index,
        page_size: 100,
      })
      for (const order of data.orders) seen.add(order.so_id)
      has_next = data.has_next
      expect(data.data_count).toBe(historyOrders)
    }
    expect(seen.size).toBe(historyOrders)
  })
})

describe('Jushuitan refunds', () => {
  it('started in the ERP wait for us, and confirming pays exactly once', async () => {
    const world = await startWorld()
    const made = (await world.control('erp/jushuitan/refunds', { amount: 12_345, creator: '周宁' })).body
    const [refund] = await refundsOf(world, lastDay(world))
    expect(refund).toMatchObject({
      as_id: made.as_id,
      so_id: made.so_id,
      refund: '123.45',
      status: 'WaitConfirm',
      shop_status: 'WAIT_SELLER_AGREE',
      creator_name: '周宁',
    })
    const confirm = () => callErp(world, '/open/webapi/aftersaleapi/open/confirm', { as_ids: [made.as_id] })
    expect((await confirm()).code).toBe(0)
    expect((await confirm()).code).not.toBe(0)
    const executed = [
      { system: 'jushuitan', refund_no: made.outer_as_id, order_no: made.so_id, amount: 12_345, times: 1 },
    ]
    expect((await world.effects()).refundsExecuted).toEqual(executed)
    const [confirmed] = await refundsOf(world, { as_ids: [made.as_id] })
    expect(confirmed).toMatchObject({ status: 'Confirmed', shop_status: 'WAIT_SELLER_AGREE' })
    await world.kernel.clock.advance(10_000)
    const [paid] = await refundsOf(world, { as_ids: [made.as_id] })
    expect(paid.shop_status).toBe('SUCCESS')
    expect(paid.modified > confirmed.modified).toBe(true)
    expect((await world.effects()).refundsExecuted).toEqual(executed)
  })

  it('refused through an upload cannot be confirmed any more', async () => {
    const world = await startWorld()
    const made = (await world.control('erp/jushuitan/refunds', {})).body
    const entry = {
      shop_id: made.shop_id,
      outer_as_id: made.outer_as_id,
      so_id: made.so_id,
      type: '仅退款',
      shop_status: 'SELLER_REFUSE_BUYER',
      remark: '主管已拒绝',
    }
    expect((await callErp(world, '/open/aftersale/upload', [entry])).data.datas[0].as_id).toBe(made.as_id)
    const [refused] = await refundsOf(world, { as_ids: [made.as_id] })
    expect(refused).toMatchObject({ shop_status: 'SELLER_REFUSE_BUYER', remark: '主管已拒绝' })
    expect(
      (await callErp(world, '/open/webapi/aftersaleapi/open/confirm', { as_ids: [made.as_id] })).code,
    ).not.toBe(0)
    expect(
      (await callErp(world, '/open/aftersale/upload', [{ ...entry, shop_status: 'MAYBE' }])).code,
    ).not.toBe(0)
    expect((await callErp(world, '/open/aftersale/upload', { ...entry })).code).not.toBe(0)
    expect((await world.effects()).refundsExecuted).toEqual([])
  })

  it('can change their amount or be cancelled while they wait, which moves modified', async () => {
    const world = await startWorld()
    const made = (await world.control('erp/jushuitan/refunds', { amount: 1_000 })).body
    const [first] = await refundsOf(world, { as_ids: [made.as_id] })
    await world.control(`erp/jushuitan/refunds/${made.as_id}/amount`, { amount: 800 })
    const [changed] = await refundsOf(world, { as_ids: [made.as_id] })
    expect(changed.refund).toBe('8.00')
    expect(changed.modified > first.modified).toBe(true)
    await world.control(`erp/jushuitan/refunds/${made.as_id}/cancel`)
    expect((await refundsOf(world, { as_ids: [made.as_id] }))[0]).toMatchObject({
      status: 'Cancelled',
      shop_status: 'CLOSED',
    })
    const late = await world.control(`erp/jushuitan/refunds/${made.as_id}/amount`, { amount: 700 })
    expect(late.status).toBe(400)
  })
})
