import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Tx } from '#src/db/database.ts'
import { messageOf } from '#src/errors.ts'
import type { Logger } from '#src/log.ts'

/** The queue that says "look at this task now". It may lose or repeat: the tasks table is the truth. */
export interface TriggerQueue {
  start(onTrigger: (id: number) => Promise<void>): Promise<void>
  /** Committed together with the caller's transaction. */
  send(tx: Tx, id: number): Promise<void>
  sendMany(ids: readonly number[]): Promise<void>
  /** Last instant at or before `now` (ms) that a cron expression names, in Asia/Shanghai. */
  latestSlot(cron: string, now: number): number | undefined
  stop(): Promise<void>
}

const queue = 'tasks'
const day = 86_400
const lookbacksMs = [3600, day, 32 * day, 366 * day].map((seconds) => seconds * 1000)

/** Never pg-boss' defaults: they drop work after 14 days, give up after 2 tries and look every 2 s. */
const settings = {
  // At most one trigger per task waits.
  policy: 'short',
  notify: true,
  retryLimit: 20,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 900,
  expireInSeconds: 600,
  heartbeatSeconds: 30,
  retentionSeconds: 400 * day,
  deleteAfterSeconds: 3600,
} as const

export function createTriggerQueue(url: string, log: Logger): TriggerQueue {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'huiliu-queue',
    max: 4,
    schema: 'pgboss',
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: 30,
    maintenanceIntervalSeconds: 300,
  })
  boss.on('error', (error) => log.warn({ error: messageOf(error) }, 'the queue lost its database'))
  boss.on('warning', (warning) => log.debug({ warning: warning.message }, 'the queue has a remark'))
  return {
    start: async (onTrigger) => {
      await boss.start()
      await boss.createQueue(queue, settings)
      const { policy: _, ...changeable } = settings
      await boss.updateQueue(queue, changeable)
      const pace = {
        batchSize: 50,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 2,
        notifyPollingIntervalSeconds: 30,
      }
      await boss.work<{ id: number }>(queue, pace, async (jobs) => {
        for (const job of jobs) await onTrigger(job.data.id)
      })
    },
    send: async (tx, id) => {
      await boss.send(queue, { id }, { singletonKey: String(id), db: fromDrizzle(tx, sql) })
    },
    sendMany: async (ids) => {
      if (ids.length === 0) return
      await boss.insert(
        queue,
        ids.map((id) => ({ data: { id }, singletonKey: String(id) })),
      )
    },
    latestSlot: (cron, now) => latestSlot(boss, cron, now),
    stop: () => boss.stop({ graceful: true, timeout: 2000, close: true }),
  }
}

function latestSlot(boss: PgBoss, cron: string, now: number): number | undefined {
  for (const lookback of lookbacksMs) {
    const slot = lastSlotWithin(boss, cron, { from: now - lookback, to: now })
    if (slot !== undefined) return slot
  }
  return undefined
}

/** The walk only goes forward, so dense expressions are paged through. */
function lastSlotWithin(
  boss: PgBoss,
  cron: string,
  window: { from: number; to: number },
): number | undefined {
  let last: number | undefined
  for (;;) {
    const from = new Date(last ?? window.from - 1)
    const slots = boss.previewSchedule(cron, { tz: 'Asia/Shanghai', from, count: 100 })
    const past = slots.map((slot) => slot.getTime()).filter((slot) => slot <= window.to)
    if (past.length === 0) return last
    last = past.at(-1)
    if (past.length < slots.length) return last
  }
}
