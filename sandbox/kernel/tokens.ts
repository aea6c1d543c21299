import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ApiFailure } from './types.ts'
import type { WorldStore } from './world-store.ts'

const lifetimeMs = 2 * 3_600_000
const renewBelowMs = 30 * 60_000

interface TokenState {
  tokens: { token: string; expiresAt: number }[]
}

export interface Tokens {
  /** The live token while ≥ 30 min of it remain, else a new one (both are valid in the overlap). `expire` in seconds. */
  issue(): { token: string; expire: number }
  /** Throws the platform's refusal when the call carries no live tenant token. */
  check(request: FastifyRequest): void
  /** Kills every token at once, as a secret rotation in the console does. */
  revokeAll(): void
}

/** Feishu docs: 自建应用获取 tenant_access_token; 服务端错误码 for the refusals. */
export function createTokens(store: WorldStore, now: () => number): Tokens {
  const data = store.state<TokenState>('tokens', () => ({ tokens: [] }))
  return {
    issue() {
      data.tokens = data.tokens.filter((entry) => entry.expiresAt > now())
      let entry = data.tokens.find((known) => known.expiresAt - now() >= renewBelowMs)
      if (!entry) {
        entry = { token: `t-${randomBytes(20).toString('hex')}`, expiresAt: now() + lifetimeMs }
        data.tokens.push(entry)
        store.changed('tokens')
      }
      return { token: entry.token, expire: Math.ceil((entry.expiresAt - now()) / 1000) }
    },
    check(request) {
      const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
      if (!token)
        throw new ApiFailure(
          99991661,
          'Missing access token for authorization. Please make a request with token attached.',
        )
      if (!/^[tu]-/.test(token))
        throw new ApiFailure(
          99991671,
          'Invalid access token for authorization. token must start with t- or u-',
        )
      if (token.startsWith('u-'))
        throw new ApiFailure(
          99991668,
          'Invalid access token for authorization. Please make a request with token attached.',
        )
      const live = data.tokens.some((entry) => entry.token === token && entry.expiresAt > now())
      if (!live)
        throw new ApiFailure(
          99991663,
          'Invalid access token for authorization. Please make a request with token attached.',
        )
    },
    revokeAll() {
      data.tokens = []
      store.changed('tokens')
    },
  }
}
