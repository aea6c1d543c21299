/** From the channel announcing an order to its card being visible in the group. */
import { setTimeout as sleep } from 'node:timers/promises'
import { distribution, mostWithin } from './kit/distribution.ts'
import { atMost, type Figure } from './kit/report.ts'
import { type Product, type Sandbox, startProduct, startSandbox, until } from './kit/world.ts'

const groups = 8
const feishuLatencyMs = 50
const burst = 500
const part = 'cards'

interface Message {
  message_id: string
  create_time: string
  body: { content: string }
  versions?: { content?: string }[]
}

interface Shop {
  shop_id: string
  chat_id: string
}

export async function measureCards(): Promise<Figure[]> {
  const sandbox = await startSandbox({ latencyMs: feishuLatencyMs })
  try {
    const shops = await openShops(sandbox)
    const product = await startProduct(sandbox)
    try {
      await quiet(product, 60_000)
      // The fast minute comes first: the platform allows 1,000 messages a minute, and the burst needs few.
      const fast = await sustained(sandbox, product, { shops, perSecond: 20, seconds: 45 })
      const burstFigures = await measureBurst(sandbox, product, shops)
      const steady = await sustained(sandbox, product, { shops, perSecond: 12, seconds: 60 })
      return [...steady, ...fast, ...burstFigures]
    } finally {
      await product.stop()
    }
  } finally {
    await sandbox.stop()
  }
}

async function openShops(sandbox: Sandbox): Promise<Shop[]> {
  const shops: Shop[] = []
  for (let i = 0; i < groups; i += 1) {
    shops.push(await sandbox.post<Shop>('channels/douyin-shop/shops', { name: `压测店${i + 1}` }))
  }
  return shops
}

async function quiet(product: Product, withinMs: number): Promise<void> {
  await until(
    'everything is settled',
    async () => {
      const { eventsNew, cardsBehind, fetchesNew, inboxNew, rowsBehind } = await product.backlog()
      return eventsNew === 0 && cardsBehind === 0 && fetchesNew === 0 && inboxNew === 0 && rowsBehind === 0
    },
    { withinMs },
  )
}

interface Load {
  shops: readonly Shop[]
  perSecond: number
  seconds: number
}

/** Orders at an even pace, one group after the other, whatever becomes of the earlier ones. */
async function sustained(sandbox: Sandbox, product: Product, load: Load): Promise<Figure[]> {
  const announced = new Map<string, number>()
  const before = await product.process.usage()
  const startedAt = Date.now()
  const placing: Promise<void>[] = []
  for (let i = 0; i < load.perSecond * load.seconds; i += 1) {
    await sleep(Math.max(0, startedAt + (i * 1000) / load.perSecond - Date.now()))
    const shop = load.shops[i % load.shops.length]
    if (shop !== undefined) placing.push(place(sandbox, shop, announced))
  }
  await Promise.all(placing)
  await quiet(product, 60_000)
  const after = await product.process.usage()
  const latencies = await latenciesOf(sandbox, load.shops, announced)
  const { p50, p99, count } = distribution(latencies)
  const name = `${load.perSecond} orders/s over ${groups} groups`
  const missing = announced.size - count
  const cpu = (after.cpuMs - before.cpuMs) / announced.size
  return [
    { part, name: `${name}: announced to visible p50, ms`, value: p50.toFixed(0) },
    { part, name: `${name}: p99, ms`, value: p99.toFixed(0), goal: atMost(p99, 2000) },
    { part, name: `${name}: orders without a card`, value: String(missing), goal: atMost(missing, 0) },
    { part, name: `${name}: product CPU per order, ms`, value: cpu.toFixed(1) },
  ]
}

async function place(sandbox: Sandbox, shop: Shop, announced: Map<string, number>): Promise<void> {
  const at = Date.now()
  const body = { count: 1, shop_id: shop.shop_id }
  const { order_ids } = await sandbox.post<{ order_ids: string[] }>('channels/douyin-shop/orders', body)
  for (const id of order_ids) announced.set(id, at)
}

/** ms from announcement to the message that first showed the order; orders never shown are left out. */
async function latenciesOf(
  sandbox: Sandbox,
  shops: readonly Shop[],
  announced: ReadonlyMap<string, number>,
): Promise<number[]> {
  const shown = new Map<string, number>()
  for (const shop of shops) {
    for (const message of await messagesOf(sandbox, shop)) {
      for (const orderNo of ordersIn(message)) {
        const at = Number(message.create_time)
        shown.set(orderNo, Math.min(shown.get(orderNo) ?? at, at))
      }
    }
  }
  return [...announced].flatMap(([id, at]) => {
    const visible = shown.get(id)
    return visible === undefined ? [] : [visible - at]
  })
}

const messagesOf = (sandbox: Sandbox, shop: Shop) => sandbox.get<Message[]>(`chats/${shop.chat_id}/messages`)

/** Order numbers are the only 19-digit numbers on a card. */
function ordersIn(message: Message): string[] {
  const first = message.versions?.[0]?.content ?? message.body.content
  return [...new Set(first.match(/\b69\d{17}\b/g) ?? [])]
}

/** Five hundred orders at once into one group. */
async function measureBurst(sandbox: Sandbox, product: Product, shops: readonly Shop[]): Promise<Figure[]> {
  const shop = shops[0]
  if (shop === undefined) throw new Error('a shop is needed')
  const before = new Set((await messagesOf(sandbox, shop)).map((message) => message.message_id))
  const startedAt = Date.now()
  const { order_ids } = await sandbox.post<{ order_ids: string[] }>('channels/douyin-shop/orders', {
    count: burst,
    shop_id: shop.shop_id,
  })
  const fresh = async () =>
    (await messagesOf(sandbox, shop)).filter((message) => !before.has(message.message_id))
  const missingIn = (messages: readonly Message[]) => {
    const shown = new Set(messages.flatMap(ordersIn))
    return order_ids.filter((id) => !shown.has(id)).length
  }
  // What never comes is counted below; how long it takes is what is asked here.
  await until('the burst is visible', async () => missingIn(await fresh()) === 0, {
    withinMs: 90_000,
    everyMs: 500,
  }).catch(() => undefined)
  await quiet(product, 60_000)
  const messages = await fresh()
  const at = messages.map((message) => Number(message.create_time))
  const missing = missingIn(messages)
  const seconds = (Math.max(...at) - startedAt) / 1000
  const pace = mostWithin(at, 1000)
  const name = `${burst} orders at once into one group`
  return [
    { part, name: `${name}: all visible after, s`, value: seconds.toFixed(1), goal: atMost(seconds, 30) },
    { part, name: `${name}: most messages in any second`, value: String(pace), goal: atMost(pace, 5) },
    { part, name: `${name}: messages`, value: String(messages.length) },
    { part, name: `${name}: orders without a line`, value: String(missing), goal: atMost(missing, 0) },
  ]
}
