import type { Clock } from '#src/clock.ts'

/** Real time that can be moved forward. */
export interface MovingClock extends Clock {
  advance(ms: number): void
}

export function movingClock(): MovingClock {
  let ahead = 0
  return {
    now: () => Date.now() + ahead,
    advance: (ms) => {
      ahead += ms
    },
  }
}
