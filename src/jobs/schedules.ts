import { sql } from 'drizzle-orm'
import nodeCron from 'node-cron'
import type { Clock } from '#src/clock.ts'
import type { Db, Tx } from '#src/db/database.ts'
import { settings } from '#src/db/schema/index.ts'
import { DataError, messageOf } from '#src/errors.ts'
import type { Logger } from '#src/log.ts'
import type { TaskRequest } from './task.ts'

export interface ScheduleRequest {
  /** Unique in the installation, e.g. `<playbook>.<schedule>`. */
  id: string
  /** cron expression, Asia/Shanghai */
  cron: string
  job: string
  input: Record<string, unknown>
}

export interface Schedules {
  /** @throws DataError `schedule_invalid` */
  add(schedule: ScheduleRequest): void
  /** Enqueues the last slot that passed while no process was up, then ticks. */
  start(): Promise<void>
  stop(): Promise<void>
}

export interface SchedulesDeps {
  db: Db
  clock: Clock
  log: Logger
  latestSlot(cron: string, now: number): number | undefined
  enqueueTask(tx: Tx, request: TaskRequest): Promise<void>
}

/** node-cron only ticks; which slot it is, and whether this process is the one to enqueue it, the database says. */
export function createSchedules(deps: SchedulesDeps): Schedules {
  const schedules: ScheduleRequest[] = []
  let stopTicking: (() => Promise<void>)[] = []
  const tick = async (schedule: ScheduleRequest) => {
    try {
      await enqueueLatest(deps, schedule)
    } catch (error) {
      // The next tick, or the next start, enqueues the slot.
      deps.log.warn({ schedule: schedule.id, error: messageOf(error) }, 'a schedule could not be enqueued')
    }
  }
  return {
    add: (schedule) => {
      if (!nodeCron.validate(schedule.cron))
        throw new DataError(
          'schedule_invalid',
          `The schedule "${schedule.id}" has no valid cron expression: "${schedule.cron}"`,
        )
      schedules.push(schedule)
    },
    start: async () => {
      for (const schedule of schedules) await enqueueLatest(deps, schedule)
      stopTicking = schedules.map((schedule) => {
        const task = nodeCron.schedule(schedule.cron, () => tick(schedule), {
          timezone: 'Asia/Shanghai',
          noOverlap: true,
          suppressMissedWarning: true,
        })
        return async () => task.destroy()
      })
    },
    stop: async () => {
      for (const stop of stopTicking) await stop()
      stopTicking = []
    },
  }
}

/**
 * Enqueues the newest slot unless it was enqueued before, by whichever process. A schedule that is new starts with
 * the slot after now.
 */
async function enqueueLatest(deps: SchedulesDeps, schedule: ScheduleRequest): Promise<void> {
  const now = deps.clock.now()
  const slot = deps.latestSlot(schedule.cron, now) ?? 0
  await deps.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ fresh: boolean }>(sql`
      insert into ${settings} (key, value, updated_at)
      values (${`schedule:${schedule.id}`}, to_jsonb(${slot}::bigint), ${now})
      on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at
        where (${settings.value})::text::bigint < (excluded.value)::text::bigint
      returning (xmax = 0) as fresh`)
    const [advanced] = rows
    if (advanced === undefined || advanced.fresh) return
    const key = `${schedule.id}@${new Date(slot).toISOString()}`
    await deps.enqueueTask(tx, { job: schedule.job, key, input: schedule.input, trace: key })
  })
}
