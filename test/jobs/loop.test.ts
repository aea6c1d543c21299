import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLoop, type Loop, type LoopOutcome } from '#src/jobs/loop.ts'

interface Fixture {
  loop: Loop
  runs: { end(result: LoopOutcome): void; fail(error: unknown): void }[]
  errors: unknown[]
  wake(lane: string): void
}

function fixture(): Fixture {
  const runs: Fixture['runs'] = []
  const errors: unknown[] = []
  const listeners = new Map<string, () => void>()
  const loop = createLoop({
    name: 'rows',
    lanes: ['rows'],
    pollMs: 5000,
    random: () => 0,
    wakeups: {
      on: (lane, fn) => {
        listeners.set(lane, fn)
        return () => listeners.delete(lane)
      },
    },
    run: () => new Promise((resolve, reject) => runs.push({ end: resolve, fail: reject })),
    onError: (error) => errors.push(error),
  })
  return { loop, runs, errors, wake: (lane) => listeners.get(lane)?.() }
}

async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

describe('a loop', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('runs at once when started, and again at once while there is more', async () => {
    vi.useFakeTimers()
    const { loop, runs } = fixture()
    loop.start()
    runs[0]?.end('more')
    await settle()
    expect(runs).toHaveLength(2)
  })

  it('rests until the poll when idle, or until the next thing is due', async () => {
    vi.useFakeTimers()
    const { loop, runs } = fixture()
    loop.start()
    runs[0]?.end('idle')
    await settle(4999)
    expect(runs).toHaveLength(1)
    await settle(1)
    expect(runs).toHaveLength(2)
    runs[1]?.end({ waitMs: 300 })
    await settle(300)
    expect(runs).toHaveLength(3)
  })

  it('runs at once when its lane is woken', async () => {
    vi.useFakeTimers()
    const { loop, runs, wake } = fixture()
    loop.start()
    runs[0]?.end('idle')
    await settle()
    wake('cards')
    expect(runs).toHaveLength(1)
    wake('rows')
    expect(runs).toHaveLength(2)
  })

  it('never overlaps itself: a wake-up during a run makes one more run after it', async () => {
    vi.useFakeTimers()
    const { loop, runs, wake } = fixture()
    loop.start()
    wake('rows')
    wake('rows')
    await settle(10_000)
    expect(runs).toHaveLength(1)
    runs[0]?.end('idle')
    await settle()
    expect(runs).toHaveLength(2)
    runs[1]?.end('idle')
    await settle()
    expect(runs).toHaveLength(2)
  })

  it('reports a failed run and backs off, however often it is woken meanwhile', async () => {
    vi.useFakeTimers()
    const { loop, runs, errors, wake } = fixture()
    loop.start()
    runs[0]?.fail(new Error('down'))
    await settle()
    wake('rows')
    await settle(499)
    expect(runs).toHaveLength(1)
    await settle(1)
    expect(runs).toHaveLength(2)
    runs[1]?.fail(new Error('still down'))
    await settle(999)
    expect(runs).toHaveLength(2)
    await settle(1)
    expect(runs).toHaveLength(3)
    expect(errors).toHaveLength(2)
  })

  it('also survives a run that throws before it returns a promise', async () => {
    vi.useFakeTimers()
    const errors: unknown[] = []
    const loop = createLoop({
      name: 'rows',
      lanes: [],
      pollMs: 10,
      wakeups: { on: () => () => undefined },
      run: () => {
        throw new Error('at once')
      },
      onError: (error) => errors.push(error),
    })
    loop.start()
    await settle()
    expect(errors).toHaveLength(1)
    await loop.stop()
  })

  it('waits for the current run when stopped, and does not run again', async () => {
    vi.useFakeTimers()
    const { loop, runs, wake } = fixture()
    loop.start()
    let stopped = false
    const stopping = loop.stop().then(() => {
      stopped = true
    })
    await settle()
    expect(stopped).toBe(false)
    runs[0]?.end('more')
    await stopping
    wake('rows')
    loop.nudge()
    await settle(60_000)
    expect(runs).toHaveLength(1)
  })
})
