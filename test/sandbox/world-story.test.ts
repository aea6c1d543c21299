import { describe, expect, it } from 'vitest'
import { type Loose, startWorld, type WorldSandbox } from './world-sandbox.ts'

async function visitor(world: WorldSandbox, name = '林小夏') {
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
    story: async () => (await call('story')).body,
    post: (path: string, body: unknown = {}) => call(path, body),
    get: async (path: string) => (await call(path)).body,
  }
}

const done = (story: Loose, step: string) =>
  story.steps
    .find((one: Loose) => one.id === step)
    .checks.filter((check: Loose) => check.done)
    .map((check: Loose) => check.id)

describe('the three-minute story', () => {
  it('begins with nothing done and says that no product is connected', async () => {
    const me = await visitor(await startWorld())
    const { body } = await me.post('story/start')
    expect(body.connected).toBe(false)
    expect(body.steps.map((step: Loose) => step.id)).toEqual([
      'order',
      'claim',
      'refund',
      'outage',
      'connect',
    ])
    expect(body.steps.every((step: Loose) => !step.done && !step.skipped)).toBe(true)
  })

  it('notices an order that was placed by hand, and not those that come by themselves', async () => {
    const world = await startWorld()
    const me = await visitor(world)
    await me.post('story/start')
    await world.control('channels/douyin-shop/orders', { count: 3 })
    expect((await me.story()).order).toBeNull()
    const [shop] = await me.get('shops')
    const product_id = shop.products[0].product_id
    const { body } = await me.post('shop-orders', { shop_id: shop.shop_id, product_id })
    const story = await me.story()
    expect(story.order).toMatchObject({ order_id: body.order_ids[0], card: null })
    expect(done(story, 'order')).toEqual(['placed'])
  })

  it('places the order of the story, a ¥2,680 voucher, when asked to', async () => {
    const me = await visitor(await startWorld())
    await me.post('story/start')
    const { body } = await me.post('story/do', { act: 'order' })
    expect(body.order).toMatchObject({ amount: 268_000 })
  })

  it('starts the refund of ¥2,680 in the ERP, also for somebody who skipped the order', async () => {
    const me = await visitor(await startWorld())
    await me.post('story/start')
    await me.post('story/steps/order/skip')
    const { body } = await me.post('story/do', { act: 'refund' })
    expect(body.steps[0]).toMatchObject({ id: 'order', skipped: true, done: false })
    expect(body.refund).toMatchObject({ amount: 268_000, approval: null })
    expect(done(body, 'refund')).toEqual(['started'])
  })

  it('takes Feishu out of reach and brings it back, and notices who else does', async () => {
    const world = await startWorld()
    const me = await visitor(world)
    await me.post('story/start')
    await me.post('story/do', { act: 'offline' })
    const { appId, appSecret } = world.state
    const token = () =>
      fetch(`${world.url}/open-apis/auth/v3/tenant_access_token/internal`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
      })
    await expect(token()).rejects.toThrow()
    const { body } = await me.post('story/do', { act: 'orders' })
    expect(body.outage).toMatchObject({ offline: true, back: false })
    expect(body.outage.orders).toHaveLength(5)
    expect(done(body, 'outage')).toEqual(['offline', 'orders'])
    const other = { kind: 'http_429', route: 'POST /open-apis/im/v1/messages' }
    await world.control('faults', other)
    await me.post('story/do', { act: 'online' })
    const after = await me.story()
    expect(done(after, 'outage')).toEqual(['offline', 'orders', 'online'])
    expect((await token()).status).toBe(200)
    const left: Loose = await (await fetch(`${world.url}/_control/faults`)).json()
    expect(left.faults).toMatchObject([other])
    await me.post('story/steps/outage/repeat')
    expect(done(await me.story(), 'outage')).toEqual([])
    await world.control('faults', { kind: '5xx', family: 'feishu' })
    expect(done(await me.story(), 'outage')).toEqual(['offline'])
  })

  it('says what is missing instead of pretending', async () => {
    const me = await visitor(await startWorld())
    await me.post('story/start')
    for (const act of ['second', 'approve', 'rename']) {
      const { status, body } = await me.post('story/do', { act })
      expect(status).toBe(409)
      expect(body.msg).not.toBe('')
    }
    expect((await me.post('story/do', { act: 'fly' })).status).toBe(400)
    expect((await me.post('story/steps/fly/skip')).status).toBe(404)
    expect((await me.post('story/steps/order/fly')).status).toBe(404)
  })

  it('forgets a step that is repeated, and everything when it begins anew', async () => {
    const world = await startWorld()
    const me = await visitor(world)
    await me.post('story/start')
    await me.post('story/do', { act: 'order' })
    await world.kernel.clock.advance(10)
    const { body } = await me.post('story/steps/order/repeat')
    expect(done(body, 'order')).toEqual([])
    await me.post('story/do', { act: 'connect' })
    expect(done(await me.story(), 'connect')).toEqual(['read'])
    await me.post('story/start')
    expect(done(await me.story(), 'connect')).toEqual([])
  })

  it('is told to the people of this world only', async () => {
    const stranger = await visitor(await startWorld(), 'nobody')
    for (const path of ['story/start', 'story/do', 'story/steps/order/skip'])
      expect((await stranger.post(path)).status).toBe(401)
    expect((await stranger.story()).msg).not.toBe('')
  })
})

describe('the home page', () => {
  it('counts today’s orders by shop and hour', async () => {
    const world = await startWorld()
    const me = await visitor(world)
    const before = await me.get('home')
    const [orderId] = (await world.control('channels/douyin-shop/orders', { shop_id: '48213462' })).body
      .order_ids
    const home = await me.get('home')
    const goods = (view: Loose) => view.shops.find((shop: Loose) => shop.shop_id === '48213462').orders
    expect(goods(home)).toBe(goods(before) + 1)
    expect(home.hours).toHaveLength(24)
    expect(home.hours.at(-1).orders).toBeGreaterThan(0)
    expect(home.latest.map((order: Loose) => order.order_id)).toContain(orderId)
  })
})
