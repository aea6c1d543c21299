import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock, systemClock } from '#src/clock.ts'
import { settings, tasks } from '#src/db/schema/index.ts'
import { createWakeups, type Wakeups } from '#src/db/wake.ts'
import { createJobs, type Jobs } from '#src/jobs/jobs.ts'
import { silentLogger } from '#src/log.ts'
import { useDatabase } from '../support/database.ts'
import { createGate } from '../support/gate.ts'

/** 2026-11-21 12:00 in Shanghai */
const noon = Date.UTC(2026, 10, 21, 4)
const hour = 3_600_000

describe('schedules', () => {
  const database = useDatabase()
  let clock: ReturnType<typeof fixedClock>
  let wakeups: Wakeups
  let running: Jobs[] = []

  beforeEach(() => {
    clock = fixedClock(noon)
    wakeups = createWakeups(database.url)
  })
  afterEach(async () => {
    for (const jobs of running) await jobs.stop()
    running = []
    await wakeups.close()
    await database.db.delete(tasks)
    await database.db.delete(settings)
  })

  const boot = async (cron = '7 9 * * *') => {
    const jobs = createJobs({ database, wakeups, clock, log: silentLogger })
    jobs.registerTasks({ 'daily.report': async () => undefined })
    jobs.schedule({ id: 'daily.morning', cron, job: 'daily.report', input: { of: 'yesterday' } })
    await jobs.start()
    running.push(jobs)
    return jobs
  }
  const slots = async () => (await database.db.select().from(tasks)).map((task) => task.key).sort()

  it('that are new wait for their next slot', async () => {
    await boot()
    expect(await slots()).toEqual([])
  })

  it('whose slot passed while nothing was up are enqueued at the next start: the last slot, once', async () => {
    await (await boot()).stop()
    clock.advance(72 * hour)
    await boot()
    await boot()
    expect(await slots()).toEqual(['daily.morning@2026-11-24T01:07:00.000Z'])
    clock.advance(hour)
    await boot()
    expect(await slots()).toHaveLength(1)
  })

  it('are in Shanghai time, and may be as rare as once a year', async () => {
    await (await boot('5 0 1 1 *')).stop()
    clock.set(Date.UTC(2027, 11, 31, 16, 5))
    await boot('5 0 1 1 *')
    expect(await slots()).toEqual(['daily.morning@2027-12-31T16:05:00.000Z'])
  })

  it('enqueue the newest slot of a dense expression, also where it pauses for most of the day', async () => {
    await (await boot('* 0-4 * * *')).stop()
    clock.set(Date.UTC(2026, 10, 22, 15, 30))
    await boot('* 0-4 * * *')
    expect(await slots()).toEqual(['daily.morning@2026-11-21T20:59:00.000Z'])
  })

  it('tick: a slot that comes is run', async () => {
    const ran = createGate<string>()
    const jobs = createJobs({ database, wakeups, clock: systemClock, log: silentLogger })
    running.push(jobs)
    jobs.registerTasks({ 'every.second': async (task) => ran.pass(task.key) })
    jobs.schedule({ id: 'tick', cron: '* * * * * *', job: 'every.second', input: {} })
    await jobs.start()
    expect(await ran.next()).toMatch(/^tick@\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z$/)
  })

  it('with an unreadable cron expression are refused by name', () => {
    const jobs = createJobs({ database, wakeups, clock, log: silentLogger })
    const request = { id: 'x', cron: '61 * * * *', job: 'daily.report', input: {} }
    expect(() => jobs.schedule(request)).toThrow(/"x" has no valid cron expression: "61 \* \* \* \*"/)
  })
})
