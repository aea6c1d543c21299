import { createHash } from 'node:crypto'
import type { Kernel } from '../../kernel/types.ts'
import { appSettings, mayUseApp } from '../application/app-state.ts'
import { findPerson, type Person } from '../contact/people.ts'
import { type IssuedTokens, issueUserTokens, oauthChanged, oauthState } from './oauth-state.ts'

/** Why a code or refresh token was refused; each version of the call has its own words and codes for it. */
export type Refusal =
  | 'code-unknown'
  | 'code-used'
  | 'code-expired'
  | 'redirect-differs'
  | 'pkce-failed'
  | 'refresh-unknown'
  | 'refresh-used'
  | 'refresh-revoked'
  | 'refresh-expired'
  | 'refresh-forbidden'
  | 'user-gone'
  | 'user-resigned'
  | 'user-excluded'
  | 'scope-duplicate'
  | 'scope-not-granted'

export type Redeemed = { ok: true; tokens: IssuedTokens } | { ok: false; refusal: Refusal }

interface CodeUse {
  version: 'v1' | 'v2'
  code: string
  redirectUri?: string | undefined
  verifier?: string | undefined
  scope?: string | undefined
}

/** Turns a code into tokens, once. A failed attempt does not use the code up. */
export function redeemCode(kernel: Kernel, use: CodeUse): Redeemed {
  const code = oauthState(kernel).codes.find((one) => one.code === use.code)
  if (!code) return refuse('code-unknown')
  if (code.used) return refuse('code-used')
  if (code.expiresAt <= kernel.clock.now()) return refuse('code-expired')
  if (use.redirectUri !== undefined && use.redirectUri !== code.redirectUri) return refuse('redirect-differs')
  if (code.challenge && !passes(code.challenge, use.verifier)) return refuse('pkce-failed')
  const scopes = narrowed(code.scopes, use.scope)
  if (typeof scopes === 'string') return refuse(scopes)
  const excluded = excludes(kernel, findPerson(kernel, code.openId, 'open_id'))
  if (excluded) return refuse(excluded)
  code.used = true
  oauthChanged(kernel)
  return { ok: true, tokens: issueUserTokens(kernel, { openId: code.openId, scopes, version: use.version }) }
}

/** Turns a refresh token into new tokens; the old one is used up, old access tokens live on until they end. */
export function redeemRefresh(
  kernel: Kernel,
  use: { version: 'v1' | 'v2'; token: string; scope?: string | undefined },
): Redeemed {
  const known = oauthState(kernel).refresh.find(
    (one) => one.token === use.token && one.version === use.version,
  )
  if (!known) return refuse('refresh-unknown')
  if (known.state === 'used') return refuse('refresh-used')
  if (known.state === 'revoked') return refuse('refresh-revoked')
  if (known.expiresAt <= kernel.clock.now()) return refuse('refresh-expired')
  if (!appSettings(kernel).allowRefreshToken) return refuse('refresh-forbidden')
  const scopes = narrowed(known.scopes, use.scope)
  if (typeof scopes === 'string') return refuse(scopes)
  const excluded = excludes(kernel, findPerson(kernel, known.openId, 'open_id'))
  if (excluded) return refuse(excluded)
  known.state = 'used'
  oauthChanged(kernel)
  return { ok: true, tokens: issueUserTokens(kernel, { openId: known.openId, scopes, version: use.version }) }
}

function refuse(refusal: Refusal): Redeemed {
  return { ok: false, refusal }
}

function excludes(kernel: Kernel, person: Person | undefined): Refusal | undefined {
  if (!person) return 'user-gone'
  if (person.resigned) return 'user-resigned'
  return mayUseApp(kernel, person) ? undefined : 'user-excluded'
}

/** The token may hold less than was granted, never more. */
function narrowed(granted: string[], scope: string | undefined): string[] | Refusal {
  const wanted = (scope ?? '').split(' ').filter(Boolean)
  if (wanted.length === 0) return granted
  if (new Set(wanted).size < wanted.length) return 'scope-duplicate'
  return wanted.every((one) => granted.includes(one)) ? wanted : 'scope-not-granted'
}

/** RFC 7636, 4.6. */
function passes(
  challenge: { value: string; method: 'S256' | 'plain' },
  verifier: string | undefined,
): boolean {
  if (verifier === undefined || !/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) return false
  const computed =
    challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url')
  return computed === challenge.value
}
