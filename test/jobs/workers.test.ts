import { describe, expect, it } from 'vitest'
import type { LoopOutcome } from '#src/jobs/loop.ts'
import { createWorkers } from '#src/jobs/workers.ts'
import { createGate } from '../support/gate.ts'

interface Run {
  worker: number
  end(outcome: LoopOutcome): void
}

function startWorkers(count: number) {
  const runs = createGate<Run>()
  const listeners = new Set<() => void>()
  const workers = createWorkers({
    name: 'test',
    count,
    lanes: ['lane'],
    wakeups: {
      on: (_lane, fn) => {
        listeners.add(fn)
        return () => listeners.delete(fn)
      },
    },
    pollMs: 600_000,
    run: (worker) => new Promise((end) => runs.pass({ worker, end })),
    onError: (error) => {
      throw error
    },
  })
  workers.start()
  const wake = () => {
    for (const fn of listeners) fn()
  }
  return { workers, runs, wake, listeners }
}

/** Lets every worker end the run it begins with. */
async function settled(started: ReturnType<typeof startWorkers>, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) (await started.runs.next()).end('idle')
  await new Promise(setImmediate)
}

describe('workers', () => {
  it('start one idle worker per wake-up', async () => {
    const started = startWorkers(3)
    await settled(started, 3)
    started.wake()
    const first = await started.runs.next()
    started.wake()
    const second = await started.runs.next()
    expect(second.worker).not.toBe(first.worker)
    expect(started.runs.passed).toHaveLength(5)
    first.end('idle')
    second.end('idle')
    await started.workers.stop()
  })

  it('look again after a run during which something arrived', async () => {
    const started = startWorkers(1)
    await settled(started, 1)
    started.wake()
    const run = await started.runs.next()
    started.wake()
    run.end('idle')
    ;(await started.runs.next()).end('idle')
    await started.workers.stop()
  })

  it('are helped by an idle one when there is more than one can do', async () => {
    const started = startWorkers(2)
    await settled(started, 2)
    started.wake()
    const alone = await started.runs.next()
    alone.end('more')
    const both = [await started.runs.next(), await started.runs.next()]
    expect(new Set(both.map((run) => run.worker)).size).toBe(2)
    for (const run of both) run.end('idle')
    await started.workers.stop()
    expect(started.listeners.size).toBe(0)
  })
})
