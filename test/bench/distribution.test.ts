import { describe, expect, it } from 'vitest'
import { distribution, median, mostWithin, percentile } from '../../bench/kit/distribution.ts'

describe('percentiles', () => {
  it('are values that were measured, the nearest at or above their rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.99)).toBe(99)
    expect(percentile(hundred, 1)).toBe(100)
    expect(percentile([7], 0.01)).toBe(7)
  })

  it('do not depend on the order of the measurements', () => {
    expect(distribution([30, 10, 20])).toEqual({ count: 3, mean: 20, p50: 20, p99: 30, max: 30 })
    expect(median([3, 1, 2, 4])).toBe(2)
  })

  it('of nothing are not a number, so that nothing measured never meets a goal', () => {
    expect(distribution([]).p99).toBeNaN()
    expect(distribution([]).count).toBe(0)
  })
})

describe('the most instants within a second', () => {
  it('is found wherever the second starts', () => {
    expect(mostWithin([0, 900, 1000, 1100, 1899, 1900], 1000)).toBe(4)
  })

  it('does not count both ends of a second', () => {
    expect(mostWithin([0, 1000, 2000], 1000)).toBe(1)
  })

  it('takes instants in any order, and none', () => {
    expect(mostWithin([500, 100, 300], 1000)).toBe(3)
    expect(mostWithin([], 1000)).toBe(0)
  })
})
