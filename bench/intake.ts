/** Orders per second from a channel's page, as the connector yields it, to committed canonical rows with their events. */
import { startChild } from './kit/child.ts'
import { median } from './kit/distribution.ts'
import { temporaryFolder } from './kit/folder.ts'
import { atLeast, atMost, type Figure } from './kit/report.ts'
import { startSandbox } from './kit/world.ts'

const fetched = 3000
const copies = 6
const rounds = 3
const part = 'intake'

export async function measureIntake(): Promise<Figure[]> {
  const sandbox = await startSandbox()
  const folder = await temporaryFolder()
  try {
    await sandbox.post('channels/douyin-shop/bulk', { count: fetched, days: 1 })
    const child = await startChild(new URL('./intake/intake-process.ts', import.meta.url), {
      args: [sandbox.url],
      env: { HUILIU_DATA: folder.path },
    })
    try {
      await child.ask({ kind: 'fetch', days: 1 })
      const orders = await child.ask<number>({ kind: 'multiply', times: copies })
      const rates: number[] = []
      const cpu: number[] = []
      let missing = 0
      for (let round = 0; round < rounds; round += 1) {
        await child.ask({ kind: 'empty' })
        const before = await child.usage()
        const { seconds, created } = await child.ask<{ seconds: number; created: number }>({ kind: 'store' })
        const after = await child.usage()
        rates.push(orders / seconds)
        cpu.push(((after.cpuMs - before.cpuMs) / orders) * 1000)
        missing += orders - created
      }
      const again = await child.ask<{ seconds: number }>({ kind: 'store' })
      const rate = median(rates)
      return [
        {
          part,
          name: 'channel page to committed rows and events, orders/s',
          value: rate.toFixed(0),
          goal: atLeast(Math.round(rate), 5000),
        },
        { part, name: 'best round, orders/s', value: Math.max(...rates).toFixed(0) },
        { part, name: 'orders not stored', value: String(missing), goal: atMost(missing, 0) },
        { part, name: 'product CPU per order, µs', value: median(cpu).toFixed(0) },
        {
          part,
          name: 'the same orders again, unchanged, orders/s',
          value: (orders / again.seconds).toFixed(0),
        },
      ]
    } finally {
      await child.stop()
    }
  } finally {
    await sandbox.stop()
    await folder.remove()
  }
}
