import { describe, expect, it } from 'vitest'
import { fixedClock } from '#src/clock.ts'
import { createLimits } from '#src/limits/create-limits.ts'
import type { Limits, Rate } from '#src/limits/types.ts'
import { waitForTurn } from '#src/limits/wait-for-turn.ts'
import { useDatabase } from '../support/database.ts'

const start = 1_790_000_000_000
const database = useDatabase()

/** Sends `count` calls the way a caller does (waiting on the fixed clock) and returns the instants of the calls. */
async function drive(limits: Limits, clock: ReturnType<typeof fixedClock>, rate: Rate, count: number) {
  const sleep = async (ms: number) => clock.advance(ms)
  const instants: number[] = []
  for (let i = 0; i < count; i++) {
    const result = await waitForTurn({ limits, sleep }, [{ key: 'k', rate }], Number.POSITIVE_INFINITY)
    expect(result.ok).toBe(true)
    instants.push(clock.now())
  }
  return instants
}

/** The most calls that fall into any span of `ms`. */
function mostWithin(instants: number[], ms: number) {
  return Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + ms).length))
}

for (const kind of ['memory', 'database'] as const) {
  describe(`limits in the ${kind}`, () => {
    const setUp = async () => {
      if (kind === 'database') await database.pool.query('delete from limits')
      const clock = fixedClock(start)
      const shared = kind === 'database' ? { pool: database.pool } : null
      return { clock, limits: createLimits({ database: shared, clock }) }
    }

    it('lets the burst through at once and then keeps the pace', async () => {
      const { clock, limits } = await setUp()
      const instants = await drive(limits, clock, { perSecond: 2, burst: 3 }, 6)
      expect(instants.map((at) => at - start)).toEqual([0, 0, 0, 500, 1000, 1500])
    })

    it('never sees more than pace plus burst in any second, blocks or not', async () => {
      const { clock, limits } = await setUp()
      const instants = await drive(limits, clock, { perSecond: 36, burst: 4, block: 8 }, 300)
      expect(mostWithin(instants, 1_000)).toBeLessThanOrEqual(48)
      expect((instants.at(-1) ?? 0) - start).toBeLessThan(9_000)
    })

    it('spends a minute quota as unevenly as wanted, and never more than the quota in any minute', async () => {
      const { clock, limits } = await setUp()
      const instants = await drive(limits, clock, { perMinute: 100, block: 7 }, 350)
      expect(instants.filter((at) => at === start).length).toBe(100)
      expect(mostWithin(instants, 60_000)).toBe(100)
      expect((instants.at(-1) ?? 0) - start).toBeLessThanOrEqual(3 * 65_000)
    })

    it('takes nothing when the turn would come too late', async () => {
      const { clock, limits } = await setUp()
      const rate = { perSecond: 1 }
      await limits.acquire('late', rate)
      expect(await limits.acquire('late', rate, { maxWaitMs: 999 })).toEqual({
        reserved: false,
        waitMs: 1_000,
      })
      expect(await limits.acquire('late', rate, { maxWaitMs: 999 })).toEqual({
        reserved: false,
        waitMs: 1_000,
      })
      clock.advance(1_000)
      expect(await limits.acquire('late', rate)).toEqual({ reserved: true, waitMs: 0 })
    })

    it('gives nobody a turn before the end of a pause', async () => {
      const { clock, limits } = await setUp()
      await limits.acquire('paused', { perSecond: 50, burst: 10, block: 5 })
      await limits.pause('paused', start + 3_000)
      expect(await limits.acquire('paused', { perSecond: 50, burst: 10, block: 5 })).toEqual({
        reserved: true,
        waitMs: 3_000,
      })
      clock.advance(3_000)
      expect((await limits.acquire('paused', { perSecond: 50, burst: 10, block: 5 })).waitMs).toBe(0)
    })

    it('counts a call that costs several turns as several', async () => {
      const { limits } = await setUp()
      expect((await limits.acquire('cost', { perSecond: 10, burst: 5 }, { cost: 5 })).waitMs).toBe(0)
      expect((await limits.acquire('cost', { perSecond: 10, burst: 5 })).waitMs).toBe(100)
    })

    it('serves concurrent callers from one block, each its own turn', async () => {
      const { limits } = await setUp()
      const rate = { perSecond: 10, burst: 1, block: 4 }
      const turns = await Promise.all(Array.from({ length: 8 }, () => limits.acquire('many', rate)))
      expect(turns.map((turn) => Math.round(turn.waitMs)).sort((a, b) => a - b)).toEqual([
        0, 100, 200, 300, 400, 500, 600, 700,
      ])
    })
  })
}

describe('limits of several processes on one database', () => {
  it('share the pace of a key', async () => {
    const clock = fixedClock(start)
    const processes = [1, 2, 3].map(() => createLimits({ database: { pool: database.pool }, clock }))
    const turns = await Promise.all(
      processes.flatMap((limits) => [1, 2].map(() => limits.acquire('shared', { perSecond: 4.5 }))),
    )
    const waits = turns.map((turn) => turn.waitMs).sort((a, b) => a - b)
    expect(waits.map((ms) => Math.round(ms))).toEqual([0, 222, 444, 667, 889, 1111])
  })

  it('share a minute quota even when they ask at the same moment', async () => {
    const clock = fixedClock(start)
    const processes = [1, 2, 3, 4].map(() => createLimits({ database: { pool: database.pool }, clock }))
    const turns = await Promise.all(
      processes.flatMap((limits) =>
        Array.from({ length: 40 }, () => limits.acquire('quota', { perMinute: 100 })),
      ),
    )
    expect(turns.filter((turn) => turn.reserved)).toHaveLength(100)
  })

  it('obey a pause that another process was told of', async () => {
    const clock = fixedClock(start)
    const pool = database.pool
    await createLimits({ database: { pool }, clock }).pause('told', start + 2_000)
    const other = createLimits({ database: { pool }, clock })
    expect((await other.acquire('told', { perSecond: 5 })).waitMs).toBe(2_000)
  })

  it('forget keys that have not been used for a while', async () => {
    const clock = fixedClock(start)
    const pool = database.pool
    const limits = createLimits({ database: { pool }, clock })
    await limits.acquire('old', { perSecond: 5 })
    await limits.acquire('old quota', { perMinute: 5 })
    clock.advance(3_600_000)
    await limits.acquire('new', { perSecond: 5 })
    const { rows } = await pool.query("select key from limits where key like 'old%'")
    expect(rows).toEqual([])
  })

  it('say that the call was not sent when the database does not answer', async () => {
    const pool = { query: async () => Promise.reject(new Error('connection refused')) }
    const limits = createLimits({ database: { pool } as never, clock: fixedClock(start) })
    await expect(limits.acquire('k', { perSecond: 5 })).rejects.toMatchObject({
      code: 'limits_unavailable',
      outcome: 'not-sent',
      retry: 'backoff',
    })
  })
})

describe('waiting for turns', () => {
  it('gives up before the wait that would exceed what was allowed, without sleeping', async () => {
    const clock = fixedClock(start)
    const limits = createLimits({ database: null, clock })
    await limits.pause('busy', start + 30_000)
    const slept: number[] = []
    const sleep = async (ms: number) => {
      slept.push(ms)
    }
    const result = await waitForTurn({ limits, sleep }, [{ key: 'busy', rate: { perSecond: 5 } }], 20_000)
    expect(result).toEqual({ ok: false, waitedMs: 0, retryAfterMs: 30_000 })
    expect(slept).toEqual([])
  })
})
