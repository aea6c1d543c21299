import type { AppError } from '#src/errors.ts'

const baseMs = 1000
const capMs = 15 * 60_000
/** As long as the platforms around us keep trying before they give up. */
export const giveUpAfterMs = 72 * 3_600_000

/**
 * How long to wait before the next try, ms: full jitter under a ceiling that doubles from 1 s to 15 min.
 * @param attempts failed tries so far, ≥ 1
 * @param random a number in [0, 1)
 */
export function nextDelay(attempts: number, random: () => number = Math.random): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(Math.max(attempts, 1) - 1, 30))
  return Math.floor(random() * ceiling)
}

/** Whether work that first failed at `firstFailedAt` is given up: not before 72 h of trying. */
export function isGivenUp(firstFailedAt: number, now: number): boolean {
  return now - firstFailedAt >= giveUpAfterMs
}

export interface Failure {
  /** Failed tries including this one. */
  attempts: number
  firstFailedAt: number
  now: number
  random?: () => number
}

/** What follows a failed try: the instant of the next one, or `dead`. */
export function afterFailure(error: AppError, failure: Failure): { dueAt: number } | 'dead' {
  if (error.retry === 'never' || isGivenUp(failure.firstFailedAt, failure.now)) return 'dead'
  if (error.retry === 'backoff')
    return { dueAt: failure.now + nextDelay(failure.attempts, failure.random ?? Math.random) }
  return { dueAt: Math.max(failure.now, error.retry.after.getTime()) }
}
