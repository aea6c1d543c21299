import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type Loose, startWorld, type WorldSandbox } from './world-sandbox.ts'

const islandShop = '48213377'

/** The back office as a person sees it. */
async function backOffice(world: WorldSandbox, name = '林小夏') {
  const person = world.state.users.find((user: Loose) => user.name === name)?.open_id ?? ''
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${world.url}/_web/${path}`, {
      method,
      headers: {
        'x-sandbox-person': person,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as Loose }
  }
  return {
    get: async (path: string) => (await call('GET', path)).body,
    ask: (path: string) => call('GET', path),
    post: (path: string, body: unknown = {}) => call('POST', path, body),
  }
}

async function newOrder(world: WorldSandbox, wish: Record<string, unknown> = {}): Promise<string> {
  const office = await backOffice(world)
  const shops: Loose[] = await office.get('shops')
  const shop = shops.find((one) => one.shop_id === (wish.shop_id ?? islandShop))
  const made = await office.post('shop-orders', {
    shop_id: shop.shop_id,
    product_id: shop.products[0].product_id,
    ...wish,
  })
  expect(made.status).toBe(200)
  return made.body.order_ids[0]
}

describe('the shops’ back office', () => {
  it('lists three named shops with what they sell and how their day goes', async () => {
    const world = await startWorld()
    const office = await backOffice(world)
    const before: Loose[] = await office.get('shops')
    expect(before.map((shop) => [shop.name, shop.kind])).toEqual([
      ['海岛假期旗舰店', 'voucher'],
      ['环球旅行优选', 'voucher'],
      ['进口好物', 'goods'],
    ])
    for (const shop of before) expect(shop.products.length).toBeGreaterThanOrEqual(5)
    await newOrder(world)
    const [island] = await office.get('shops')
    expect(island.today.orders).toBe(before[0].today.orders + 1)
    expect(island.today.paid).toBeGreaterThan(before[0].today.paid)
    expect(island.waiting.delivery).toBe(before[0].waiting.delivery + 1)
  })

  it('is open to the people of this world only', async () => {
    const world = await startWorld()
    const stranger = await backOffice(world, 'nobody')
    for (const path of ['shops', 'shops/all/orders', 'shops/all/after-sales', 'shop-pushes', 'shop-orders/1'])
      expect((await stranger.ask(path)).status).toBe(401)
    expect((await stranger.post('shop-orders', {})).status).toBe(401)
  })

  it('pages orders newest first, by state and by words', async () => {
    const world = await startWorld()
    const office = await backOffice(world)
    const first = await office.get('shops/all/orders')
    expect(first.orders).toHaveLength(20)
    expect(first.pages).toBe(Math.ceil(first.counts.all / 20))
    const times = first.orders.map((order: Loose) => order.created_at)
    expect(times).toEqual(times.toSorted((a: number, b: number) => b - a))
    const last = await office.get(`shops/all/orders?page=${first.pages}`)
    expect(last.page).toBe(first.pages)
    expect((await office.get('shops/all/orders?page=9999')).page).toBe(first.pages)
    expect((await office.get('shops/all/orders?page=x')).page).toBe(1)
    const closed = await office.get('shops/all/orders?tab=closed')
    expect(closed.orders.every((order: Loose) => order.status === 4)).toBe(true)
    const own = await office.get(`shops/${islandShop}/orders`)
    expect(own.orders.every((order: Loose) => order.shop_id === islandShop)).toBe(true)
    const [wanted] = own.orders
    const found = await office.get(`shops/all/orders?q=${wanted.order_id}`)
    expect(found.orders.map((order: Loose) => order.order_id)).toEqual([wanted.order_id])
    expect((await office.ask('shops/1/orders')).status).toBe(404)
  })

  it('sells what a customer chooses, paid or not, and keeps their words as they are', async () => {
    const world = await startWorld()
    const office = await backOffice(world)
    const words = '<img src=x onerror=alert(1)> "两大一小"'
    const id = await newOrder(world, { quantity: 3, buyer_words: words, paid: false })
    const order = await office.get(`shop-orders/${id}`)
    expect(order).toMatchObject({
      quantity: 3,
      pay_amount: order.unit_price * 3,
      buyer_words: words,
      status: 1,
      paid_at: 0,
      may_refund: false,
      steps: ['paid', 'cancelled'],
    })
    expect((await office.post(`shop-orders/${id}/steps`, { step: 'paid' })).status).toBe(200)
    expect(await office.get(`shop-orders/${id}`)).toMatchObject({ status: 2, may_refund: true })
  })

  it.each([
    ['no product of the shop', { product_id: '1' }],
    ['no shop', { shop_id: '1' }],
    ['a fraction', { quantity: 1.5 }],
    ['none', { quantity: 0 }],
    ['too many', { quantity: 100 }],
    ['too many orders at once', { count: 21 }],
    ['words that are no text', { buyer_words: { a: 1 } }],
    ['too many words', { buyer_words: 'x'.repeat(201) }],
  ])('refuses an order with %s and sells nothing', async (_, wrong) => {
    const world = await startWorld()
    const office = await backOffice(world)
    const [shop] = await office.get('shops')
    const before = (await office.get('shops/all/orders')).counts.all
    const wish = { shop_id: shop.shop_id, product_id: shop.products[0].product_id, ...wrong }
    const answer = await office.post('shop-orders', wish)
    expect(answer.status).toBe(400)
    expect(answer.body.msg).not.toBe('')
    expect((await office.get('shops/all/orders')).counts.all).toBe(before)
  })

  it('books, redeems and ships, and refuses steps that make no sense', async () => {
    const world = await startWorld()
    const office = await backOffice(world)
    const voucher = await newOrder(world)
    for (const step of ['booked', 'verified'])
      expect((await office.post(`shop-orders/${voucher}/steps`, { step })).status).toBe(200)
    const done = await office.get(`shop-orders/${voucher}`)
    expect(done).toMatchObject({ status: 5, certificates: [{ status: 3 }] })
    expect(done.booked_for).toBeGreaterThan(0)
    for (const step of ['paid', 'shipped', 'flown', undefined])
      expect((await office.post(`shop-orders/${voucher}/steps`, { step })).status).toBe(400)
    expect((await office.post('shop-orders/1/steps', { step: 'paid' })).status).toBe(404)
  })
})

describe('after-sales in the back office', () => {
  it('are asked for with type, amount and reason, shown with who did what, and withdrawn', async () => {
    const world = await startWorld()
    const office = await backOffice(world)
    const id = await newOrder(world)
    const wish = { type: 2, amount: 100, reason: '<b>去不了了</b>' }
    const { body } = await office.post(`shop-orders/${id}/refunds`, wish)
    const order = await office.get(`shop-orders/${id}`)
    expect(order).toMatchObject({ may_refund: false, after_sale: 6 })
    expect(order.after_sales).toMatchObject([
      { id: body.id, amount: 100, reason: wish.reason, open: true, steps: [{ by: 'buyer', what: 'asked' }] },
    ])
    expect((await office.post(`shop-orders/${id}/refunds`, wish)).status).toBe(400)
    expect((await office.post(`after-sales/${body.id}/return`)).status).toBe(400)
    expect((await office.post(`after-sales/${body.id}/withdraw`)).status).toBe(200)
    expect((await office.post(`after-sales/${body.id}/withdraw`)).status).toBe(400)
    const [first] = await office.get('shops/all/after-sales')
    expect(first).toMatchObject({ id: body.id, status: 28, open: false })
    expect(first.steps.map((step: Loose) => step.what)).toEqual(['asked', 'withdrawn'])
    expect((await office.get(`shop-orders/${id}`)).may_refund).toBe(true)
  })

  it.each([
    ['more than was paid', { amount: 99_999_999 }],
    ['nothing', { amount: 0 }],
    ['an unknown type', { type: 9 }],
    ['no reason', { reason: '  ' }],
  ])('refuses to ask for %s', async (_, wrong) => {
    const world = await startWorld()
    const office = await backOffice(world)
    const id = await newOrder(world)
    const wish = { type: 2, amount: 100, reason: '不想要了', ...wrong }
    expect((await office.post(`shop-orders/${id}/refunds`, wish)).status).toBe(400)
    expect((await office.get(`shop-orders/${id}`)).after_sales).toEqual([])
  })
})

describe('the push record', () => {
  it('shows each signed push with every try, its answer and when the next one comes', async () => {
    const world = await startWorld()
    const office = await backOffice(world)
    let answer = '{"code":40041,"message":"busy"}'
    const server = createServer((_request, response) => response.end(answer))
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`
    await world.control('settings', { pushUrls: { 'douyin-shop': url } })
    const id = await newOrder(world)
    const pushesOf = async (): Promise<Loose[]> => (await office.get(`shop-orders/${id}`)).pushes
    await vi.waitFor(async () => expect((await pushesOf())[0]?.attempts).toHaveLength(1))
    const [push] = await pushesOf()
    expect(push).toMatchObject({ url, attempts: [{ accepted: false, status: 200, answer }] })
    expect(push.headers['event-sign']).toMatch(/^[0-9a-f]{32}$/)
    expect(push.messages.map((message: Loose) => message.tag)).toEqual(['100', '101'])
    expect(push.attempts[0].next_at).toBeGreaterThan(push.at)
    answer = '{"code":0,"msg":"success"}'
    await world.kernel.clock.advance(11_000)
    await vi.waitFor(async () => expect((await pushesOf())[0].attempts).toHaveLength(2))
    expect((await pushesOf())[0].attempts[1]).toMatchObject({ accepted: true, next_at: null })
    expect((await office.get('shop-pushes'))[0].id).toBe(push.id)
  })

  it('says that nobody answered when nobody listens', async () => {
    const world = await startWorld()
    const office = await backOffice(world)
    await world.control('settings', { pushUrls: { 'douyin-shop': 'http://127.0.0.1:1/push' } })
    const id = await newOrder(world)
    await vi.waitFor(async () => {
      const [push] = (await office.get(`shop-orders/${id}`)).pushes
      expect(push.attempts[0]).toMatchObject({ accepted: false, status: null })
    })
  })
})
