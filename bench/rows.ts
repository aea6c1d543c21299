/** Bitable calls of the table writer for 10,000 order changes, through the whole product, against the possible minimum. */
import { atMost, type Figure } from './kit/report.ts'
import { type Product, startProduct, startSandbox, until } from './kit/world.ts'

const changes = 10_000
/** Records of one write, as the product is configured by default. */
const batchSize = 500
const part = 'rows'

export async function measureRows(): Promise<Figure[]> {
  const sandbox = await startSandbox({ rowCap: 3 * changes })
  try {
    await sandbox.post('channels/douyin-shop/bulk', { count: changes, days: 2 })
    const product = await startProduct(sandbox, { rowCap: 3 * changes })
    try {
      const created = await counted(product, { created: changes }, async () => undefined)
      const changed = await counted(product, { updated: changes }, async () => {
        await sandbox.post('channels/douyin-shop/bulk/advance', { count: changes })
      })
      return [
        // Few of the demo's own orders change meanwhile; those single updates are not about the new rows.
        ratio(`${changes} new orders`, created.created, created.creates + created.reads),
        ratio(
          `${changes} changed orders`,
          changed.updated,
          changed.updates + changed.creates + changed.reads,
        ),
      ]
    } finally {
      await product.stop()
    }
  } finally {
    await sandbox.stop()
  }
}

interface Counts {
  /** Rows written. */
  created: number
  updated: number
  /** Write calls for the table of orders. */
  creates: number
  updates: number
  /** Searches and reads of any table. */
  reads: number
}

function ratio(name: string, rows: number, calls: number): Figure {
  const minimum = Math.ceil(rows / batchSize)
  const value = Number((calls / minimum).toFixed(2))
  return {
    part,
    name: `${name}: calls to minimum (${calls} to ${minimum})`,
    value: value.toFixed(2),
    goal: atMost(value, 1.1),
  }
}

async function isSettled(product: Product): Promise<boolean> {
  const { eventsNew, fetchesNew, inboxNew, rowsBehind } = await product.backlog()
  return eventsNew === 0 && fetchesNew === 0 && inboxNew === 0 && rowsBehind === 0
}

async function readCounts(product: Product): Promise<Counts> {
  const sum = (operation: string, what: string) =>
    product.metric(`huiliu_bitable_${what}_total`, `operation="${operation}"`)
  const attempts = await product.query<{ operation: string; n: string }>(
    `select operation, count(*) as n from row_attempts where table_id = 'orders' group by operation`,
  )
  const calls = (operation: string) => Number(attempts.find((row) => row.operation === operation)?.n ?? 0)
  return {
    created: await sum('create', 'rows'),
    updated: await sum('update', 'rows'),
    creates: calls('create'),
    updates: calls('update'),
    reads: (await sum('search', 'calls')) + (await sum('read', 'calls')),
  }
}

async function counted(
  product: Product,
  expected: Partial<Counts>,
  act: () => Promise<void>,
): Promise<Counts> {
  const before = await readCounts(product)
  const since = async (): Promise<Counts> => {
    const now = await readCounts(product)
    return {
      created: now.created - before.created,
      updated: now.updated - before.updated,
      creates: now.creates - before.creates,
      updates: now.updates - before.updates,
      reads: now.reads - before.reads,
    }
  }
  const isWritten = async () => {
    const { created, updated } = await since()
    return created >= (expected.created ?? 0) && updated >= (expected.updated ?? 0)
  }
  await act()
  await until('the rows are written', isWritten, { withinMs: 240_000, everyMs: 500 })
  await until('everything is settled', () => isSettled(product), { withinMs: 60_000 })
  return since()
}
