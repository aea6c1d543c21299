import type { Clock } from '#src/clock.ts'
import type { Db, Tx } from '#src/db/database.ts'
import { type Wakeups, wake } from '#src/db/wake.ts'
import { messageOf } from '#src/errors.ts'
import type { Logger } from '#src/log.ts'
import { createClaims } from './claim.ts'
import { writeTask } from './enqueue.ts'
import { createLoop, type LoopOutcome } from './loop.ts'
import { runTask } from './run-task.ts'
import { createRunner } from './runner.ts'
import { createSchedules, type ScheduleRequest } from './schedules.ts'
import { purgeDone, sweep } from './sweep.ts'
import type { OnDead, TaskHandler, TaskRequest } from './task.ts'
import { createTriggerQueue } from './trigger-queue.ts'

export interface JobsDeps {
  database: { url: string; db: Db }
  wakeups: Pick<Wakeups, 'on'>
  clock: Clock
  log: Logger
  onDead?: OnDead
  /** Tasks this process runs at once; 16 when absent. */
  concurrency?: number
  random?: () => number
}

export interface Jobs {
  /** What runs the tasks of each job; before `start`. */
  registerTasks(handlers: Readonly<Record<string, TaskHandler>>): void
  /** @throws DataError `schedule_invalid`; before `start` */
  schedule(schedule: ScheduleRequest): void
  /**
   * Wants the work done, if the transaction commits. Works in processes that do not start jobs too: a process that
   * does is woken.
   */
  enqueueTask(tx: Tx, request: TaskRequest): Promise<void>
  start(): Promise<void>
  /** Waits at most 3 s for running tasks; those cut off run again at the next start. */
  stop(): Promise<void>
  /** One pass of the sweeper, for tests and for operators. */
  sweep(): Promise<LoopOutcome>
}

const sweepEveryMs = 15_000
const purgeEveryMs = 3_600_000
const stopWithinMs = 3000
const lane = 'tasks'

/** Outward work that survives everything: enqueued with its data, run once at a time per key, retried for 72 h. */
export function createJobs(deps: JobsDeps): Jobs {
  const { database, clock, log } = deps
  const handlers = new Map<string, TaskHandler>()
  const queue = createTriggerQueue(database.url, log)
  const claims = createClaims(database.url)
  const run = { ...deps, db: database.db, claims, handlers, onRetry: () => sweeper.nudge() }
  const runner = createRunner(deps.concurrency ?? 16, (id) =>
    runTask(run, id).catch((error: unknown) =>
      log.warn({ task: id, error: messageOf(error) }, 'a task could not be run'),
    ),
  )
  let started = false
  let purgedAt = 0

  const enqueueTask = async (tx: Tx, request: TaskRequest) => {
    const now = clock.now()
    const { id, dueAt } = await writeTask(tx, request, now)
    if (started && dueAt <= now) await queue.send(tx, id)
    else await wake(tx, lane)
  }
  const schedules = createSchedules({ ...deps, db: database.db, latestSlot: queue.latestSlot, enqueueTask })
  const sweepOnce = async () => {
    const now = clock.now()
    if (now - purgedAt >= purgeEveryMs) {
      purgedAt = now
      await purgeDone(database.db, now)
    }
    return sweep(database.db, queue, now)
  }
  const sweeper = createLoop({
    name: 'tasks',
    lanes: [lane],
    wakeups: deps.wakeups,
    pollMs: sweepEveryMs,
    run: sweepOnce,
    onError: (error) => log.warn({ error: messageOf(error) }, 'due tasks could not be looked up'),
  })
  return {
    registerTasks: (more) => {
      for (const [job, handler] of Object.entries(more)) handlers.set(job, handler)
    },
    schedule: schedules.add,
    enqueueTask,
    sweep: sweepOnce,
    start: async () => {
      await queue.start(runner.offer)
      started = true
      await schedules.start()
      sweeper.start()
    },
    stop: async () => {
      await Promise.all([schedules.stop(), sweeper.stop()])
      const drained = runner.stop()
      if (started) await queue.stop()
      started = false
      await within(drained, stopWithinMs)
      await claims.close()
    },
  }
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
