/** Time as everything in the product sees it; tests pass a fixed one. */
export interface Clock {
  /** ms since the epoch */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is moved. */
export function fixedClock(startMs: number): Clock & { advance(ms: number): void; set(ms: number): void } {
  let at = startMs
  return {
    now: () => at,
    advance: (ms) => {
      at += ms
    },
    set: (ms) => {
      at = ms
    },
  }
}
