import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '#src/clock.ts'
import { tasks } from '#src/db/schema/index.ts'
import { createWakeups, type Wakeups } from '#src/db/wake.ts'
import { AppError, DataError } from '#src/errors.ts'
import { createJobs, type Jobs, type JobsDeps } from '#src/jobs/jobs.ts'
import type { Task } from '#src/jobs/task.ts'
import { silentLogger } from '#src/log.ts'
import { useDatabase } from '../support/database.ts'
import { createGate } from '../support/gate.ts'

const start = Date.UTC(2026, 10, 21, 4)

describe('tasks', () => {
  const database = useDatabase()
  let clock: ReturnType<typeof fixedClock>
  let wakeups: Wakeups
  let running: Jobs[] = []

  beforeEach(async () => {
    clock = fixedClock(start)
    wakeups = createWakeups(database.url)
    await wakeups.ready
  })
  afterEach(async () => {
    for (const jobs of running) await jobs.stop()
    running = []
    await wakeups.close()
    await database.db.delete(tasks)
  })

  const jobsWith = async (handler: (task: Task) => Promise<void>, more: Partial<JobsDeps> = {}) => {
    const jobs = createJobs({ database, wakeups, clock, log: silentLogger, random: () => 0.5, ...more })
    jobs.registerTasks({ 'refund-review.execute': handler })
    await jobs.start()
    running.push(jobs)
    return jobs
  }
  const enqueue = (jobs: Jobs, more: { key?: string; at?: number; input?: Record<string, unknown> } = {}) =>
    database.db.transaction((tx) =>
      jobs.enqueueTask(tx, { job: 'refund-review.execute', key: 'r1', input: {}, trace: 't1', ...more }),
    )
  /** The task once the worker has written its result: the claim is released after that. */
  const settled = async (key = 'r1') => {
    const read = async () => (await database.db.select().from(tasks).where(eq(tasks.key, key)))[0]
    await expect
      .poll(async () => {
        const task = await read()
        return task === undefined || (task.state === 'new' && task.dueAt <= clock.now())
      })
      .toBe(false)
    return read()
  }

  it('run once with their input as soon as the transaction commits', async () => {
    const ran = createGate<Task>()
    const jobs = await jobsWith(async (task) => ran.pass(task))
    await enqueue(jobs, { input: { refundNo: 'r1' } })
    expect(await ran.next()).toMatchObject({ key: 'r1', input: { refundNo: 'r1' }, trace: 't1', attempts: 0 })
    expect(await settled()).toMatchObject({ state: 'done', doneAt: start, error: null })
    expect(ran.passed).toHaveLength(1)
  })

  it('leave no trace when the transaction is rolled back', async () => {
    const ran = createGate<Task>()
    const jobs = await jobsWith(async (task) => ran.pass(task))
    const rolledBack = database.db.transaction(async (tx) => {
      await jobs.enqueueTask(tx, { job: 'refund-review.execute', key: 'r0', input: {}, trace: 't' })
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await enqueue(jobs)
    await ran.next()
    expect(ran.passed.map((task) => task.key)).toEqual(['r1'])
  })

  it('are tried again after the wait that the back-off says, not before', async () => {
    const tries = createGate<Task>()
    const jobs = await jobsWith(async (task) => {
      tries.pass(task)
      if (task.attempts < 2) throw new AppError('erp_down', 'The ERP does not answer', { retry: 'backoff' })
    })
    await enqueue(jobs)
    await tries.next()
    expect(await settled()).toMatchObject({
      state: 'new',
      attempts: 1,
      firstFailedAt: start,
      dueAt: start + 500,
      error: { code: 'erp_down' },
    })
    clock.advance(499)
    await jobs.sweep()
    expect(tries.passed).toHaveLength(1)
    clock.advance(1)
    await jobs.sweep()
    await tries.next()
    expect(await settled()).toMatchObject({ attempts: 2, dueAt: start + 1500, firstFailedAt: start })
    clock.advance(1000)
    await jobs.sweep()
    await tries.next()
    expect(await settled()).toMatchObject({ state: 'done', attempts: 0, firstFailedAt: null, error: null })
  })

  it('are given up with the last error when trying again is useless, and somebody is told', async () => {
    const told: string[] = []
    const jobs = await jobsWith(
      async () => {
        throw new DataError('refund_unreadable', 'No such refund')
      },
      {
        onDead: async (tx, task, error) => {
          await tx.execute(sql`select 1`)
          told.push(`${task.key} ${error.code}`)
        },
      },
    )
    await enqueue(jobs)
    expect(await settled()).toMatchObject({ state: 'dead', error: { code: 'refund_unreadable' } })
    expect(told).toEqual(['r1 refund_unreadable'])
  })

  it('are given up after 72 hours of trying, and start anew when asked for again', async () => {
    const ran = createGate<Task>()
    const jobs = await jobsWith(async (task) => {
      ran.pass(task)
      throw new Error('still down')
    })
    await enqueue(jobs)
    await ran.next()
    await settled()
    clock.advance(72 * 3_600_000)
    await jobs.sweep()
    await ran.next()
    expect(await settled()).toMatchObject({ state: 'dead', attempts: 2 })
    await enqueue(jobs)
    expect(await ran.next()).toMatchObject({ attempts: 0 })
    expect(await settled()).toMatchObject({ state: 'new', attempts: 1, firstFailedAt: clock.now() })
  })

  it('wait for the instant they were asked for', async () => {
    const ran = createGate<Task>()
    const jobs = await jobsWith(async (task) => ran.pass(task))
    await enqueue(jobs, { at: start + 60_000 })
    expect(await jobs.sweep()).toEqual({ waitMs: 60_000 })
    clock.advance(60_000)
    await jobs.sweep()
    await ran.next()
    expect(await settled()).toMatchObject({ state: 'done' })
  })

  it('run again when asked for during a run, with the new input, and never two at a time', async () => {
    const ran = createGate<Task>()
    const release = createGate<void>()
    let atOnce = 0
    let mostAtOnce = 0
    const jobs = await jobsWith(async (task) => {
      atOnce += 1
      mostAtOnce = Math.max(mostAtOnce, atOnce)
      ran.pass(task)
      await release.next()
      atOnce -= 1
    })
    await enqueue(jobs, { input: { n: 1 } })
    await ran.next()
    await enqueue(jobs, { input: { n: 2 } })
    await enqueue(jobs, { input: { n: 3 } })
    release.pass()
    expect((await ran.next()).input).toEqual({ n: 3 })
    release.pass()
    expect(await settled()).toMatchObject({ state: 'done', wanted: 3 })
    expect(ran.passed).toHaveLength(2)
    expect(mostAtOnce).toBe(1)
  })

  it('can put themselves off: enqueued by their own run for later, they wait', async () => {
    const ran = createGate<Task>()
    const jobs: Jobs = await jobsWith(async (task) => {
      if (ran.passed.length === 0) await enqueue(jobs, { at: start + 300_000 })
      ran.pass(task)
    })
    await enqueue(jobs)
    await ran.next()
    expect(await settled()).toMatchObject({ state: 'new', dueAt: start + 300_000, attempts: 0 })
    expect(ran.passed).toHaveLength(1)
  })

  it('run once although two processes are offered the same one', async () => {
    const ran = createGate<string>()
    const first = await jobsWith(async () => ran.pass('first'))
    const second = await jobsWith(async () => ran.pass('second'))
    await enqueue(first)
    await Promise.all([first.sweep(), second.sweep()])
    await settled()
    await enqueue(second, { key: 'r2' })
    await settled('r2')
    expect(ran.passed).toHaveLength(2)
  })

  it('run again at once when the process that ran them lost its connection or died', async () => {
    const ran = createGate<string>()
    const never = new Promise<void>(() => undefined)
    const dying = await jobsWith(async () => {
      ran.pass('dying')
      await never
    })
    await enqueue(dying)
    await ran.next()
    const surviving = await jobsWith(async () => ran.pass('surviving'))
    await surviving.sweep()
    expect(ran.passed).toEqual(['dying'])
    await database.db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'huiliu-tasks' and datname = current_database()`,
    )
    const again = ran.next()
    // Both may get the trigger; the dying one still thinks that it runs the task and leaves it.
    await expect
      .poll(async () => {
        await surviving.sweep()
        return ran.passed.length
      })
      .toBe(2)
    expect(await again).toBe('surviving')
    expect(await settled()).toMatchObject({ state: 'done' })
  })

  it('of a process that starts no jobs are run by one that does', async () => {
    const ran = createGate<Task>()
    await jobsWith(async (task) => ran.pass(task))
    const commandLine = createJobs({ database, wakeups, clock, log: silentLogger })
    await enqueue(commandLine)
    expect((await ran.next()).key).toBe('r1')
    await commandLine.stop()
  })

  it('of a job that this version does not know are kept and tried again', async () => {
    const jobs = await jobsWith(async () => undefined)
    await database.db.transaction((tx) =>
      jobs.enqueueTask(tx, { job: 'gone.job', key: 'x', input: {}, trace: 't' }),
    )
    expect(await settled('x')).toMatchObject({ state: 'new', error: { code: 'task_unknown_job' } })
  })
})
