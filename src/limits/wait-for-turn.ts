import type { Limits, Rate } from './types.ts'

export type Sleep = (ms: number) => Promise<void>

export interface Wanted {
  key: string
  rate: Rate
}

/** All turns are ours now, after `waitedMs`; or waiting any longer would exceed what was allowed. */
export type TurnResult =
  | { ok: true; waitedMs: number }
  | { ok: false; waitedMs: number; retryAfterMs: number }

/**
 * Waits until a turn of every key has come, one key after the other (give the scarcest first), `maxWaitMs` in all.
 */
export async function waitForTurn(
  deps: { limits: Limits; sleep: Sleep },
  wanted: readonly Wanted[],
  maxWaitMs: number,
): Promise<TurnResult> {
  let waitedMs = 0
  for (const { key, rate } of wanted) {
    for (;;) {
      const left = maxWaitMs - waitedMs
      const turn = await deps.limits.acquire(key, rate, { maxWaitMs: left })
      if (turn.waitMs > left) return { ok: false, waitedMs, retryAfterMs: turn.waitMs }
      if (turn.waitMs > 0) await deps.sleep(turn.waitMs)
      waitedMs += turn.waitMs
      if (turn.reserved) break
    }
  }
  return { ok: true, waitedMs }
}
