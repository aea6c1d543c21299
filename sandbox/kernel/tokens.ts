import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ApiFailure, type ApiRoute } from './types.ts'
import type { WorldStore } from './world-store.ts'

const lifetimeMs = 2 * 3_600_000
const renewBelowMs = 30 * 60_000

interface TokenState {
  tokens: { token: string; expiresAt: number }[]
}

/** Whose user_access_token a call carries, and what that person allowed. */
export interface TokenUser {
  openId: string
  scopes: readonly string[]
}

type FindUser = (token: string) => TokenUser | 'expired' | undefined
type Guard = (route: ApiRoute, user: TokenUser | undefined) => void

export interface Tokens {
  /** The live token while ≥ 30 min of it remain, else a new one (both are valid in the overlap). `expire` in seconds. */
  issue(): { token: string; expire: number }
  /** The user of a user token, undefined for the app itself. Throws the platform's refusal of anything else. */
  check(request: FastifyRequest, route: ApiRoute): TokenUser | undefined
  /** When the live app tokens end, sandbox time ms. */
  expiries(): number[]
  /** Kills every token at once, as a secret rotation in the console does. */
  revokeAll(): void
  /** Tells how user tokens are known; without it there are none. */
  knowUsers(find: FindUser): void
  /** Asked after a token was found good: throws when the app or the user lacks what the route needs. */
  guard(check: Guard): void
}

/** Feishu docs: 自建应用获取 tenant_access_token; 服务端错误码 for the refusals. */
export function createTokens(store: WorldStore, now: () => number): Tokens {
  const data = store.state<TokenState>('tokens', () => ({ tokens: [] }))
  const guards: Guard[] = []
  let findUser: FindUser = () => undefined

  const userOf = (token: string, accepts: ApiRoute['auth']): TokenUser => {
    const user = accepts === 'user' || accepts === 'any' ? findUser(token) : undefined
    if (user === 'expired') throw new ApiFailure(99991677, 'Authentication token expired')
    if (user === undefined) throw refused(99991668)
    return user
  }
  const checkApp = (token: string, accepts: ApiRoute['auth']) => {
    const live = data.tokens.some((entry) => entry.token === token && entry.expiresAt > now())
    // UNVERIFIED: the code when an app token meets an API that only takes user tokens.
    if (!live || accepts === 'user') throw refused(99991663)
  }

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
    expiries: () => data.tokens.map(({ expiresAt }) => expiresAt).filter((at) => at > now()),
    check(request, route) {
      const token = bearerOf(request)
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
      const user = token.startsWith('u-') ? userOf(token, route.auth) : undefined
      if (user === undefined) checkApp(token, route.auth)
      for (const guard of guards) guard(route, user)
      return user
    },
    revokeAll() {
      data.tokens = []
      store.changed('tokens')
    },
    knowUsers: (find) => {
      findUser = find
    },
    guard: (check) => void guards.push(check),
  }
}

/** The token of `Authorization: Bearer …`, undefined when there is none. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

function refused(code: 99991663 | 99991668): ApiFailure {
  return new ApiFailure(
    code,
    'Invalid access token for authorization. Please make a request with token attached.',
  )
}
