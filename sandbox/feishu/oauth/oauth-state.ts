import { randomBytes } from 'node:crypto'
import type { TokenUser } from '../../kernel/tokens.ts'
import type { Kernel } from '../../kernel/types.ts'
import { findPerson, type Person } from '../contact/people.ts'

const part = 'oauth'
const codeMs = 5 * 60_000
const accessMs = 2 * 3_600_000
const grantMs = 365 * 24 * 3_600_000
const dayMs = 24 * 3_600_000
/** ms a refresh token lives, by the version of the token call. */
const refreshMs = { v1: 30 * dayMs, v2: 7 * dayMs } as const

export interface LoginCode {
  code: string
  openId: string
  redirectUri: string
  scopes: string[]
  challenge?: { value: string; method: 'S256' | 'plain' }
  expiresAt: number
  used: boolean
}

interface AccessToken {
  token: string
  openId: string
  scopes: string[]
  expiresAt: number
}

export interface RefreshToken {
  token: string
  openId: string
  scopes: string[]
  version: 'v1' | 'v2'
  expiresAt: number
  state: 'live' | 'used' | 'revoked'
}

interface OauthState {
  codes: LoginCode[]
  access: AccessToken[]
  refresh: RefreshToken[]
  /** What each person allowed so far, by open_id: it adds up. `since`: of the last consent, ms. */
  grants: Record<string, { scopes: string[]; since: number }>
}

export function oauthState(kernel: Kernel): OauthState {
  return kernel.state<OauthState>(part, () => ({ codes: [], access: [], refresh: [], grants: {} }))
}

export function oauthChanged(kernel: Kernel): void {
  kernel.changed(part)
}

/** A person said yes: remembers what was allowed and makes a code for it. */
export function addCode(
  kernel: Kernel,
  wanted: Pick<LoginCode, 'openId' | 'redirectUri' | 'challenge'> & { scopes: readonly string[] },
): LoginCode {
  const data = oauthState(kernel)
  const now = kernel.clock.now()
  const before = data.grants[wanted.openId]?.scopes ?? []
  const scopes = [...new Set([...before, ...wanted.scopes])]
  data.grants[wanted.openId] = { scopes, since: now }
  const code: LoginCode = {
    ...wanted,
    code: randomBytes(48).toString('base64url'),
    scopes,
    expiresAt: now + codeMs,
    used: false,
  }
  // Old codes stay for a day so that their refusal names the right reason.
  data.codes = [...data.codes.filter((one) => one.expiresAt > now - dayMs), code]
  oauthChanged(kernel)
  return code
}

export interface IssuedTokens {
  access: AccessToken
  refresh: RefreshToken
  /** seconds */
  expiresIn: number
  /** seconds */
  refreshExpiresIn: number
}

/** A new pair of tokens; the refresh token never outlives 365 days after the person's consent. */
export function issueUserTokens(
  kernel: Kernel,
  of: { openId: string; scopes: string[]; version: 'v1' | 'v2' },
): IssuedTokens {
  const data = oauthState(kernel)
  const now = kernel.clock.now()
  const consentEnds = (data.grants[of.openId]?.since ?? now) + grantMs
  const access = {
    token: `u-${randomBytes(24).toString('base64url')}`,
    openId: of.openId,
    scopes: of.scopes,
    expiresAt: now + accessMs,
  }
  const refresh: RefreshToken = {
    token: `ur-${randomBytes(24).toString('base64url')}`,
    ...of,
    expiresAt: Math.min(now + refreshMs[of.version], consentEnds),
    state: 'live',
  }
  data.access = [...data.access.filter((one) => one.expiresAt > now - dayMs), access]
  data.refresh = [...data.refresh.filter((one) => one.expiresAt > now - 30 * dayMs), refresh]
  oauthChanged(kernel)
  return {
    access,
    refresh,
    expiresIn: accessMs / 1000,
    refreshExpiresIn: Math.floor((refresh.expiresAt - now) / 1000),
  }
}

/** Whose token this is; resigned people's tokens are dead. */
export function findTokenUser(kernel: Kernel, token: string): TokenUser | 'expired' | undefined {
  const entry = oauthState(kernel).access.find((one) => one.token === token)
  if (!entry) return undefined
  if (entry.expiresAt <= kernel.clock.now()) return 'expired'
  const person = findPerson(kernel, entry.openId, 'open_id')
  return person && !person.resigned ? { openId: entry.openId, scopes: entry.scopes } : undefined
}

/** Takes a person's consent back: all tokens die and the app is told. Feishu docs: 撤销用户授权事件. */
export function revokeConsent(kernel: Kernel, person: Person): void {
  const data = oauthState(kernel)
  data.access = data.access.filter((one) => one.openId !== person.open_id)
  for (const one of data.refresh) {
    if (one.openId === person.open_id && one.state === 'live') one.state = 'revoked'
  }
  delete data.grants[person.open_id]
  oauthChanged(kernel)
  kernel.events.emit({
    schema: '2.0',
    type: 'auth.user_access_token.revoked_v4',
    event: {
      revoke_token_type: 'user_access_token refresh_token',
      revoke_reason: 'Revoked by user action.',
      open_id: person.open_id,
      union_id: person.union_id,
      user_id: person.user_id,
    },
  })
}
