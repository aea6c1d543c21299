/** Seeded luck (mulberry32): the same seed draws the same numbers, so a failing round can be repeated. */
export interface Luck {
  /** [0, 1) */
  next(): number
  /** whole number in [min, max] */
  int(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T | undefined
}

export function createLuck(seed: number): Luck {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)],
  }
}

/** Seed of one round, printed with it. */
export const roundSeed = (seed: number, round: number) => (Math.imul(seed, 1_000_003) + round * 7_919) >>> 0
