/** The whole product over the whole sandbox, in one process: real HTTP, real SDK, real PostgreSQL, real signatures. */
import { isNotNull } from 'drizzle-orm'
import { afterAll, beforeAll, vi } from 'vitest'
import { connectEvents, connectPushes } from '#src/cli/connect-pushes.ts'
import { installationSchema } from '#src/config/installation.ts'
import type { Config, FeishuConfig } from '#src/config.ts'
import { type Database, openDatabase } from '#src/db/database.ts'
import { cursors } from '#src/db/schema/index.ts'
import { fetchWorldState, type WorldState, worldFrom } from '#src/demo/world.ts'
import { createMachine } from '#src/machine/machine.ts'
import { content, demo } from '#src/main.ts'
import { readBacklog } from '#src/ops/backlog.ts'
import { buildSandbox, type Sandbox } from '../../sandbox/server.ts'
import { createDatabase } from './database.ts'
import { type MovingClock, movingClock } from './moving-clock.ts'
import { createTestLog, type LogLine } from './test-log.ts'
import { until } from './until.ts'
import { createWorldControl, type WorldControl } from './world-control.ts'

type ProductConfig = Config & { feishu: FeishuConfig }

export interface ProductOptions {
  transport?: 'long-connection' | 'webhook'
  /** Changes the settings the sandbox's world gives, e.g. a shop's payer or link template. */
  configure?(config: ProductConfig, state: WorldState): ProductConfig
  sandbox?: NonNullable<Parameters<typeof buildSandbox>[0]>
  pollSeconds?: number
  /** false: the channels announce nothing, everything is pulled. */
  pushes?: boolean
  /** false: return while Feishu (or the first pull) is not ready yet. */
  wait?: boolean
  /** Runs after the sandbox listens and before the product starts. */
  prepare?(control: WorldControl): Promise<void>
}

export interface Product extends WorldControl {
  /** Address of the product. */
  address: string
  sandbox: Sandbox
  config: ProductConfig
  databaseUrl: string
  /** Moves the sandbox's time and the product's together. */
  advance(ms: number): Promise<void>
  /** Waits until nothing is left to do: inbox, events, fetches, rows, cards and cases are all settled. */
  settled(): Promise<void>
  /** GET on the product. */
  ask(path: string): Promise<{ status: number; text: string }>
  /** Everything the product logged so far. */
  log(): readonly LogLine[]
  logText(): string
  /** Ends the product as Ctrl-C would and starts another on the same database and sandbox. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const busy = ['inboxNew', 'eventsNew', 'fetchesNew', 'rowsBehind', 'cardsBehind', 'casesWanted'] as const

/** Starts sandbox and product and waits until the first pull is done and nothing waits. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const settings = { ordersPerMinute: 0, ...options.sandbox?.settings }
  const sandbox = await buildSandbox({ seed: 7, statePath: null, ...options.sandbox, settings })
  const sandboxUrl = await sandbox.listen(0)
  const control = createWorldControl(sandboxUrl, await fetchWorldState(sandboxUrl))
  await options.prepare?.(control)
  const state = await fetchWorldState(sandboxUrl)
  const databaseUrl = await createDatabase()
  const clock = movingClock()
  const written = createTestLog()
  const config = configOf(sandboxUrl, state, options)
  const launch = async () => {
    const database = openDatabase(databaseUrl)
    const machine = createMachine({
      config,
      people: worldFrom(sandboxUrl, state, demo).people,
      content,
      database,
      secretKey: Buffer.alloc(32, 7).toString('base64'),
      pollSeconds: options.pollSeconds ?? 1,
      clock,
      log: written.log,
      version: 'test',
    })
    const address = await machine.start()
    await connect(control, { address, config, options })
    const stop = async () => {
      await machine.stop()
      await database.close()
    }
    return { address, database, stop }
  }
  let running = await launch()

  const settled = async () => {
    await until('nothing is left to do', async () => {
      const backlog = await readBacklog(running.database.db)
      return busy.every((name) => backlog[name] === 0)
    })
  }
  const product: Product = {
    ...control,
    sandbox,
    config,
    databaseUrl,
    get address() {
      return running.address
    },
    advance: (ms) => advance(sandbox, clock, ms),
    settled,
    ask: async (path) => {
      const answer = await fetch(`${running.address}${path}`)
      return { status: answer.status, text: await answer.text() }
    },
    log: written.lines,
    logText: written.text,
    async restart() {
      await running.stop()
      running = await launch()
      await ready(product)
    },
    async stop() {
      await running.stop()
      await sandbox.close()
      written.remove()
    },
  }
  if (options.wait !== false) {
    await ready(product)
    await firstPulls(product, running.database)
    await settled()
  }
  return product
}

function configOf(sandboxUrl: string, state: WorldState, options: ProductOptions): ProductConfig {
  const world = worldFrom(sandboxUrl, state, demo)
  const transport = options.transport ?? 'long-connection'
  const config: ProductConfig = {
    mode: 'demo',
    transport,
    dataDir: '/nonexistent',
    host: '127.0.0.1',
    port: 0,
    sandboxPort: 0,
    logLevel: 'debug',
    bitable: installationSchema.parse({}).bitable,
    ...world.config,
    feishu: { ...world.config.feishu, transport },
  }
  return options.configure?.(config, state) ?? config
}

/** What an administrator enters in the consoles: the shops' push address, and with a webhook Feishu's request URLs. */
async function connect(
  control: WorldControl,
  { address, config, options }: { address: string; config: ProductConfig; options: ProductOptions },
): Promise<void> {
  await connectEvents(control.sandboxUrl, address, config.transport)
  if (options.pushes !== false) await connectPushes(control.sandboxUrl, address, config.shops)
}

async function advance(sandbox: Sandbox, clock: MovingClock, ms: number): Promise<void> {
  clock.advance(ms)
  await sandbox.kernel.clock.advance(ms)
}

async function ready(product: Product): Promise<void> {
  await until('the product is ready', async () => (await product.ask('/readyz')).status === 200)
}

/** Every resource was pulled up to now once, so what comes from here on is news and no history. */
async function firstPulls(product: Product, database: Database): Promise<void> {
  const accounts = new Set(product.config.shops.flatMap((shop) => shop.erpSystem ?? []))
  const resources = 2 * (product.config.shops.length + accounts.size)
  await until('the first pulls are done', async () => {
    const done = await database.db.select().from(cursors).where(isNotNull(cursors.firstPullDoneAt))
    return done.length >= resources
  })
}

/** A product for this test file or `describe`; what it returns works from `beforeAll` on. */
export function useProduct(options: ProductOptions = {}): () => Product {
  let product: Product | undefined
  // Journeys wait out real retries; on a busy machine several of them in a row.
  vi.setConfig({ testTimeout: 180_000 })
  beforeAll(async () => {
    product = await startProduct(options)
  }, 120_000)
  afterAll(() => product?.stop())
  return () => {
    if (product === undefined) throw new Error('The product is only there inside hooks and tests')
    return product
  }
}
