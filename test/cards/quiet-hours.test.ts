import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quietUntil } from '#src/cards/quiet-hours.ts'

/** An hour of 2026-11-21 in Shanghai, ms. */
const at = (hour: number) => Date.UTC(2026, 10, 21) + (hour - 8) * 3_600_000

describe('quiet hours in Shanghai', () => {
  it.each([
    [23, { from: 22, to: 8 }, at(32)],
    [3, { from: 22, to: 8 }, at(8)],
    [8, { from: 22, to: 8 }, undefined],
    [21.99, { from: 22, to: 8 }, undefined],
    [22, { from: 22, to: 8 }, at(32)],
    [13, { from: 12, to: 14 }, at(14)],
    [14, { from: 12, to: 14 }, undefined],
    [5, { from: 0, to: 24 }, at(24)],
    [5, { from: 6, to: 6 }, undefined],
    [5, null, undefined],
  ])('at %s o’clock with %o end at %s', (hour, quiet, end) => {
    expect(quietUntil(at(hour), quiet)).toBe(end)
  })

  it('always end in the future, within a day, at a moment that is not quiet', () => {
    const hours = fc.integer({ min: 0, max: 23 })
    fc.assert(
      fc.property(hours, hours, fc.integer({ min: 0, max: 10 ** 13 }), (from, to, now) => {
        const end = quietUntil(now, { from, to })
        if (end === undefined) return
        expect(end).toBeGreaterThan(now)
        expect(end - now).toBeLessThanOrEqual(86_400_000)
        expect(quietUntil(end, { from, to })).toBeUndefined()
      }),
    )
  })
})
