import { sql } from 'drizzle-orm'
import type { Clock } from '#src/clock.ts'
import type { Database } from '#src/db/database.ts'
import { apiUsage } from '#src/db/schema/index.ts'
import type { Logger } from '#src/log.ts'

/** Told of every call that left for Feishu: what it was and what it was for. */
export interface Usage {
  count(api: string, purpose: string, ok: boolean): void
}

export interface OwnUsage extends Usage {
  /** Writes what has been counted; a failed write is kept for the next. */
  flush(): Promise<void>
  /** Flushes and stops the timer. */
  close(): Promise<void>
}

interface Counted {
  day: string
  api: string
  purpose: string
  calls: number
  failures: number
}

/** Calls are counted by day of the shops' time zone. */
const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })

/** The budget meter: counts in memory, adds to the table `api_usage` every few seconds. */
export function createUsage(options: {
  database: Pick<Database, 'db'>
  clock: Clock
  log: Logger
  /** ms; default 5,000 */
  everyMs?: number
}): OwnUsage {
  let counted = new Map<string, Counted>()

  const add = (row: Counted) => {
    const key = JSON.stringify([row.day, row.api, row.purpose])
    const known = counted.get(key)
    counted.set(key, {
      ...row,
      calls: row.calls + (known?.calls ?? 0),
      failures: row.failures + (known?.failures ?? 0),
    })
  }

  const write = async (rows: Counted[]) => {
    await options.database.db
      .insert(apiUsage)
      .values(rows)
      .onConflictDoUpdate({
        target: [apiUsage.day, apiUsage.api, apiUsage.purpose],
        set: {
          calls: sql`${apiUsage.calls} + excluded.calls`,
          failures: sql`${apiUsage.failures} + excluded.failures`,
        },
      })
  }

  let underway: Promise<void> = Promise.resolve()
  const flushOnce = async () => {
    const rows = [...counted.values()]
    if (rows.length === 0) return
    counted = new Map()
    try {
      await write(rows)
    } catch (error) {
      rows.forEach(add)
      options.log.warn({ error }, 'api usage not written yet')
    }
  }
  const flush = () => {
    underway = underway.then(flushOnce)
    return underway
  }

  const timer = setInterval(() => void flush(), options.everyMs ?? 5_000)
  timer.unref()
  return {
    count(api, purpose, ok) {
      add({ day: dayOf.format(options.clock.now()), api, purpose, calls: 1, failures: ok ? 0 : 1 })
    },
    flush,
    async close() {
      clearInterval(timer)
      await flush()
    },
  }
}
