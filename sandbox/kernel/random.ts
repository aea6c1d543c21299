import type { Random } from './types.ts'

/** Four 32-bit words, saved with the world. */
export interface RandomState {
  words: [number, number, number, number]
}

/** Words for a seed; the first outputs are thrown away because close seeds start out alike. */
export function seedState(seed: number): RandomState {
  const state: RandomState = { words: [seed >>> 0, 0x9e3779b9, 0x243f6a88, 1] }
  for (let i = 0; i < 15; i++) step(state)
  return state
}

/** sfc32: small, fast, passes the usual batteries; not for secrets. */
function step(state: RandomState): number {
  const [a, b, c, d] = state.words
  const t = (((a + b) | 0) + d) | 0
  state.words = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + t) | 0, (d + 1) | 0]
  return t >>> 0
}

/** A generator over `read()`'s state, so that a reset which refills the state object also restarts the story. */
export function createRandom(read: () => RandomState, changed: () => void): Random {
  const next = () => {
    changed()
    return step(read()) / 2 ** 32
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    int,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('pick() needs at least one item')
      return items[int(0, items.length - 1)] as T
    },
    hex: (length) => Array.from({ length }, () => int(0, 15).toString(16)).join(''),
  }
}
