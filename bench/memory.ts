/** Memory of the product while it takes in a history of 100,000 orders, rows in Bitable included. */
import { atMost, below, type Figure } from './kit/report.ts'
import { startProduct, startSandbox, until } from './kit/world.ts'

const orders = 100_000
/** After so many the caches, pools and compiled code are there. */
const warmUp = 10_000
const megabyte = 1024 * 1024

export async function measureMemory(): Promise<Figure[]> {
  const sandbox = await startSandbox({ rowCap: 2 * orders })
  try {
    await sandbox.post('channels/douyin-shop/bulk', { count: orders, days: 2 })
    const product = await startProduct(sandbox, { rowCap: 2 * orders })
    try {
      const startedAt = Date.now()
      let written = 0
      let warm = 0
      let top = 0
      await until(
        `${orders} orders backfilled`,
        async () => {
          written = await product.metric('huiliu_bitable_rows_total', 'operation="create"')
          const { rss } = await product.process.usage()
          if (written >= warmUp && warm === 0) warm = rss
          top = Math.max(top, rss)
          return written >= orders
        },
        { withinMs: 900_000, everyMs: 1000 },
      )
      const seconds = (Date.now() - startedAt) / 1000
      const growth = Math.round((top - warm) / megabyte)
      const total = Math.round(top / megabyte)
      const figure = { part: 'memory' }
      return [
        { ...figure, name: 'growth after warm-up, MB', value: String(growth), goal: atMost(growth, 50) },
        { ...figure, name: 'most resident memory, MB', value: String(total), goal: below(total, 450) },
        {
          ...figure,
          name: `backfill of ${orders} orders into Bitable, orders/s`,
          value: (orders / seconds).toFixed(0),
        },
      ]
    } finally {
      await product.stop()
    }
  } finally {
    await sandbox.stop()
  }
}
