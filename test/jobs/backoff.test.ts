import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError, toAppError } from '#src/errors.ts'
import { afterFailure, giveUpAfterMs, isGivenUp, nextDelay } from '#src/jobs/backoff.ts'

const attempts = fc.integer({ min: 1, max: 1_000_000 })
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('back-off', () => {
  it('waits between nothing and the ceiling, which doubles from 1 s and ends at 15 min', () => {
    fc.assert(
      fc.property(attempts, random, (tries, chance) => {
        const delay = nextDelay(tries, () => chance)
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThan(Math.min(900_000, 1000 * 2 ** (tries - 1)) + 1)
        expect(Number.isSafeInteger(delay)).toBe(true)
      }),
    )
    const almostOne = () => 1 - Number.EPSILON
    expect([1, 2, 3, 10, 11, 40].map((tries) => nextDelay(tries, almostOne) + 1)).toEqual([
      1000, 2000, 4000, 512_000, 900_000, 900_000,
    ])
  })

  it('never gives up before 72 hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: giveUpAfterMs - 1 }), (age) => {
        expect(isGivenUp(1000, 1000 + age)).toBe(false)
      }),
    )
    expect(isGivenUp(1000, 1000 + giveUpAfterMs)).toBe(true)
  })

  it('follows what the error says: never, back off, or not before an instant', () => {
    const failure = { attempts: 1, firstFailedAt: 0, now: 5000, random: () => 0.5 }
    const following = (retry: 'never' | 'backoff' | { after: Date }) =>
      afterFailure(new AppError('x', 'x', { retry }), failure)
    expect(following('never')).toBe('dead')
    expect(following('backoff')).toEqual({ dueAt: 5500 })
    expect(following({ after: new Date(9000) })).toEqual({ dueAt: 9000 })
    expect(following({ after: new Date(100) })).toEqual({ dueAt: 5000 })
    expect(afterFailure(toAppError('a surprise'), failure)).toEqual({ dueAt: 5500 })
    expect(afterFailure(toAppError('old'), { ...failure, now: giveUpAfterMs })).toBe('dead')
  })
})
