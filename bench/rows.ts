/** Bitable calls of the table writer for 10,000 order changes, through the whole product, against the possible minimum. */
import { atMost, type Figure } from './kit/report.ts'
import { type Product, type Sandbox, startProduct, startSandbox, until } from './kit/world.ts'

const changes = 10_000
/** Records of one write, as the product is configured by default. */
const batchSize = 500
const minimum = changes / batchSize
const part = 'rows'

export async function measureRows(): Promise<Figure[]> {
  const sandbox = await startSandbox({ rowCap: 2 * changes })
  try {
    const product = await startProduct(sandbox, { rowCap: 2 * changes })
    try {
      await until('the first pull is over', () => isSettled(product), { withinMs: 60_000 })
      const created = await counted(product, 'create', async () => {
        // Announced like any other order, as the channel's burst after a live show.
        for (let i = 0; i < changes / 1000; i += 1) await announce(sandbox)
      })
      return [
        { part, name: `${changes} new orders: calls that write rows`, value: String(created.writes) },
        ratio('ratio of all Bitable calls to the minimum', created.all),
      ]
    } finally {
      await product.stop()
    }
  } finally {
    await sandbox.stop()
  }
}

const announce = (sandbox: Sandbox) => sandbox.post('channels/douyin-shop/orders', { count: 1000 })

function ratio(name: string, calls: number): Figure {
  const value = calls / minimum
  return { part, name, value: value.toFixed(2), goal: atMost(value, 1.1) }
}

async function isSettled(product: Product): Promise<boolean> {
  const { eventsNew, fetchesNew, inboxNew, rowsBehind } = await product.backlog()
  return eventsNew === 0 && fetchesNew === 0 && inboxNew === 0 && rowsBehind === 0
}

async function counted(
  product: Product,
  operation: string,
  act: () => Promise<void>,
): Promise<{ writes: number; all: number }> {
  const rows = () => product.metric('huiliu_bitable_rows_total', `operation="${operation}"`)
  const writes = () => product.metric('huiliu_bitable_calls_total', `operation="${operation}"`)
  const all = () => product.metric('huiliu_bitable_calls_total')
  const before = { rows: await rows(), writes: await writes(), all: await all() }
  await act()
  await until(`${changes} rows written`, async () => (await rows()) - before.rows >= changes, {
    withinMs: 300_000,
  })
  await until('everything is settled', () => isSettled(product), { withinMs: 60_000 })
  return { writes: (await writes()) - before.writes, all: (await all()) - before.all }
}
