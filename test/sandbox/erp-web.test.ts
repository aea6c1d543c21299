import { describe, expect, it } from 'vitest'
import { callErp, type Loose, startWorld, type WorldSandbox } from './world-sandbox.ts'

async function erpPages(world: WorldSandbox, name = '周宁') {
  const person = world.state.users.find((user: Loose) => user.name === name)?.open_id ?? ''
  const call = async (path: string, body?: unknown) => {
    const answer = await fetch(`${world.url}/_web/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'x-sandbox-person': person,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as Loose }
  }
  return {
    get: async (path: string) => (await call(path)).body,
    post: call,
    ask: (path: string) => call(path),
  }
}

async function refundable(world: WorldSandbox): Promise<Loose> {
  const pages = await erpPages(world)
  const { orders } = await pages.get('erp/orders')
  return orders.find((order: Loose) => order.refundable && order.amount > 1_000)
}

describe('the ERP’s pages', () => {
  it('show its copies of the orders, page by page and by words', async () => {
    const world = await startWorld()
    const pages = await erpPages(world)
    const first = await pages.get('erp/orders')
    expect(first.orders).toHaveLength(20)
    const [wanted] = first.orders
    const found = await pages.get(`erp/orders?q=${wanted.so_id}`)
    expect(found).toMatchObject({ total: 1, orders: [{ o_id: wanted.o_id }] })
    expect((await pages.get('erp/orders?page=9999')).page).toBe(first.pages)
    const stranger = await erpPages(world, 'nobody')
    for (const path of ['erp/orders', 'erp/refunds', 'erp/write-backs', 'erp/executions'])
      expect((await stranger.ask(path)).status).toBe(401)
  })

  it('start a refund under one’s own name, once per order, which the open API tells', async () => {
    const world = await startWorld()
    const pages = await erpPages(world)
    const order = await refundable(world)
    const wish = { so_id: order.so_id, amount: 1_000, reason: '<i>拍错了</i>' }
    const { body: refund, status } = await pages.post('erp/refunds', wish)
    expect(status).toBe(200)
    expect(refund).toMatchObject({
      creator: '周宁',
      amount: 1_000,
      status: 'WaitConfirm',
      reason: wish.reason,
    })
    expect((await pages.post('erp/refunds', wish)).status).toBe(400)
    const asked = await callErp(world, '/open/refund/single/query', { as_ids: [refund.as_id] })
    expect(asked.data.datas[0]).toMatchObject({ refund: '10.00', creator_name: '周宁' })
    expect((await pages.get('erp/refunds'))[0].as_id).toBe(refund.as_id)
    expect((await pages.post(`erp/refunds/${refund.as_id}/cancel`, {})).body.status).toBe('Cancelled')
    expect((await pages.post(`erp/refunds/${refund.as_id}/cancel`, {})).status).toBe(400)
    expect((await pages.post('erp/refunds', wish)).status).toBe(200)
  })

  it.each([
    ['more than was paid', { amount: 99_999_999 }, 400],
    ['no amount', { amount: 'all' }, 400],
    ['no reason', { reason: '' }, 400],
    ['an order nobody knows', { so_id: '1' }, 404],
  ])('refuse %s', async (_, wrong, status) => {
    const world = await startWorld()
    const pages = await erpPages(world)
    const order = await refundable(world)
    const wish = { so_id: order.so_id, amount: 100, reason: '不想要了', ...wrong }
    expect((await pages.post('erp/refunds', wish)).status).toBe(status)
    expect(await pages.get('erp/refunds')).toEqual([])
  })

  it('keep every write that came in, accepted or refused, and what was really paid', async () => {
    const world = await startWorld()
    const pages = await erpPages(world)
    const order = await refundable(world)
    const { body: refund } = await pages.post('erp/refunds', {
      so_id: order.so_id,
      amount: 500,
      reason: '不想要了',
    })
    const confirm = () => callErp(world, '/open/webapi/aftersaleapi/open/confirm', { as_ids: [refund.as_id] })
    await confirm()
    await confirm()
    const [second, first] = await pages.get('erp/write-backs')
    expect(first).toMatchObject({ what: 'confirm', refunds: [String(refund.as_id)], accepted: true })
    expect(second).toMatchObject({ accepted: false, answer: expect.stringContaining('Confirmed') })
    expect(await pages.get('erp/executions')).toMatchObject([
      { system: 'jushuitan', refund_no: refund.outer_as_id, amount: 500, times: 1 },
    ])
    await callErp(world, '/open/aftersale/upload', [{ shop_status: 'MAYBE' }])
    expect((await pages.get('erp/write-backs'))[0]).toMatchObject({ what: 'upload', accepted: false })
  })
})
