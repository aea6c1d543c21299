import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineJob, definePlaybook, type JobContext, type Outward } from '#src/contracts/playbook.ts'
import { runJob } from '#src/runtime/run-job.ts'
import { useDatabase } from '../support/database.ts'
import { notes, startRuntime } from './runtime-world.ts'

const database = useDatabase()

async function withJob(run: (ctx: JobContext, input: { no: string }) => Promise<void>) {
  const playbook = definePlaybook({
    id: 'jobs',
    label: '任务',
    tables: [notes],
    cards: {},
    approvals: [],
    on: {},
    actions: {},
    jobs: { work: defineJob({ input: z.object({ no: z.string() }), run }) },
    schedules: [],
  })
  const world = await startRuntime(database, { more: [playbook] })
  const asked: unknown[] = []
  const deps = {
    ...world.deps,
    channel: async (shopId: string, scope: { trace: string }) => {
      asked.push([shopId, scope.trace])
      return { id: 'douyin-shop' } as Outward
    },
    erp: async () => undefined,
    refresh: async (...call: unknown[]) => void asked.push(call),
  }
  return { ...world, asked, run: (job: string, input = {}) => runJob(deps, { job, input, trace: 'trace-7' }) }
}

describe('a job of a playbook', () => {
  it('reaches the outside under its trace, and states results in a transaction', async () => {
    const world = await withJob(async (ctx, { no }) => {
      await ctx.channel('shop-1')
      await ctx.refresh('orders', 'shop-1', no)
      await ctx.transaction(async (tx) => {
        await tx.rows.put(notes, no, { takenBy: tx.trace })
        await tx.enqueue('work', { no }, { key: 'again', at: 5 })
      })
    })
    await world.run('jobs.work', { no: '1' })
    expect(world.asked).toEqual([
      ['shop-1', 'trace-7'],
      ['orders', 'shop-1', '1'],
    ])
    expect(await world.row('1')).toMatchObject({ takenBy: 'trace-7' })
    expect(world.tasks).toEqual([
      { job: 'jobs.work', key: 'again', input: { no: '1' }, trace: 'trace-7', at: 5 },
    ])
  })

  it('rolls back what it states when it throws, and passes the error on', async () => {
    const world = await withJob(async (ctx, { no }) => {
      await ctx.transaction(async (tx) => {
        await tx.rows.put(notes, no, { takenBy: 'x' })
        throw new Error('halfway')
      })
    })
    await expect(world.run('jobs.work', { no: '1' })).rejects.toThrow('halfway')
    expect(await world.row('1')).toBeUndefined()
  })

  it('may only enqueue jobs that exist', async () => {
    const world = await withJob((ctx) => ctx.transaction((tx) => tx.enqueue('nothing', {}, { key: 'k' })))
    await expect(world.run('jobs.work', { no: '1' })).rejects.toMatchObject({ code: 'job_unknown' })
  })

  it.each([
    ['jobs.nothing', {}, 'job_unknown'],
    ['jobs.work', { no: 7 }, 'job_input_invalid'],
  ])('%s with %o fails with %s and is not tried again', async (job, input, code) => {
    const world = await withJob(async () => undefined)
    await expect(world.run(job, input)).rejects.toMatchObject({ code, retry: 'never' })
  })
})
