import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startWorld, type WorldSandbox } from './world-sandbox.ts'

interface Received {
  headers: IncomingHttpHeaders
  body: string
  messages: { tag: string; msg_id: string; data: string }[]
}

interface Receiver {
  url: string
  received: Received[]
  /** What the next pushes get as an answer; the last one stays. */
  answers: string[]
  /** Resolves once so many messages (not pushes: a push may carry several) are here. */
  arrived(count: number): Promise<Received[]>
}

const acknowledged = '{"code":0,"msg":"success"}'

async function receiver(): Promise<Receiver> {
  const received: Received[] = []
  const answers = [acknowledged]
  const total = () => received.reduce((sum, one) => sum + one.messages.length, 0)
  const waiting: { count: number; resolve: (all: Received[]) => void }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ headers: request.headers, body, messages: JSON.parse(body) })
      response.end(answers.length > 1 ? answers.shift() : answers[0])
      for (const one of waiting) if (total() >= one.count) one.resolve(received)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`,
    received,
    answers,
    arrived: (count) =>
      new Promise((resolve) => (total() >= count ? resolve(received) : waiting.push({ count, resolve }))),
  }
}

async function pushedWorld(): Promise<{ world: WorldSandbox; to: Receiver }> {
  const world = await startWorld()
  const to = await receiver()
  world.kernel.settings.pushUrls['douyin-shop'] = to.url
  return { world, to }
}

describe('Doudian pushes', () => {
  it('announce a new order in a signed array whose data holds 64-bit integers', async () => {
    const { world, to } = await pushedWorld()
    const { body } = await world.control('channels/douyin-shop/orders', { count: 1 })
    const [created] = await to.arrived(2)
    const { appKey, appSecret } = world.state.channels['douyin-shop']
    expect(created?.headers['app-id']).toBe(appKey)
    expect(created?.headers['event-sign']).toBe(
      createHash('md5').update(`${appKey}${created?.body}${appSecret}`).digest('hex'),
    )
    const tags = to.received.flatMap(({ messages }) => messages.map(({ tag }) => tag))
    expect(tags.sort()).toEqual(['100', '101'])
    const message = to.received.flatMap(({ messages }) => messages).find(({ tag }) => tag === '100')
    expect(message?.data).toContain(`"p_id":${body.order_ids[0]}`)
  })

  it('come several to an array in a burst, none lost', async () => {
    const { world, to } = await pushedWorld()
    const { body } = await world.control('channels/douyin-shop/orders', { count: 30 })
    const pushes = await to.arrived(60)
    expect(pushes.length).toBeLessThan(10)
    const created = pushes.flatMap(({ messages }) => messages).filter(({ tag }) => tag === '100')
    expect(created.map(({ data }) => /"p_id":(\d+)/.exec(data)?.[1]).sort()).toEqual(
      [...body.order_ids].sort(),
    )
  })

  it('are sent again, the same message, until they are acknowledged', async () => {
    const { world, to } = await pushedWorld()
    to.answers.unshift('{"code":40041,"message":"busy"}')
    await world.control('channels/douyin-shop/orders', { status: 1 })
    const [first] = await to.arrived(1)
    // The retry is booked only once the refusal has been read: let real answers pass, then move the time on.
    while (to.received.length < 2) {
      await world.effects()
      await world.kernel.clock.advance(60_000)
    }
    expect(to.received[1]?.messages).toEqual(first?.messages)
    await world.kernel.clock.advance(24 * 3_600_000)
    expect(to.received).toHaveLength(2)
  })

  it('follow a refund from the request to the money', async () => {
    const { world, to } = await pushedWorld()
    const [orderId] = (await world.control('channels/douyin-shop/orders', {})).body.order_ids
    const refund = (await world.control('channels/douyin-shop/refunds', { order_id: orderId })).body
    await world.control(`channels/douyin-shop/refunds/${refund.aftersale_id}/amount`, { amount: 500 })
    await world.control(`channels/douyin-shop/refunds/${refund.aftersale_id}/withdraw`)
    const all = (await to.arrived(5)).flatMap(({ messages }) => messages)
    expect(all.map(({ tag }) => tag).sort()).toEqual(['100', '101', '200', '207', '208'])
    expect(all.find(({ tag }) => tag === '208')?.data).toContain('"refund_amount":500')
  })

  it('come twice or late when asked to, always with the same msg_id for the same message', async () => {
    const { world, to } = await pushedWorld()
    await world.control('channels/douyin-shop/push-options', { duplicate: 1, reorder: 1 })
    await world.control('channels/douyin-shop/orders', { count: 5, status: 1 })
    await world.kernel.clock.advance(20_000)
    const messages = (await to.arrived(10)).flatMap((one) => one.messages)
    const counts = Map.groupBy(messages, ({ msg_id }) => msg_id)
    expect([...counts.values()].map((same) => same.length)).toEqual([2, 2, 2, 2, 2])
  })

  it('check the address with tag 0', async () => {
    const { world, to } = await pushedWorld()
    await world.control('channels/douyin-shop/push-check')
    const [check] = await to.arrived(1)
    expect(check?.messages).toMatchObject([{ tag: '0', msg_id: '0' }])
  })

  it('are silent without an address, and for the history', async () => {
    const { world, to } = await pushedWorld()
    await world.kernel.reset(3)
    expect(to.received).toEqual([])
    delete world.kernel.settings.pushUrls['douyin-shop']
    expect((await world.control('channels/douyin-shop/orders', {})).status).toBe(200)
    expect(to.received).toEqual([])
  })
})
