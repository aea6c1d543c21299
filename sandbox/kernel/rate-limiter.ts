import { ApiFailure, type RateLimit } from './types.ts'

interface Budget {
  budget: number | undefined
  lengthMs: number
  status: 400 | undefined
}

interface Window {
  startedAt: number
  count: number
}

/** Most Feishu APIs without a tier of their own allow 50 calls per second. */
const defaultLimit: RateLimit = { perSecond: 50 }

/** Budgets per API route of the one app, on sandbox time. Feishu docs: 频控策略. */
export function createRateLimiter(now: () => number) {
  const windows = new Map<string, Window>()

  const spend = (key: string, { budget, lengthMs, status }: Budget) => {
    if (budget === undefined) return
    const known = windows.get(key)
    const window = known && now() - known.startedAt < lengthMs ? known : { startedAt: now(), count: 0 }
    windows.set(key, window)
    if (window.count >= budget) throw tooFrequent(budget, window.startedAt + lengthMs - now(), status)
    window.count++
  }

  return {
    /** Throws HTTP 429 with 99991400 and the reset header when the route's budget is spent. */
    spend(route: string, limit: RateLimit = defaultLimit): void {
      const { perSecond, perMinute, status } = limit
      spend(`${route} second`, { budget: perSecond, lengthMs: 1_000, status })
      spend(`${route} minute`, { budget: perMinute, lengthMs: 60_000, status })
    },
    reset: () => windows.clear(),
  }
}

/** The answer of the gateway when an app calls an API too often; `waitMs` is rounded up to whole seconds. */
export function tooFrequent(budget: number, waitMs: number, status = 429): ApiFailure {
  return new ApiFailure(99991400, 'request trigger frequency limit', {
    status,
    headers: {
      'x-ogw-ratelimit-limit': String(budget),
      'x-ogw-ratelimit-reset': String(Math.max(1, Math.ceil(waitMs / 1000))),
    },
  })
}
