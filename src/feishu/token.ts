import type { Clock } from '#src/clock.ts'

/** A fresh token as the platform gave it; `lifetimeMs` ≤ 2 h. */
export interface FreshToken {
  token: string
  lifetimeMs: number
}

export interface TokenProvider {
  /** A token that lives for a while yet. Concurrent callers share one request. */
  get(): Promise<string>
  /** The platform refused this token: never use it again. A newer one stays. */
  evict(token: string): void
}

/** Feishu docs: 自建应用获取 tenant_access_token: in the last 30 min of a token the platform gives a new one. */
const refreshBeforeMs = 600_000

/**
 * Keeps one tenant token in memory, for one app and secret. It is renewed 10 min before its end (half its life when
 * that is shorter); when renewing fails while the old one still lives, the old one is used.
 */
export function createTokenProvider(deps: { request(): Promise<FreshToken>; clock: Clock }): TokenProvider {
  let current: { token: string; renewAt: number; endsAt: number } | undefined
  let underway: Promise<string> | undefined

  const renew = async (): Promise<string> => {
    const asked = deps.clock.now()
    const { token, lifetimeMs } = await deps.request()
    const margin = Math.min(refreshBeforeMs, lifetimeMs / 2)
    current = { token, renewAt: asked + lifetimeMs - margin, endsAt: asked + lifetimeMs }
    return token
  }

  const single = (): Promise<string> => {
    underway ??= renew().finally(() => {
      underway = undefined
    })
    return underway
  }

  return {
    async get() {
      const held = current
      if (held !== undefined && deps.clock.now() < held.renewAt) return held.token
      try {
        return await single()
      } catch (error) {
        if (current !== undefined && current === held && deps.clock.now() < held.endsAt) return held.token
        throw error
      }
    },
    evict(token) {
      if (current?.token === token) current = undefined
    },
  }
}
